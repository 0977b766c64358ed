"""AUTH1: codes work once, for ten minutes, for five tries, in one browser."""

import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from cantiere.foundation.accounts import actions
from cantiere.foundation.accounts.models import Code
from cantiere.foundation.core.models import Mail
from tests.factories import accounts

pytestmark = pytest.mark.django_db
SIGN_IN = Code.Purpose.SIGN_IN


def asked(email: str = "mara@example.org") -> tuple[str, str]:
    key = actions.send_code(email=email, purpose=SIGN_IN)
    return key, accounts.code_for(email)


def wrong(digits: str) -> str:
    return str((int(digits) + 1) % 10**8).zfill(8)


def test_right_code_works_once():
    key, digits = asked()

    first = actions.redeem(key=key, purpose=SIGN_IN, digits=digits)
    second = actions.redeem(key=key, purpose=SIGN_IN, digits=digits)

    assert first.code is not None
    assert first.code.email == "mara@example.org"
    assert second == actions.Redemption(None, 0)


def test_five_wrong_tries_kill_the_code():
    key, digits = asked()

    left = [actions.redeem(key=key, purpose=SIGN_IN, digits=wrong(digits)).left for _try in range(5)]

    assert left == [4, 3, 2, 1, 0]
    assert actions.redeem(key=key, purpose=SIGN_IN, digits=digits) == actions.Redemption(None, 0)


def test_code_is_over_after_ten_minutes():
    key, digits = asked()

    with time_machine.travel(timezone.now() + actions.LIFETIME):
        assert actions.redeem(key=key, purpose=SIGN_IN, digits=digits).code is None


def test_code_opens_nothing_with_another_key_or_for_another_purpose():
    key, digits = asked()
    other, _digits = asked("other@example.org")

    assert actions.redeem(key=other, purpose=SIGN_IN, digits=digits).code is None
    assert actions.redeem(key=key, purpose=Code.Purpose.CONFIRM, digits=digits).code is None
    assert actions.redeem(key="", purpose=SIGN_IN, digits=digits).code is None


def test_digits_are_not_kept():
    _key, digits = asked()

    row = Code.objects.values().get()

    assert digits not in str(row)


def test_ten_thousand_guesses_win_nothing():
    """Each code allows five of 10⁸: a tenth of a percent of a thousandth for two thousand codes."""
    guesses = 0
    for _code in range(40):
        key, digits = asked()
        guess = 0
        while True:
            outcome = actions.redeem(key=key, purpose=SIGN_IN, digits=f"{guess:08}")
            assert outcome.code is None or digits == f"{guess:08}"
            guesses += 1
            guess += 1
            if not outcome.left:
                break
    assert guesses == 40 * actions.TRIES
    assert 2000 * actions.TRIES / 10**8 <= 5 * 2000 / 10**6


def test_message_goes_first_and_says_how_long_it_works():
    asked()

    mail = Mail.objects.get()

    assert mail.priority == 10
    assert mail.subject.startswith(mail.text.split("\n\n")[1].strip())
    assert "10 minuti" in mail.text


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_all_counted():
    key, digits = asked()
    looked_at = []

    def guess() -> None:
        try:
            looked_at.append(actions.redeem(key=key, purpose=SIGN_IN, digits=wrong(digits)).left)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _thread in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(looked_at, reverse=True) == [4, 3, 2, 1] + [0] * 8
    assert Code.objects.get().tries == actions.TRIES
