"""Everyone with their own."""

import pytest

from cantiere.foundation.core.access import Decision, can, decide
from tests.factories.accounts import administrator, person
from tests.factories.notices import notice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_own_asks_to_sign_in() -> None:
    assert (decide(None, "notices.own"), decide(person(), "notices.own")) == (Decision.SIGN_IN, Decision.YES)


def test_read_is_for_whom_it_was_written() -> None:
    who = person()
    told = notice(who)
    assert [can(one, "notices.read", told) for one in (who, person(), administrator(), None)] == [
        True,
        False,
        False,
        False,
    ]
