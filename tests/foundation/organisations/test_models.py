"""Organisations: legal forms, codes, reads."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cantiere.foundation.organisations import legal_forms
from cantiere.foundation.organisations.models import Organisation, check_legal_form, check_tax_code
from tests.factories import organisations as make
from tests.factories import places as make_places


def test_legal_forms_are_clean() -> None:
    rows = legal_forms._rows()
    assert len({row["code"] for row in rows}) == len(rows) == 54
    assert {row["group"] for row in rows} == set(legal_forms.GROUPS)
    for row in rows:
        assert re.fullmatch(r"\d\.\d\.\d\d", row["code"])
        for language in ("it", "en"):
            assert row[language] == row[language].strip() != ""


def test_legal_forms_speak_both_languages() -> None:
    names = []
    for language in ("it", "en"):
        with translation.override(language):
            names.append((legal_forms.label("2.4.50"), len(list(legal_forms.choices()))))
    assert names == [("Unione di comuni", 4), ("Union of municipalities", 4)]
    assert legal_forms.label("9.9.99") == ""


@pytest.mark.parametrize("code", ["9.9.99", "2", "2.4.50 "])
def test_a_legal_form_that_is_not_in_the_list_is_refused(code: str) -> None:
    check_legal_form("2.4.50")
    with pytest.raises(ValidationError):
        check_legal_form(code)


@pytest.mark.parametrize("code", ["00000000000", "12345678903", "80062590379"])
def test_a_tax_code_that_adds_up_is_taken(code: str) -> None:
    check_tax_code(code)


@pytest.mark.parametrize(
    "code", ["12345678901", "1234567890", "RSSMRA80A01H501U", "१२३४५६७८९०३", "1234567890a"]
)
def test_other_tax_codes_and_those_of_persons_are_refused(code: str) -> None:
    with pytest.raises(ValidationError):
        check_tax_code(code)


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["Unità e Libertà", "UNITA' E LIBERTA'", "ul"])
def test_an_organisation_is_found_by_its_name_or_its_short_name(written: str) -> None:
    known = make.organisation("Unità e Libertà", short_name="UL")
    make.organisation("Altra")
    assert list(Organisation.objects.named(written)) == [known]


@pytest.mark.django_db
def test_organisations_are_suggested_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place = make_places.loaded()["036002"]
    for name in ("Comune di Bomporto", "Associazione Comune", "Altra"):
        make.organisation(name, place=place)
    with django_assert_num_queries(1):
        found = [
            (one.name, one.place.label if one.place else "") for one in Organisation.objects.suggest("comu")
        ]
    assert found == [("Associazione Comune", "Bomporto (MO)"), ("Comune di Bomporto", "Bomporto (MO)")]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ipa_code", "tax_code"])
def test_codes_belong_to_one_organisation_and_may_be_empty(code: str) -> None:
    make.organisation(**{code: ""})
    make.organisation(**{code: ""})
    make.organisation(**{code: "12345678903"})
    with pytest.raises(IntegrityError):
        make.organisation(**{code: "12345678903"})


@pytest.mark.django_db
def test_an_organisation_says_its_name_in_full_and_in_brief() -> None:
    one = make.organisation("Unione del Sorbara", short_name="Unione", legal_form="2.4.50")
    with translation.override("it"):
        assert (str(one), one.brief, one.legal_form_name) == (
            "Unione del Sorbara",
            "Unione",
            "Unione di comuni",
        )
    assert make.organisation("Altra").brief == "Altra"
