"""Which records answer a question, against a look at each of them by hand."""
# ruff: noqa: B023 (each function is called before the loop goes on)

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cantiere.activities.observatory.models import (
    Changed,
    Level,
    Origin,
    ProponentKind,
    Record,
    Sheet,
    Status,
    Theme,
    Used,
)
from cantiere.activities.observatory.queries import find, statistics
from cantiere.activities.observatory.queries.find import Question
from cantiere.activities.observatory.queries.points import alone, positions, standings
from cantiere.engine.words import fold
from cantiere.foundation.places.actions import load
from cantiere.foundation.places.models import Place
from cantiere.foundation.search.models import Entry
from tests.environment import examples
from tests.factories import observatory as make
from tests.factories import places

pytestmark = pytest.mark.django_db

SETTINGS = settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = ("mobilità", "giovani", "perché", "bosco", "città")
drawn = st.fixed_dictionaries(
    {
        "theme": st.sampled_from(["", *Theme.values]),
        "proponent_kind": st.sampled_from(["", *ProponentKind.values]),
        "participation_level": st.sampled_from(["", *Level.values]),
        "status": st.sampled_from(["", *Status.values]),
        "sheet": st.sampled_from(Sheet.values),
        "origin": st.sampled_from(Origin.values),
        "changed": st.lists(st.sampled_from(Changed.values), unique=True, max_size=3),
        "call_year": st.sampled_from([None, 2019, 2020]),
        "objectives": st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
        "codes": st.lists(st.sampled_from(["036001", "036006", "037006", "052032", "036", "08"]), unique=True, max_size=3),
        "public": st.booleans(),
        "uses": st.lists(
            st.tuples(st.integers(0, 2), st.sampled_from(Used.values), st.sampled_from([None, 0, 1])),
            unique_by=lambda use: use[0],
            max_size=3,
        ),
    }
)  # fmt: skip


@pytest.fixture
def world():
    """Places by code, a public census and a hidden one, three tools."""
    here = places.loaded()
    tools = [make.tool(f"Strumento {n}") for n in range(3)]
    return here, [make.census(), make.census(public=False)], tools


def _fill(world, rows):
    here, censuses, tools = world
    Record.objects.all().delete()
    made = []
    for number, row in enumerate(rows):
        told = {name: value for name, value in row.items() if name not in {"codes", "public", "uses"}}
        record = make.record(
            censuses[number % 5 == 4], public=row["public"], on=[here[code] for code in row["codes"]], **told
        )
        for tool, since, before in row["uses"]:
            make.use(record, tools[tool], since, None if before in {None, tool} else tools[before])
        if row["public"] and number % 5 != 4:
            made.append((record, row))
    return made


def _inside(record, place):
    """By hand: the territory itself, what it lies in, and nothing below it."""
    return any(place.pk in _above(each) for each in record.territories.select_related("parent__parent"))


def _above(place):
    while place is not None:
        yield place.pk
        place = place.parent


@SETTINGS
@given(rows=st.lists(drawn, max_size=6))
def test_filters_find_what_a_look_at_each_finds(world, rows):
    here, censuses, tools = world
    made = _fill(world, rows)

    def found(**asked):
        return set(find.found(Question(**asked)).values_list("pk", flat=True))

    def by_hand(test):
        return {record.pk for record, row in made if test(record, row)}

    assert found() == by_hand(lambda record, row: True)
    assert found(census=censuses[0]) == found()
    assert found(census=censuses[1]) == set()
    for theme in Theme.values:
        assert found(themes=[theme]) == by_hand(lambda _r, row: row["theme"] == theme)
    assert found(proponents=["firm", "group"]) == by_hand(
        lambda _r, row: row["proponent_kind"] in {"firm", "group"}
    )
    assert found(years=[2019], sheet="funded") == by_hand(
        lambda record, row: row["sheet"] == "funded" and record.year == 2019
    )
    assert found(changed=["times", "costs"]) == by_hand(
        lambda _r, row: {"times", "costs"} & set(row["changed"])
    )
    for code in ("036", "08", "036001"):
        assert found(place=here[code]) == by_hand(lambda record, _row: _inside(record, here[code]))
    assert found(tool=tools[1], since="introduced") == by_hand(
        lambda _r, row: (1, "introduced") in {(tool, since) for tool, since, _before in row["uses"]}
    )
    for asked in ("citta", "PERCHÉ", "mobilita giovane"):
        stems = {"citta": ["citta"], "PERCHÉ": ["perche"], "mobilita giovane": ["mobilit", "giovan"]}[asked]
        assert found(text=asked) == by_hand(
            lambda record, _row: all(stem in fold(record.objectives) for stem in stems)
        )
        assert set(find.settled(Question(text=asked)).values_list("pk", flat=True)) == found(text=asked)


@SETTINGS
@given(rows=st.lists(drawn, max_size=6))
def test_statistics_are_what_counting_by_hand_gives(world, rows):
    here, _censuses, tools = world
    made = _fill(world, rows)
    told = statistics.figures(find.public_records())
    tally = find.tally(find.public_records())

    def count(test):
        return sum(bool(test(record, row)) for record, row in made)

    assert told.total == tally.records == len(made)
    assert tally.new == count(lambda _r, row: row["origin"] == "new")
    for column, counts in told.by.items():
        for value, counted in counts.items():
            assert counted == count(lambda _r, row: row[column] == value), (column, value)
    for value, counted in told.changed.items():
        assert counted == count(lambda _r, row: value in row["changed"])
    for sheet, counted in told.new_by_sheet.items():
        assert counted == count(lambda _r, row: row["sheet"] == sheet and row["origin"] == "new")
    by_place = {place.code: counted for place, counted in told.provinces}
    for code in ("036", "037", "052"):
        assert by_place.get(code, 0) == count(lambda record, _row: _inside(record, here[code]))
    assert told.touched == tally.provinces == sum(value > 0 for value in by_place.values())
    assert dict(told.years) == {
        year: number for year in (2019, 2020) if (number := count(lambda record, _row: record.year == year))
    }
    for number, tool in enumerate(tools):
        counted = next((each for each in told.tools if each.tool == tool), None)
        for since in Used.values:
            by_hand = count(lambda _r, row: (number, since) in {use[:2] for use in row["uses"]})
            assert (getattr(counted, since) if counted else 0) == by_hand
    replaced = {(each.tool.pk, each.instead_of.pk): each.count for each in told.replacements}
    assert sum(replaced.values()) == sum(
        use.instead_of_id is not None for record, _row in made for use in record.uses.all()
    )


@SETTINGS
@given(rows=st.lists(drawn, max_size=6))
def test_points_hold_every_record_at_each_of_its_territories(world, rows):
    made = _fill(world, rows)
    records = find.public_records()
    standing = standings(records)
    expected: dict[int, list[str]] = {}
    for record, _row in made:
        for place in record.territories.all():
            if place.lat is not None:
                expected.setdefault(place.pk, []).append(record.slug)
    assert {each.place.pk: each.count for each in standing} == {pk: len(on) for pk, on in expected.items()}
    assert sorted(positions(records)) == sorted((each.lng, each.lat, each.count) for each in standing)
    ones = alone(records, standing)
    assert {pk: slug for pk, (_title, slug) in ones.items()} == {
        pk: on[0] for pk, on in expected.items() if len(on) == 1
    }


def test_an_area_without_a_position_stands_in_the_middle_of_its_members():
    here = places.loaded()
    area = Place.objects.create(kind="area", code="valle", name="Valle", slug="valle", folded="valle")
    area.members.set([here["036001"], here["036002"]])
    make.record(on=[area])
    only = standings(find.public_records())[0]
    assert only.place == area
    assert only.lng == pytest.approx((here["036001"].lng + here["036002"].lng) / 2)
    assert set(find.found(Question(place=here["036"]))) == set(find.found(Question(place=area))) != set()


def test_a_province_is_found_under_its_region_and_not_under_its_towns():
    here = places.loaded()
    made = make.record(on=[here["036"]])
    assert [*find.found(Question(place=here["08"]))] == [made]
    assert not find.found(Question(place=here["036001"])).exists()
    assert not find.found(Question(point=here["08"])).exists()
    assert find.found(Question(point=here["036"])).exists()


def test_many_records_with_a_word_are_found_as_few_are(monkeypatch):
    for _number in range(4):
        make.record(objectives="Bosco e città")
    make.record(objectives="Altro")
    few = set(find.settled(Question(text="citta")))
    monkeypatch.setattr(find, "FEW", 2)
    assert set(find.settled(Question(text="citta"))) == few
    assert len(few) == 4


def test_records_follow_a_municipality_into_the_one_that_took_it_in(client):
    here = places.loaded()
    moved = make.record(on=[here["036001"], here["037006"]], title="Piazza nuova")
    stays = make.record(on=[here["036006"]])
    untouched = stays.updated_at
    places.merge("036001", "036002")
    moved.refresh_from_db()
    stays.refresh_from_db()
    assert [place.name for place in moved.territories.all()] == ["Bologna", "Bomporto"]
    assert (moved.territory_note, stays.updated_at) == ("Bastiglia", untouched)
    found = {
        place: [each.title for each in client.get("/osservatorio/", {"luogo": place}).context["listing"].page]
        for place in ("municipality-036002", "municipality-036001", "province-036", "Bastiglia")
    }
    assert all("Piazza nuova" in titles for titles in found.values()), found
    assert Entry.objects.filter(key=f"record:{moved.pk}", text__icontains="Bastiglia").exists()


def test_records_are_found_under_an_area_that_their_municipality_joins():
    here = places.loaded()
    record = make.record(on=[here["036001"]])
    area = Place.objects.create(kind="area", code="x", name="X", slug="x", folded="x")
    area.members.set([here["036001"]])
    load(by=None, reading=places.reading())
    assert area in record.reach.all()
