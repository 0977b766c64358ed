"""People for tests, and how they come in."""

import itertools
import re
from typing import Any

from django.test import Client

from cantiere.foundation.accounts import actions
from cantiere.foundation.accounts.models import Person, PlatformRole
from cantiere.foundation.core.models import Mail

_numbers = itertools.count(1)


def person(**fields: Any) -> Person:
    """Somebody with an account who has accepted the privacy notice."""
    number = next(_numbers)
    email = fields.pop("email", f"person{number}@example.org")
    made = actions.create_account(email=email, name=fields.pop("name", f"Person {number}"), channel="test")
    if fields:
        for name, value in fields.items():
            setattr(made, name, value)
        made.save()
    return made


def administrator(**fields: Any) -> Person:
    """Somebody who looks after the platform."""
    made = person(**fields)
    actions.give(by=None, person=made, role=PlatformRole.Role.ADMINISTRATOR)
    return made


def curator(**fields: Any) -> Person:
    """Somebody who curates what programmes share."""
    made = person(**fields)
    actions.give(by=None, person=made, role=PlatformRole.Role.CURATOR)
    return made


def signed_in(who: Person) -> Client:
    """A browser in which this person has signed in (not just now: sensitive pages ask again)."""
    client = Client()
    client.force_login(who)
    return client


def form_key() -> dict[str, str]:
    """The hidden field that makes a form count once."""
    return {"once": f"test-form-key-{next(_numbers):08}"}


def code_for(email: str) -> str:
    """The digits in the last message to an address."""
    text = Mail.objects.filter(to=email).order_by("-created_at", "-pk")[0].text
    found = re.search(r"\b(\d{4})-(\d{4})\b", text)
    assert found, text
    return found[1] + found[2]


def come_in(client: Client, email: str, **words: str) -> Any:
    """Ask for a code and write it; gives the last answer."""
    client.post("/entra/", {"email": email, **words} | form_key())
    return client.post("/entra/codice/", {"code": code_for(email)} | form_key())
