"""How often one may do something: a table, counted in the database so that a restart forgets nothing.

Counted is the person, or the client's address as seen behind the stated number of proxies; an IPv6 client
is its /64, which is what one household gets. Only a keyed digest of it is stored.
"""

import functools
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cantiere.foundation.core.access import View, actor
from cantiere.foundation.core.models import Hits


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` in ``seconds``, for each person (or address, when nobody is signed in) or address."""

    per: Literal["person", "address"]
    count: int
    seconds: int
    methods: frozenset[str] = frozenset({"POST"})


READING = frozenset({"GET", "HEAD"})

# Counts by address are wide: a whole assembly may sit behind one address.
RATE_LIMITS: dict[str, Limit] = {
    "code": Limit("address", 300, 3600),
    "form": Limit("person", 120, 600),
    # A hall is one address: three hundred people come in within a minute, and some misread the code.
    "join": Limit("address", 300, 60),
    "wrong-code": Limit("address", 120, 60),
    "screen": Limit("address", 600, 60, READING),
    "live-form": Limit("address", 1200, 60),
    "take-part": Limit("person", 60, 600),
    "attendance": Limit("person", 10, 600),
    "feedback": Limit("address", 60, 3600),
    "receipt": Limit("address", 120, 3600),
    "follow": Limit("address", 120, 3600),
    "nominate": Limit("address", 60, 3600),
    "letter": Limit("address", 60, 3600),
    "census": Limit("address", 60, 3600),
    "invite": Limit("person", 200, 3600),
    "upload": Limit("person", 60, 3600),
    # Who sits at a table photographs every note of it.
    "photo": Limit("person", 300, 3600),
    "export": Limit("person", 10, 3600),
    # A whole town hall may stand behind one address.
    "sheet": Limit("address", 60, 3600),
    "search": Limit("address", 600, 600, READING),
    "feed": Limit("address", 600, 600, READING),
    "file": Limit("address", 120, 600, READING),
}


def client_address(request: HttpRequest) -> str:
    """The client as the outermost of our own proxies saw it; IPv6 as its /64.

    Each proxy adds to the right of ``X-Forwarded-For`` whom it was called by: with *n* of ours the *n*-th
    from the right is the client, and everything left of it is what the client claims.
    """
    return address_behind(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def address_behind(seen: str, forwarded: str) -> str:
    """The same for a caller ``seen`` whose proxies wrote the chain ``forwarded``."""
    return _outermost(seen, forwarded, settings.CANTIERE_PROXIES)


@functools.lru_cache(maxsize=20_000)
def _outermost(seen: str, forwarded: str, proxies: int) -> str:
    if proxies:
        chain = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
        if chain:
            seen = chain[-proxies] if len(chain) >= proxies else chain[0]
    return _network(seen)


def _network(text: str) -> str:
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)


def _who(request: HttpRequest, limit: Limit) -> str:
    person = actor(request) if limit.per == "person" else None
    name = f"person:{person.pk}" if person is not None else f"address:{client_address(request)}"
    return salted_hmac("cantiere.limits", name, algorithm="sha256").hexdigest()


def hit(request: HttpRequest, name: str) -> datetime | None:
    """Count one; gives the moment to come back when there were too many, else ``None``."""
    limit = RATE_LIMITS[name]
    now = timezone.now()
    window = int(now.timestamp()) // limit.seconds
    until = datetime.fromtimestamp((window + 1) * limit.seconds, UTC)
    row = {"limit": name, "who": _who(request, limit), "window": window}
    if Hits.objects.filter(**row, count__gte=limit.count).exists():
        return until  # no write for those who hammer
    with transaction.atomic():
        Hits.objects.bulk_create([Hits(**row, until=until)], ignore_conflicts=True)
        counted = Hits.objects.filter(**row, count__lt=limit.count).update(count=F("count") + 1)
    return None if counted else until


def limited(name: str) -> Callable[[View], View]:
    """Guard a view by a row of the table; whoever comes too often gets 429 and is told when to return."""
    if name not in RATE_LIMITS:
        raise ImproperlyConfigured(f"No rate limit is called {name}.")

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method in RATE_LIMITS[name].methods:
                until = hit(request, name)
                if until is not None:
                    return refusal(request, until)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def refusal(request: HttpRequest, until: datetime) -> TemplateResponse:
    """The page that says when to come back."""
    seconds = max(1, int((until - timezone.now()).total_seconds()) + 1)
    response = TemplateResponse(
        request, "429.html", {"until": until, "minutes": -(-seconds // 60)}, status=429
    )
    response["Retry-After"] = str(seconds)
    return response
