"""Adding and changing organisations."""

import pytest

from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.organisations.actions import update
from cantiere.foundation.organisations.models import Organisation
from tests.factories import organisations as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_create_gives_an_address_of_its_own_and_notes_it() -> None:
    slugs = [make.organisation("Università di Bologna").slug for _ in range(3)]
    assert slugs == ["universita-di-bologna", "universita-di-bologna-2", "universita-di-bologna-3"]
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"organisations.created"}


def test_create_cleans_its_description() -> None:
    assert make.organisation(description="  Riga\r\naltra\u202e ").description == "Riga\naltra"


def test_update_changes_what_is_named_and_keeps_the_address() -> None:
    one = make.organisation("Vecchio nome", short_name="VN", website="https://example.org/")
    update(by=None, organisation=one, name="Nuovo nome", slug="altro", pk=99)
    one = Organisation.objects.get()
    assert (one.name, one.folded, one.short_name, one.slug) == (
        "Nuovo nome",
        "nuovo nome",
        "VN",
        "vecchio-nome",
    )
    assert AuditEntry.objects.get(verb="organisations.updated").data == {"changed": ["name"]}


def test_update_that_changes_nothing_notes_nothing() -> None:
    one = make.organisation("Nome")
    update(by=None, organisation=one, name="Nome")
    assert not AuditEntry.objects.filter(verb="organisations.updated").exists()
