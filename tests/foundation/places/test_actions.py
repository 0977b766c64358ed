"""Loading: what is written, what stays, what a second time changes."""

import csv
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cantiere.engine.territory import from_geojson, ring_area
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.places.actions import DATA, load
from cantiere.foundation.places.models import Boundary, Place, Residents, Succession
from tests.factories import places as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _counts() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count() for model in (Place, Succession, Residents, Boundary)
    }


def test_loading_writes_places_with_their_parents() -> None:
    places = make.loaded()
    town = places["037061"]
    assert (town.slug, town.parent, town.valid_from) == ("valsamoggia-bo", places["037"], date(2014, 1, 1))
    assert (places["037"].parent, places["037"].form) == (places["08"], "metropolitan_city")
    assert (places["036"].form, places["08"].parent) == ("", None)
    former = Place.objects.get(code="037004")
    assert (former.name, former.parent, former.valid_to) == ("Bazzano", places["037"], date(2013, 12, 31))
    became = former.became.get()
    assert (became.successor, became.on, became.act) == (
        town,
        date(2014, 1, 1),
        "L.R. Emilia-Romagna 7 febbraio 2013, n. 1",
    )


def test_loading_twice_changes_nothing() -> None:
    make.loaded()
    before, counts = list(Place.objects.order_by("pk").values()), _counts()
    make.loaded()
    assert (list(Place.objects.order_by("pk").values()), _counts()) == (before, counts)


def test_loading_keeps_what_the_source_does_not_say() -> None:
    make.loaded()
    loaded = load(by=None, reading=make.reading(headcounts=[], shapes={}, towns=make.reading().towns[1:]))
    assert [place.name for place in loaded[0].unlisted] == ["Bastiglia"]
    assert Residents.objects.count() == 16
    assert Place.objects.get(code="036001").lat is not None


def test_loading_figures_alone_leaves_the_places() -> None:
    make.loaded()
    (loaded,) = load(by=None, reading=make.reading(regions=["09"], towns=[], shapes={}))
    assert (loaded.municipalities, loaded.residents, loaded.former, loaded.unlisted) == (2, 24, 0, [])


def test_loading_takes_a_new_name_and_new_figures() -> None:
    make.loaded()
    towns = [make.town("036001", "Bastìa"), *make.reading().towns[1:]]
    load(by=None, reading=make.reading(towns=towns))
    assert Place.objects.get(code="036001").folded == "bastia"


def test_loading_tells_what_the_source_left_out() -> None:
    whole = make.reading()
    shapes = {code: shape for code, shape in whole.shapes.items() if code != "036002"}
    loaded = load(by=None, reading=make.reading(headcounts=whole.headcounts[2:], shapes=shapes))
    assert [[p.code for p in part] for part in (loaded[0].uncounted, loaded[0].unbounded)] == [
        ["036001"],
        ["036002"],
    ]
    assert [(one.municipalities, one.residents) for one in loaded] == [(6, 60), (2, 24)]


def test_loading_notes_who_did_it() -> None:
    make.loaded()
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["places.loaded", "places.loaded"]


def test_borders_of_provinces_have_no_inner_border() -> None:
    places = make.loaded()
    shape = from_geojson(Boundary.objects.get(place=places["036"]).geometry)
    assert [len(polygon) for polygon in shape] == [1]
    assert sum(ring_area(polygon[0]) for polygon in shape) == pytest.approx(0.04)
    assert (places["036"].west, places["036"].east) == (10.0, 10.4)


def test_loading_costs_as_many_queries_for_one_municipality_as_for_three() -> None:
    def queries(towns: int) -> int:
        some = [make.town(f"0360{number}", f"Borgo {number}") for number in range(50, 50 + towns)]
        shapes = {each.code: make.square(9 + i / 10) for i, each in enumerate(some)}
        reading = make.reading(regions=["08"], towns=some, headcounts=[], shapes=shapes)
        with CaptureQueriesContext(connection) as captured:
            load(by=None, reading=reading)
        return len(captured)

    assert queries(1) == queries(3)


def test_a_region_without_changes_has_no_former_municipalities() -> None:
    towns = [make.town("001001", "Agliè", ("001", "Torino", "TO", "01", "Piemonte"))]
    (loaded,) = load(by=None, reading=make.reading(regions=["01"], towns=towns, headcounts=[], shapes={}))
    assert (loaded.former, loaded.areas, str(loaded.region)) == (0, 0, "Piemonte")


def test_areas_are_made_when_all_their_members_are_known() -> None:
    make.loaded()
    assert list(Place.objects.filter(kind="area")) == []
    towns = [make.town("036027", "Nonantola"), make.town("036034", "Ravarino")]
    load(by=None, reading=make.reading(regions=["08"], towns=towns))
    area = Place.objects.get(kind="area")
    assert (area.name, area.form, area.members.count()) == ("Unione del Sorbara", "union", 6)
    assert [place.name for place in Place.objects.within(area)] == [
        "Bastiglia", "Bomporto", "Castelfranco Emilia", "Nonantola", "Ravarino", "San Cesario sul Panaro",
    ]  # fmt: skip


def _changes() -> list[dict[str, str]]:
    with (DATA / "municipality_changes.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_table_of_changes_explains_the_number_of_municipalities() -> None:
    """Emilia-Romagna had 341 before 2009 and has 330, Toscana had 287 and has 273."""
    today = {"08": 341, "09": 287}
    for region, provinces in (
        ("08", "033 034 035 036 037 038 039 040 099"),
        ("09", "045 046 047 048 049 050 051 052 053 100"),
    ):
        rows = [row for row in _changes() if row["successor_code"][:3] in provinces.split()]
        left = {row["predecessor_code"] for row in rows if row["predecessor_code"][:3] in provinces.split()}
        came = {row["successor_code"] for row in rows}
        today[region] += len(came) - len(left)
    assert today == {"08": 330, "09": 273}


def test_every_change_has_a_source_and_an_act_or_says_that_it_is_not_known() -> None:
    rows = _changes()
    assert [row for row in rows if not row["source"] or not (row["act"] or row["note"])] == []
    assert Counter(row["kind"] for row in rows) == {"merger": 61, "transfer": 9}
    assert len({row["predecessor_code"] for row in rows}) == len(rows)
