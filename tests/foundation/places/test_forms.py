"""Fields for places: what is taken, and what helps when it is not."""

from typing import Any

import pytest
from django import forms
from django.utils import translation

from cantiere.foundation.places.forms import PlaceField, PlacesField
from cantiere.foundation.places.models import Place
from tests.factories import places as make

pytestmark = pytest.mark.django_db


class Where(forms.Form):
    place = PlaceField(required=False)
    territory = PlacesField(required=False)


@pytest.mark.parametrize(
    "written", ["Bomporto", " bomporto ", "Bomporto (MO)", "Bomporto (Modena)", "036002", "36002"]
)
def test_a_place_is_taken_however_it_is_written(written: str) -> None:
    places = make.loaded()
    form = Where({"place": written})
    assert form.is_valid()
    assert form.cleaned_data["place"] == places["036002"]


def test_nothing_written_is_no_place() -> None:
    form = Where({"place": "  "})
    assert form.is_valid()
    assert form.cleaned_data == {"place": None, "territory": []}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Bomprto", "No place is called “Bomprto”. Did you mean Bomporto (MO)?"),
        ("Castelfranco", "No place is called “Castelfranco”. Did you mean Castelfranco Emilia (MO)?"),
        ("Xyzzy", "No place is called “Xyzzy”."),
        ("Bomporto (SI)", "No place is called “Bomporto (SI)”. Did you mean Bomporto (MO)?"),
        ("Twin", "There is more than one “Twin”: Twin (MO); Twin (SI). Write the one you mean."),
        ("<script>", "No place is called “<script>”."),
    ],
)
def test_an_unknown_or_double_name_is_answered_with_help(written: str, told: str) -> None:
    places = make.loaded()
    make.place("Twin", parent=places["036"])
    make.place("Twin", parent=places["052"])
    with translation.override("en"):
        assert Where({"place": written}).errors["place"] == [told]


@pytest.mark.parametrize("written", ["Provincia di Modena", "province of modena", "036"])
def test_a_field_of_all_kinds_takes_provinces(written: str) -> None:
    places = make.loaded()
    assert PlaceField(kinds=Place.Kind.values).clean(written) == places["036"]
    with pytest.raises(forms.ValidationError):
        PlaceField().clean(written)


def test_several_places_are_taken_by_line_or_comma_each_once() -> None:
    places = make.loaded()
    form = Where({"territory": "Bomporto, Bastiglia;\nProvincia di Siena\nbomporto (mo)"})
    assert form.is_valid()
    assert form.cleaned_data["territory"] == [places["036002"], places["036001"], places["052"]]


def test_each_wrong_place_of_several_is_told() -> None:
    make.loaded()
    with translation.override("en"):
        assert Where({"territory": "Bomporto\nXyzzy\nBastilia"}).errors["territory"] == [
            "No place is called “Xyzzy”.",
            "No place is called “Bastilia”. Did you mean Bastiglia (MO)?",
        ]


def test_what_was_chosen_stands_in_the_input() -> None:
    places = make.loaded()
    some = [places["036001"], places["036002"]]
    form = Where(initial={"place": places["036002"].pk, "territory": some})
    assert 'value="Bomporto (MO)"' in str(form["place"])
    assert "Bastiglia (MO)\nBomporto (MO)" in str(form["territory"])
    changed: list[Any] = [
        Where(
            {"place": written, "territory": "Bomporto (MO)\nBastiglia (MO)"}, initial=form.initial
        ).changed_data
        for written in ("Bomporto (MO)", "bomporto", "Bastiglia", "Xyzzy", "")
    ]
    assert changed == [[], [], ["place"], ["place"], ["place"]]


def test_the_input_works_without_script_and_better_with_it() -> None:
    html = str(Where()["place"])
    assert 'type="text" name="place"' in html
    assert 'list="id_place-places"' in html
    assert '<datalist id="id_place-places"></datalist>' in html
    assert 'hx-get="/luoghi/cerca?tipo=municipality"' in html
