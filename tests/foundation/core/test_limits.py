"""How often one may do something."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from cantiere.foundation.core import limits
from cantiere.foundation.core.access import public
from cantiere.foundation.core.models import Hits

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def request(address: str = "203.0.113.7", method: str = "POST", forwarded: str = "", pk: int | None = None):
    made = RequestFactory().generic(method, "/", REMOTE_ADDR=address)
    if forwarded:
        made.META["HTTP_X_FORWARDED_FOR"] = forwarded

    class Somebody:
        is_authenticated = pk is not None

    Somebody.pk = pk  # type: ignore[attr-defined]
    made.user = Somebody()  # type: ignore[assignment]
    return made


@pytest.mark.parametrize("name", sorted(limits.RATE_LIMITS))
def test_each_row_lets_its_count_through_and_no_more(name: str) -> None:
    limit = limits.RATE_LIMITS[name]
    method = "GET" if "GET" in limit.methods else "POST"
    asked = request(method=method, pk=1 if limit.per == "person" else None)

    @limits.limited(name)
    @public
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    assert view.access == "public"  # type: ignore[attr-defined]
    with time_machine.travel(timezone.now().replace(minute=0, second=1), tick=False) as clock:
        assert view(asked).status_code == 200
        Hits.objects.update(count=limit.count - 1)
        assert view(asked).status_code == 200
        refused = view(asked)
        assert (refused.status_code, refused.template_name) == (429, "429.html")
        assert 0 < int(refused["Retry-After"]) <= limit.seconds + 1
        other = request("203.0.113.8", method, pk=2 if limit.per == "person" else None)
        assert view(other).status_code == 200
        clock.shift(timedelta(seconds=int(refused["Retry-After"])))
        assert view(asked).status_code == 200


def test_other_methods_are_not_counted() -> None:
    view = limits.limited("form")(lambda _request: HttpResponse())
    view(request(method="GET"))
    assert Hits.objects.count() == 0


def test_a_limit_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(ImproperlyConfigured):
        limits.limited("nothing")


def test_no_address_is_kept() -> None:
    limits.hit(request(), "feedback")
    assert "203.0.113.7" not in repr(Hits.objects.values_list())


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "client"),
    [
        (0, "203.0.113.7", "", "203.0.113.7"),
        (0, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        (1, "10.0.0.1", "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::/64"),
        (0, "2001:db8:1:2::1", "", "2001:db8:1:2::/64"),
        (0, "2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
        (0, "::ffff:203.0.113.7", "", "203.0.113.7"),
        (1, "10.0.0.1", "nonsense", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_the_client_is_who_our_outermost_proxy_saw(
    settings, proxies: int, remote: str, forwarded: str, client: str
) -> None:
    settings.CANTIERE_PROXIES = proxies
    assert limits.client_address(request(remote, forwarded=forwarded)) == client


def test_a_person_is_counted_wherever_they_are_and_strangers_by_address() -> None:
    limits.hit(request("203.0.113.1", pk=1), "form")
    limits.hit(request("203.0.113.2", pk=1), "form")
    limits.hit(request("203.0.113.1"), "form")
    assert sorted(Hits.objects.values_list("count", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_the_count() -> None:
    def ask(_: int) -> bool:
        try:
            return limits.hit(request(pk=1), "attendance") is None
        finally:
            connection.close()

    with time_machine.travel(timezone.now().replace(minute=0, second=1)), ThreadPoolExecutor(30) as pool:
        allowed = sum(pool.map(ask, range(30)))
    assert allowed == limits.RATE_LIMITS["attendance"].count
