"""Loading places: what a source says is written, what it does not say stays."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from cantiere.engine.territory import Shape, bounds, outline, representative, rounded, simplified, to_geojson
from cantiere.foundation.core import log
from cantiere.foundation.core.access import Actor
from cantiere.foundation.places import additions
from cantiere.foundation.places.models import Boundary, Place, Residents, Succession, fold
from cantiere.foundation.places.sources import Headcount, Reading, Town

DATA = Path(__file__).parent / "data"
# Law 56/2014 art. 1 c. 5, and the regional laws of Sicilia and Sardegna.
METROPOLITAN = frozenset("001 010 015 027 037 048 058 063 072 080 082 083 087 092".split())  # noqa: SIM905
# About 55 metres, and positions to 11 metres: one kilobyte a municipality, borders still fit at zoom 13.
TOLERANCE, DIGITS = 0.0005, 4
KEPT = (
    "name",
    "slug",
    "folded",
    "short",
    "cadastral",
    "parent",
    "form",
    "valid_from",
    "valid_to",
    "source",
    "note",
)
MEASURES = ("lat", "lng", "west", "south", "east", "north")


@dataclass
class Loaded:
    """What became of one region; the lists hold what the source left open."""

    region: Place
    municipalities: int = 0
    residents: int = 0
    boundaries: int = 0
    former: int = 0
    areas: int = 0
    unlisted: list[Place] = field(default_factory=list)
    uncounted: list[Place] = field(default_factory=list)
    unbounded: list[Place] = field(default_factory=list)


def load(*, by: Actor, reading: Reading) -> list[Loaded]:
    """Write a reading, one transaction a region; a second time writes only what the source changed.

    Then what stands on a place that ended moves to those of today, each room by itself.
    """
    shapes = {code: rounded(shape, DIGITS) for code, shape in simplified(reading.shapes, TOLERANCE).items()}
    loaded = [_load_region(by, code, reading, shapes) for code in reading.regions]
    additions.tell_loaded(by)
    return loaded


@transaction.atomic
def _load_region(by: Actor, code: str, reading: Reading, shapes: Mapping[str, Shape]) -> Loaded:
    towns = [town for town in reading.towns if town.region == code]
    if towns:
        _write_places(towns)
    region = Place.objects.get(kind=Place.Kind.REGION, code=code)
    today = {place.code: place for place in Place.objects.within(region).select_related("parent")}
    loaded = Loaded(region, municipalities=len(today))
    if towns:
        loaded.unlisted = [place for key, place in today.items() if key not in {town.code for town in towns}]
        loaded.former = _write_changes(today)
    if reading.headcounts and reading.year is not None:
        loaded.residents = _write_residents(today, reading.year, reading.headcounts)
        counted = {head.code for head in reading.headcounts}
        loaded.uncounted = [place for key, place in today.items() if key not in counted]
    if shapes:
        loaded.boundaries = _write_boundaries(region, today, shapes, reading.year)
        loaded.unbounded = [place for key, place in today.items() if key not in shapes]
    loaded.areas = _write_areas(today)
    log.record(by=by, verb="places.loaded", target=region, year=reading.year, municipalities=len(today))
    return loaded


def _store(places: Sequence[Place]) -> dict[str, Place]:
    """Write places of one kind by their codes, new or known, and give them back with their keys."""
    Place.objects.bulk_create(
        places, batch_size=200, update_conflicts=True, unique_fields=["kind", "code"], update_fields=KEPT
    )
    codes = [place.code for place in places]
    return {place.code: place for place in Place.objects.filter(kind=places[0].kind, code__in=codes)}


def _write_places(towns: Sequence[Town]) -> None:
    began = {row["successor_code"]: row["on"] for row in _rows("municipality_changes.csv")}
    one = towns[0]
    region = _store([_place(Place.Kind.REGION, one.region, one.region_name)])[one.region]
    provinces = _store(
        [
            _place(
                Place.Kind.PROVINCE,
                code,
                name,
                parent=region,
                short=short,
                form=Place.Form.METROPOLITAN_CITY if code in METROPOLITAN else "",
            )
            for code, name, short in sorted({(t.province, t.province_name, t.short) for t in towns})
        ]
    )
    _store(
        [
            _place(
                Place.Kind.MUNICIPALITY,
                town.code,
                town.name,
                slug=slugify(f"{town.name} {town.short}"),
                parent=provinces[town.province],
                cadastral=town.cadastral,
                valid_from=dt.date.fromisoformat(began[town.code]) if town.code in began else None,
            )
            for town in towns
        ]
    )


def _place(kind: Place.Kind, code: str, name: str, **fields: Any) -> Place:
    return Place(
        **{"kind": kind, "code": code, "name": name, "slug": slugify(name), "folded": fold(name), **fields}
    )


def _write_changes(today: Mapping[str, Place]) -> int:
    """The municipalities that became those of today, each ending the day before."""
    rows = [row for row in _rows("municipality_changes.csv") if row["successor_code"] in today]
    if not rows:
        return 0
    held = {place.code: place for place in Place.objects.filter(kind=Place.Kind.PROVINCE)}
    former = {
        row["predecessor_code"]: _place(
            Place.Kind.MUNICIPALITY,
            row["predecessor_code"],
            row["predecessor_name"],
            parent=held.get(row["predecessor_code"][:3]),
            valid_to=dt.date.fromisoformat(row["on"]) - dt.timedelta(days=1),
        )
        for row in rows
    }
    stored = _store(list(former.values()))
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor=stored[row["predecessor_code"]],
                successor=today[row["successor_code"]],
                **{key: row[key] for key in ("on", "kind", "act", "source", "note")},
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["predecessor", "successor", "on"],
        update_fields=["kind", "act", "source", "note"],
    )
    return len(stored)


def _write_residents(today: Mapping[str, Place], year: int, headcounts: Iterable[Headcount]) -> int:
    rows = [
        Residents(place=today[head.code], year=year, sex=head.sex, ages=list(head.ages), total=sum(head.ages))
        for head in headcounts
        if head.code in today
    ]
    Residents.objects.bulk_create(
        rows,
        batch_size=150,
        update_conflicts=True,
        unique_fields=["place", "year", "sex"],
        update_fields=["ages", "total"],
    )
    return sum(row.total for row in rows)


def _write_boundaries(
    region: Place, today: Mapping[str, Place], shapes: Mapping[str, Shape], year: int | None
) -> int:
    """Borders of the municipalities, and of their provinces and region by leaving inner borders out."""
    drawn = [(place, shapes[code]) for code, place in today.items() if code in shapes]
    provinces = {place.parent_id: place.parent for place, _ in drawn if place.parent is not None}
    whole = [
        (province, outline(shape for place, shape in drawn if place.parent_id == key))
        for key, province in provinces.items()
    ]
    _draw([*drawn, *whole, (region, outline(shape for _, shape in drawn))], year)
    return len(drawn)


def _draw(drawn: Sequence[tuple[Place, Shape]], year: int | None) -> None:
    drawn = [(place, shape) for place, shape in drawn if shape]
    for place, shape in drawn:
        place.west, place.south, place.east, place.north = bounds(shape)
        lng, lat = representative(shape)
        place.lng, place.lat = round(lng, 5), round(lat, 5)
    Place.objects.bulk_update([place for place, _ in drawn], MEASURES, batch_size=100)
    Boundary.objects.bulk_create(
        [Boundary(place=place, geometry=to_geojson(shape), year=year) for place, shape in drawn],
        batch_size=100,
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["geometry", "year"],
    )


def _write_areas(today: Mapping[str, Place]) -> int:
    """The areas of our own table that touch these municipalities, as soon as all their members are known."""
    written = 0
    for row in _rows("areas.csv"):
        codes = row["members"].split()
        if not set(codes) & set(today):
            continue
        members = list(Place.objects.current().municipalities().filter(code__in=codes))
        if len(members) != len(codes):
            continue
        fields = {key: row[key] for key in ("form", "source", "note")}
        area = _store([_place(Place.Kind.AREA, row["code"], row["name"], slug=row["code"], **fields)])[
            row["code"]
        ]
        area.members.set(members)
        _draw([(area, outline(Boundary.objects.filter(place__in=members).shapes().values()))], None)
        written += 1
    return written


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
