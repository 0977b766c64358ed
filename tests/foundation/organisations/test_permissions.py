"""Who may change what the whole installation shares."""

import pytest

from cantiere.foundation.accounts.models import Person, PlatformRole
from cantiere.foundation.core.access import can

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "may"), [("administrator", True), ("curator", True), (None, False)])
def test_organisations_are_managed_by_curators_and_administrators(role: str | None, may: bool) -> None:  # noqa: FBT001
    person = Person.objects.create_user("una@example.org")
    if role:
        PlatformRole.objects.create(person=person, role=role)
    assert can(person, "organisations.manage") is may


def test_nobody_manages_organisations_without_an_account() -> None:
    assert not can(None, "organisations.manage")
