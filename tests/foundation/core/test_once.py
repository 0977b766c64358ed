"""A form counts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import RequestFactory

from cantiere.foundation.core.models import AuditSeal, Submission
from cantiere.foundation.core.once import once

KEY = "k" * 22


def post(key: str = KEY, **fields: str):
    return RequestFactory().post("/form/", {"once": key, "csrfmiddlewaretoken": "any", **fields})


def act() -> str:
    AuditSeal.objects.create(up_to=AuditSeal.objects.count() + 1, entries=0, digest="x")
    return "/done/"


@pytest.mark.django_db
def test_a_form_acts_and_goes_on() -> None:
    response = once(post(words="a"), act)
    assert (response.status_code, response["Location"]) == (302, "/done/")
    assert AuditSeal.objects.count() == 1


@pytest.mark.django_db
def test_the_same_form_again_goes_to_the_same_address_without_acting() -> None:
    once(post(words="a"), act)
    response = once(post(words="a"), act)
    assert (response.status_code, response["Location"], AuditSeal.objects.count()) == (302, "/done/", 1)


@pytest.mark.django_db
def test_the_same_key_with_other_words_is_refused() -> None:
    once(post(words="a"), act)
    response = once(post(words="b"), act)
    assert (response.status_code, AuditSeal.objects.count()) == (409, 1)


@pytest.mark.django_db
def test_an_act_that_fails_leaves_the_key_free() -> None:
    def broken() -> str:
        act()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        once(post(words="a"), broken)
    assert (AuditSeal.objects.count(), Submission.objects.count()) == (0, 0)
    assert once(post(words="a"), act).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_form_without_a_good_key_is_refused(key: str) -> None:
    with pytest.raises(SuspiciousOperation):
        once(post(key), act)


@pytest.mark.django_db
def test_htmx_is_told_where_to_go() -> None:
    request = RequestFactory().post("/form/", {"once": KEY}, headers={"HX-Request": "true"})
    response = once(request, act)
    assert (response.status_code, response["HX-Redirect"]) == (204, "/done/")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_act_once() -> None:
    start = Barrier(50)

    def send(_: int) -> tuple[int, str]:
        start.wait(20)
        try:
            response = once(post(words="a"), act)
            return response.status_code, response["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(send, range(50)))
    assert set(answers) == {(302, "/done/")}
    assert AuditSeal.objects.count() == 1
