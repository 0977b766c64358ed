"""What is asked of an organisation."""

import pytest
from django.utils import translation

from cantiere.foundation.organisations.actions import create, update
from cantiere.foundation.organisations.forms import OrganisationForm
from tests.factories import organisations as make
from tests.factories import places as make_places

pytestmark = pytest.mark.django_db

WHOLE = {
    "name": "Unione Comuni del Sorbara",
    "short_name": "Unione del Sorbara",
    "legal_form": "2.4.50",
    "place": "Bomporto",
    "website": "unione.example.org",
    "ipa_code": "u_sorb",
    "tax_code": "12345678903",
    "description": "Sei comuni.",
}


def test_what_the_form_takes_the_action_writes() -> None:
    places = make_places.loaded()
    form = OrganisationForm(WHOLE)
    assert form.is_valid(), form.errors
    one = create(by=None, **form.cleaned_data)
    assert (one.place, one.website, one.legal_form) == (
        places["036002"],
        "https://unione.example.org",
        "2.4.50",
    )


def test_a_name_is_enough() -> None:
    assert OrganisationForm({"name": "Gruppo informale"}).is_valid()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "This field is required."),
        ("place", "Nowhere", "No place is called “Nowhere”."),
        ("legal_form", "1.1.10", "Select a valid choice. 1.1.10 is not one of the available choices."),
        ("tax_code", "12345678901", "One figure of the tax code is wrong: check it."),
        ("tax_code", "RSSMRA80A01", "The tax code of an organisation has 11 figures."),
        ("ipa_code", "u sorb", "An IPA code is made of letters and figures."),
        ("website", "javascript:alert(1)", "Enter a valid URL."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(field: str, value: str, told: str) -> None:
    make_places.loaded()
    with translation.override("en"):
        form = OrganisationForm({**WHOLE, field: value})
        assert dict(form.errors) == {field: [told]}


def test_an_organisation_that_is_here_already_is_not_added_again() -> None:
    places = make_places.loaded()
    known = make.organisation("Unione Comuni del Sorbara", place=places["036002"], tax_code="12345678903")
    with translation.override("en"):
        assert dict(OrganisationForm(WHOLE).errors) == {
            "name": ["“Unione Comuni del Sorbara” is here already: choose it from the list."],
            "tax_code": ["“Unione Comuni del Sorbara” has this code already."],
        }
    assert OrganisationForm(WHOLE, organisation=known).is_valid()


def test_the_same_name_elsewhere_is_another() -> None:
    places = make_places.loaded()
    make.organisation("Pro Loco", place=places["036001"])
    assert OrganisationForm({"name": "Pro Loco", "place": "Bomporto"}).is_valid()


def test_a_known_organisation_fills_the_form_and_comes_back_unchanged() -> None:
    make_places.loaded()
    form = OrganisationForm(WHOLE)
    assert form.is_valid()
    one = create(by=None, **form.cleaned_data)
    again = OrganisationForm({**WHOLE, "website": one.website}, organisation=one)
    assert again.is_valid()
    assert again.changed_data == []
    html = str(OrganisationForm(organisation=one)["place"])
    assert 'value="Bomporto (MO)"' in html
    update(by=None, organisation=one, **again.cleaned_data)
