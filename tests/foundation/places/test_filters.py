"""A place as a filter: one address for it, words that go on a sentence, help when nothing is called so."""

import pytest
from django.http import QueryDict
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cantiere.foundation.places.filters import PlaceFilterField, place_of_key, whereabouts
from cantiere.foundation.places.models import Place
from cantiere.foundation.ui.filters import FilterForm
from tests.factories import places as make

pytestmark = pytest.mark.django_db


class Where(FilterForm):
    parameters = {"place": "luogo"}
    place = PlaceFilterField(label="Luogo")


def asked(value: str) -> Where:
    words = QueryDict(mutable=True)
    words["luogo"] = value
    return Where(words)


@pytest.mark.parametrize(
    ("written", "key", "words", "shown"),
    [
        ("bomporto", "municipality-036002", "a Bomporto (MO)", "Bomporto (MO)"),
        ("municipality-036002", "municipality-036002", "a Bomporto (MO)", "Bomporto (MO)"),
        ("provincia di Siena", "province-052", "in provincia di Siena", "Provincia di Siena"),
        ("Modena", "province-036", "in provincia di Modena", "Provincia di Modena"),
        (
            "province-037",
            "province-037",
            "nella città metropolitana di Bologna",
            "Città metropolitana di Bologna",
        ),
        ("Toscana", "region-09", "in Toscana", "Toscana"),
        ("region-08", "region-08", "in Emilia-Romagna", "Emilia-Romagna"),
    ],
)
def test_a_name_or_a_key_gives_one_address_and_its_words(
    written: str, key: str, words: str, shown: str
) -> None:
    make.loaded()
    form = asked(written)
    assert form.query() == f"luogo={key}"
    assert [chip.words for chip in form.chips] == [words]
    assert asked(key)["place"].value() == shown


@pytest.mark.parametrize(
    "written", ["municipality-999999", "municipality-036", "vicus-1", "Bomprto", "\x00", "region-" + "9" * 99]
)
def test_what_is_no_place_is_told_and_filters_nothing(written: str) -> None:
    make.loaded()
    form = asked(written)
    assert (form.chosen["place"], form.query(), len(form.mistakes)) == (None, "", 1)


def test_a_code_of_the_past_leads_to_today() -> None:
    make.loaded()
    assert place_of_key("municipality-037004") == Place.objects.get(code="037061")


def test_words_for_places_of_all_kinds() -> None:
    places = make.loaded()
    areas = make.place("Unione del Sorbara", kind=Place.Kind.AREA)
    adro = make.place("Adro", parent=places["036"])
    lazio = make.place("Lazio", kind=Place.Kind.REGION, code="12")
    assert [whereabouts(place) for place in (areas, adro, lazio)] == [
        "nell’area «Unione del Sorbara»",
        "ad Adro (MO)",
        "nel Lazio",
    ]
    with translation.override("en"):
        assert whereabouts(adro) == "in Adro (MO)"


def test_a_place_is_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make.loaded()
    with django_assert_num_queries(1):
        form = asked("municipality-036002")
        assert form.chips
        assert form.query()
        assert str(form["place"])
