"""Reads of places, residents and boundaries."""

import pytest
from django.db import IntegrityError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cantiere.engine.territory import bounds
from cantiere.foundation.places.models import Band, Boundary, Place, Residents, Succession, fold
from tests.factories import places as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Forlì", "forli"),
        ("FORLI'", "forli"),
        ("Colle di Val d’Elsa", "colle di val d elsa"),
        ("Colle di Val d'Elsa", "colle di val d elsa"),
        ("S.Cesario  s. P.", "s cesario s p"),
        ("Pian di Scò", "pian di sco"),
    ],
)
def test_fold_forgives_accents_apostrophes_and_points(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Bomporto", ["Bomporto"]),
        ("BOMPORTO", ["Bomporto"]),
        ("S. Cesario s. P.", ["San Cesario sul Panaro"]),
        ("San Cesario Panaro", ["San Cesario sul Panaro"]),
        ("Castelfranco E.", ["Castelfranco Emilia"]),
        ("Castelfranco", []),
        ("S. S. P.", []),
        ("", []),
        ("...", []),
        ("Bazzano", ["Valsamoggia"]),
        ("Cast. di Serravalle", ["Valsamoggia"]),
        ("Montalcino", ["Montalcino"]),
    ],
)
def test_find_takes_names_as_people_write_them(written: str, found: list[str]) -> None:
    make.loaded()
    assert [place.name for place in Place.objects.find(written)] == found


@pytest.mark.parametrize("province", ["SI", "si", "052", "Siena"])
def test_find_takes_a_province_by_letters_code_or_name(province: str) -> None:
    places = make.loaded()
    twin = make.place("Siena", parent=places["036"])
    assert Place.objects.find("Siena") == [places["052032"], twin]
    assert Place.objects.find("Siena", province) == [places["052032"]]


def test_find_of_other_kinds_tells_a_province_from_its_capital() -> None:
    places = make.loaded()
    assert Place.objects.find("Siena", kinds=["province"]) == [places["052"]]
    assert Place.objects.find("Siena", kinds=["province", "municipality"]) == [
        places["052032"],
        places["052"],
    ]


def test_resolve_leads_old_codes_to_the_places_of_today() -> None:
    places = make.loaded()
    for code in ("037004", "037018", "037023", "037043", "037058", "037061"):
        assert list(Place.objects.resolve(code)) == [places["037061"]]
    assert list(Place.objects.resolve("052014")) == [places["052037"]]
    assert list(Place.objects.resolve("999999")) == []


def test_resolve_follows_changes_of_changes() -> None:
    places = make.loaded()
    older = make.place("Capodarno", valid_to="1934-01-01")
    between = Place.objects.get(code="037004")
    Succession.objects.create(predecessor=older, successor=between, on="1934-01-01", kind="merger")
    assert list(Place.objects.resolve(older.code)) == [places["037061"]]


def test_heirs_are_todays_places_of_every_one_that_ended() -> None:
    places = make.loaded()
    older = make.place("Capodarno", valid_to="1934-01-01")
    between = Place.objects.get(code="037004")
    Succession.objects.create(predecessor=older, successor=between, on="1934-01-01", kind="merger")
    Succession.objects.create(
        predecessor=older, successor=places["036001"], on="1934-01-01", kind="incorporation"
    )
    heirs = Place.objects.heirs()
    assert heirs[older.pk] == {places["037061"].pk, places["036001"].pk}
    assert heirs[between.pk] == {places["037061"].pk}
    assert not heirs.keys() & {place.pk for place in places.values()}


def test_within_gives_each_municipality_once() -> None:
    places = make.loaded()
    area = Place.objects.create(kind="area", code="x", name="X", slug="x", folded="x")
    area.members.set([places["036001"], places["052"]])
    codes = {
        name: sorted(Place.objects.within(*some).values_list("code", flat=True))
        for name, some in {
            "region": [places["08"]],
            "province": [places["036"]],
            "area": [area],
            "overlap": [places["036"], places["036001"], area],
        }.items()
    }
    modena = ["036001", "036002", "036006", "036036"]
    assert codes == {
        "region": [*modena, "037006", "037061"],
        "province": modena,
        "area": ["036001", "052032", "052037"],
        "overlap": [*modena, "052032", "052037"],
    }


def test_residents_are_counted_by_sex_and_band_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = make.loaded()
    bands = [Band(0, 4), Band(5, 40), Band(41)]
    with django_assert_num_queries(1):
        table = Residents.objects.of(places["036"], places["052032"]).latest().table(bands)
    assert table == {
        ("f", Band(0, 4)): 25,
        ("f", Band(5, 40)): 25,
        ("f", Band(41, 100)): 0,
        ("m", Band(0, 4)): 0,
        ("m", Band(5, 40)): 10,
        ("m", Band(41, 100)): 0,
    }
    with django_assert_num_queries(1):
        assert Residents.objects.of(places["08"]).total() == 6 * 12


def test_residents_of_the_latest_year_are_those_of_each_place() -> None:
    places = make.loaded()
    Residents.objects.create(place=places["036001"], year=2024, sex="f", ages=[5] + [0] * 100, total=5)
    assert Residents.objects.of(places["036001"]).latest().total() == 5
    assert Residents.objects.of(places["036"]).latest().total() == 5 + 3 * 12
    assert Residents.objects.of(places["036"]).filter(year=2023).total() == 4 * 12


def test_boundaries_of_a_set_of_places_come_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = make.loaded()
    with django_assert_num_queries(1):
        shapes = Boundary.objects.of(places["037"]).shapes()
    assert {code: bounds(shape) for code, shape in shapes.items()} == {
        "037006": (10.4, 44.0, 10.5, 44.1),
        "037061": (10.5, 44.0, 10.6, 44.1),
    }


def test_labels_can_be_read_alone_in_both_languages() -> None:
    places = make.loaded()
    codes = ["036002", "036", "037", "08"]
    with translation.override("it"):
        italian = [str(places[code]) for code in codes]
    with translation.override("en"):
        english = [str(places[code]) for code in codes]
    assert italian == [
        "Bomporto (MO)",
        "Provincia di Modena",
        "Città metropolitana di Bologna",
        "Emilia-Romagna",
    ]
    assert english == [
        "Bomporto (MO)",
        "Province of Modena",
        "Metropolitan city of Bologna",
        "Emilia-Romagna",
    ]


def test_a_former_municipality_does_not_exist() -> None:
    make.loaded()
    assert {p.code: p.exists for p in Place.objects.filter(code__in=["037004", "037061"])} == {
        "037004": False,
        "037061": True,
    }


def test_codes_are_given_once() -> None:
    place = make.place()
    with pytest.raises(IntegrityError):
        make.place(code=place.code)


def test_suggest_puts_the_nearest_first() -> None:
    make.loaded()
    make.place("Bo")
    assert [place.name for place in Place.objects.suggest("bo", ["municipality"])] == [
        "Bo",
        "Bologna",
        "Bomporto",
    ]
    assert [place.name for place in Place.objects.suggest("emilia")] == [
        "Emilia-Romagna",
        "Castelfranco Emilia",
    ]
