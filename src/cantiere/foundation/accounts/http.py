"""The request as our views know it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from cantiere.foundation.accounts.models import Person


class Request(HttpRequest):
    """A request whose asker is known: ``person`` is ``None`` for a visitor."""

    person: Person | None
    htmx: HtmxDetails


class SignedIn(Request):
    """A request of somebody who has signed in, as ``@requires("accounts.own")`` lets through."""

    person: Person
