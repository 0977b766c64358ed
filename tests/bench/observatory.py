"""Ten thousand records on the municipalities, provinces and unions of an invented region, three tools each."""

import random

from django.db import transaction
from django.utils import timezone

from cantiere.activities.observatory.models import (
    Changed,
    Level,
    Origin,
    ProponentKind,
    Record,
    Sheet,
    Status,
    Theme,
    Tool,
    ToolUse,
    Used,
)
from cantiere.engine.words import fold
from cantiere.foundation.places.models import Place
from cantiere.programmes.kinds import kind_of
from cantiere.programmes.models import Activity, Programme

RECORDS, PROVINCES, TOWNS, TOOLS = 10_000, 9, 330, 25
WORDS = [
    "ascolto",
    "piazza",
    "scuola",
    "giovani",
    "anziani",
    "bosco",
    "fiume",
    "mobilità",
    "bici",
    "patto",
    "regolamento",
    "beni",
    "comuni",
    "verde",
    "energia",
    "acqua",
    "bilancio",
    "quartiere",
    "museo",
    "lavoro",
    "imprese",
    "cura",
    "salute",
    "cultura",
    "sport",
    "memoria",
    "confine",
    "periferia",
    "centro",
]


@transaction.atomic
def fill() -> None:
    """The same records at every run."""
    dice = random.Random(2020)
    region = Place.objects.create(
        kind="region", code="98", name="Regione", slug="regione", folded="regione", lat=44, lng=11
    )
    provinces = [_place(dice, "province", f"98{n}", f"Provincia {n}", region) for n in range(PROVINCES)]
    towns = [
        _place(dice, "municipality", f"98{n:04}", f"Borgo {n}", provinces[n % PROVINCES])
        for n in range(TOWNS)
    ]
    census = _census()
    tools = Tool.objects.bulk_create(
        Tool(kind="method", name=f"Metodo {n}", slug=f"metodo-{n}", published_at=timezone.now())
        for n in range(TOOLS)
    )
    records = Record.objects.bulk_create((_record(dice, census, n) for n in range(RECORDS)), batch_size=500)
    places = [dice.sample(towns, dice.choice([1, 1, 1, 2, 5])) for _record in records]
    _link(Record.territories, ((r.pk, p.pk) for r, on in zip(records, places, strict=True) for p in on))
    reached = (
        (record.pk, pk)
        for record, on in zip(records, places, strict=True)
        for pk in {region.pk, *(place.pk for place in on), *(place.parent_id for place in on)}
    )
    _link(Record.reach, reached)
    uses = (
        ToolUse(record=record, tool=tool, since=dice.choice(Used.values), instead_of=dice.choice([None, tools[0]]))
        for record in records
        for tool in dice.sample(tools[1:], 3)
    )  # fmt: skip
    ToolUse.objects.bulk_create(uses, batch_size=500)


def _place(dice, kind, code, name, parent) -> Place:
    return Place.objects.create(
        kind=kind, code=code, name=name, slug=f"{kind}-{code}", folded=name.lower(), short=code[-2:],
        parent=parent, lat=43 + dice.random() * 2, lng=9 + dice.random() * 3,
    )  # fmt: skip


def _census() -> Activity:
    now = timezone.now()
    programme = Programme.objects.create(
        slug="censimento", title="Censimento", summary="Prova", published_at=now
    )
    census = Activity.objects.create(
        programme=programme, kind_key="census", slug="censimento", title="Censimento", published_at=now
    )
    kind_of("census").setup(census)
    return census


def _link(relation, pairs) -> None:
    through = relation.through
    through.objects.bulk_create((through(record_id=r, place_id=p) for r, p in pairs), batch_size=2000)


def _record(dice, census, number) -> Record:
    title = f"{' '.join(dice.sample(WORDS, 4)).capitalize()} {number}"
    text = " ".join(dice.choices(WORDS, k=120))
    return Record(
        census=census, slug=f"scheda-{number}", title=title, published_at=timezone.now(),
        proponent=f"Comune di Borgo {number % TOWNS}", proponent_kind=dice.choice(ProponentKind.values),
        theme=dice.choice(Theme.values), participation_level=dice.choice(Level.values),
        status=dice.choice(Status.values), sheet=dice.choice(Sheet.values), origin=dice.choice(Origin.values),
        year=dice.randrange(2013, 2026), changed=dice.sample(Changed.values, 2), objectives=text,
        subject=text, changes=text, folded=fold(f"{title} {text} {text}"), participants_actual=dice.randrange(300),
    )  # fmt: skip
