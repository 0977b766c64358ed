"""Ten thousand innovators on one map, over the municipalities of an invented region."""

import random

from django.db import transaction
from django.utils import timezone

from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.activities.innovators.sectors import CODES
from cantiere.engine.words import words
from cantiere.foundation.core.keys import digest_of
from cantiere.foundation.places.models import Place
from cantiere.programmes.kinds import kind_of
from cantiere.programmes.models import Activity, Programme

INNOVATORS, TOWNS = 10_000, 300
WORDS = [
    "telaio",
    "forno",
    "bosco",
    "orto",
    "scuola",
    "ceramica",
    "vetro",
    "robot",
    "sentiero",
    "latte",
    "carta",
    "sale",
    "canto",
    "stoffa",
    "pane",
    "energia",
    "bicicletta",
    "museo",
    "vivaio",
    "legno",
    "teatro",
    "corso",
    "furgone",
    "acqua",
    "piazza",
]


@transaction.atomic
def fill() -> str:
    """The same map at every run; gives its address."""
    dice = random.Random(47)
    towns = Place.objects.bulk_create(
        Place(
            kind="municipality", code=f"98{n:04}", name=f"Borgo {n}", slug=f"borgo-{n}", folded=f"borgo {n}",
            lat=43.5 + dice.random(), lng=10.5 + dice.random(),
        )
        for n in range(TOWNS)
    )  # fmt: skip
    programme = Programme.objects.first()
    activity = Activity.objects.create(
        programme=programme, phase=programme.phases.first(), kind_key="innovator_map", slug="mappa-di-prova",
        title="Mappa di prova", published_at=timezone.now(), opens=timezone.now(),
    )  # fmt: skip
    kind_of(activity.kind_key).setup(activity)
    own = InnovatorMap.objects.get(pk=activity.pk)
    Innovator.objects.bulk_create((_one(dice, own, towns, n) for n in range(INNOVATORS)), batch_size=500)
    return activity.get_absolute_url()


def _one(dice: random.Random, own: InnovatorMap, towns: list[Place], number: int) -> Innovator:
    today = timezone.localdate()
    told = " ".join(dice.choices(WORDS, k=60))
    made = Innovator(
        map=own, slug=f"innovatore-{number}", name=f"Innovatore {number}", place=dice.choice(towns),
        kind=dice.choice(Innovator.Kind.values), state=Innovator.State.PUBLISHED, what=told[:150],
        story=told * 3, offers=told[40:200], needs=told[80:260], sectors=dice.sample(CODES, 2),
        consented_on=today, published_on=today, right_on=today, folded=f" {' '.join(dict.fromkeys(words(told)))} ",
    )  # fmt: skip
    made.digest = digest_of(made.key)
    return made
