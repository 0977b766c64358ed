"""A thousand and ten thousand records on the municipalities of an invented region, three tools each."""

import itertools
import random

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from cantiere.activities.observatory.actions.records import derive  # noqa: E402
from cantiere.activities.observatory.models import (  # noqa: E402
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
from cantiere.activities.observatory.queries.reach import Reach  # noqa: E402
from cantiere.foundation.accounts.models import Person  # noqa: E402
from cantiere.foundation.places.models import Place  # noqa: E402
from cantiere.programmes.kinds import kind_of  # noqa: E402
from cantiere.programmes.models import Activity, Programme  # noqa: E402
from tests.bench.pages import measured  # noqa: E402

SIZES, PROVINCES, TOWNS, TOOLS = (1_000, 10_000), 9, 330, 25
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
# What texts are made of: the first words often, the last ones seldom, as in a language.
SAID = [
    *WORDS,
    *("".join(parts) for parts in itertools.product(*[["ba", "co", "di", "fe", "gu", "la", "mi", "no"]] * 4)),
]
OFTEN = [1 / (rank + 10) for rank in range(len(SAID))]


def world(dice: random.Random) -> tuple[Activity, list[Place], list[Tool]]:
    """What records stand on."""
    region = Place.objects.create(
        kind="region", code="97", name="Regione", slug="regione", folded="regione", lat=44, lng=11
    )
    provinces = [_place(dice, "province", f"97{n}", f"Provincia {n}", region) for n in range(PROVINCES)]
    towns = [
        _place(dice, "municipality", f"97{n:04}", f"Borgo {n}", provinces[n % PROVINCES])
        for n in range(TOWNS)
    ]
    census = _census()
    tools = Tool.objects.bulk_create(
        Tool(kind="method", name=f"Metodo {n}", slug=f"metodo-{n}", published_at=timezone.now())
        for n in range(TOOLS)
    )
    return census, towns, tools


@transaction.atomic
def fill(
    dice: random.Random, census: Activity, towns: list[Place], tools: list[Tool], numbers: range
) -> None:
    """The same records at every run."""
    reach, places = Reach(), [dice.sample(towns, dice.choice([1, 1, 1, 2, 5])) for _record in numbers]
    made = (_record(dice, census, n) for n in numbers)
    records = Record.objects.bulk_create(
        (_derived(record, on, reach) for record, on in zip(made, places, strict=True)), batch_size=500
    )
    _link(Record.territories, ((r.pk, p.pk) for r, on in zip(records, places, strict=True) for p in on))
    reached = (
        (record.pk, pk)
        for record, on in zip(records, places, strict=True)
        for pk in reach.of(place.pk for place in on)
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
    text = " ".join(dice.choices(SAID, OFTEN, k=120))
    return Record(
        census=census, slug=f"scheda-{number}", title=title, published_at=timezone.now(),
        proponent=f"Comune di Borgo {number % TOWNS}", proponent_kind=dice.choice(ProponentKind.values),
        theme=dice.choice(Theme.values), participation_level=dice.choice(Level.values),
        status=dice.choice(Status.values), call_year=dice.randrange(2013, 2026), sheet=dice.choice(Sheet.values), origin=dice.choice(Origin.values),
        changed=dice.sample(Changed.values, 2), objectives=text,
        subject=text, changes=text, participants_actual=dice.randrange(300),
    )  # fmt: skip


def _derived(record, places, reach) -> Record:
    derive(record, places, reach)
    return record


LIST, FIGURES = "/osservatorio/", "/osservatorio/statistiche/"
PAGES = (
    ("list", LIST, 12, 25.0),
    ("list, 3 filters", f"{LIST}?luogo=province-973&tema=welfare&livello=co-progettazione", 12, 25.0),
    ("list, a region", f"{LIST}?luogo=region-97", 12, 25.0),
    ("list, a tool", f"{LIST}?strumento=metodo-7&anno=2020", 12, 25.0),
    ("list, words", f"{LIST}?testo=mobilita&luogo=province-973", 12, 25.0),
    ("points", f"{LIST}mappa.json", 12, 80.0),
    ("figures", FIGURES, 20, 80.0),
    ("figures, place", f"{FIGURES}?luogo=province-973", 20, 80.0),
    ("record", f"{LIST}schede/scheda-7/", 20, 25.0),
    ("toolbox", "/strumenti/", 12, 25.0),
)


def measure(records: int) -> None:
    """Every part made anew, for visitors and for who has signed in; then as visitors get it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    visitor, member = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    person = Person.objects.get(email="osservatorio@example.org")
    member.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    print(f"{connection.vendor}: {records} records")
    print(
        f"{'page':18}{'queries':>9}{'target':>8}{'CPU ms':>9}{'target':>8}{'signed in':>11}{'kept':>7}{'gzip kB':>9}"
    )
    for name, address, most, slowest in PAGES:
        queries, cpu, size = measured(visitor, address, 0)
        theirs, kept = measured(member, address, 0)[1], measured(visitor, address, 60)[1]
        mark = "" if queries <= most and cpu <= slowest else "  over"
        told = f"{queries:9}{most:8}{cpu:9.1f}{slowest:8.0f}{theirs:11.1f}{kept:7.1f}{size / 1000:9.1f}"
        print(f"{name:18}{told}{mark}")


def main() -> None:
    dice, before = random.Random(2020), 0
    Person.objects.create(email="osservatorio@example.org", name="Osservatorio")
    made = world(dice)
    for records in SIZES:
        fill(dice, *made, range(before, records))
        measure(records)
        before = records


if __name__ == "__main__":
    main()
