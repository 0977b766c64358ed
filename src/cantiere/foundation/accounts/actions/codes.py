"""Codes by e-mail: sent without asking whose the address is, counted in the database at every try.

django-allauth keeps a code and its tries in the session, which two requests at once can read before
either writes, and answers unknown addresses with another mail. Here both are the same by construction;
everything after the code (stages, passkeys, sessions) is allauth's.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Code, Person
from cantiere.foundation.core import outbox

LIFETIME = timedelta(minutes=10)
TRIES = 5
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Redemption:
    """What came of a try: the code when it was right (and is now used up), else the tries that are left."""

    code: Code | None
    left: int


def _digest(key: str, digits: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{key}:{digits}".encode(), "sha256").hexdigest()


def _subject(purpose: str, digits: str) -> str:
    if purpose == Code.Purpose.SIGN_IN:
        return _("%(code)s is your code to come in") % {"code": digits}
    return _("%(code)s is your code to confirm") % {"code": digits}


@transaction.atomic
def send_code(*, email: str, purpose: Code.Purpose, person: Person | None = None) -> str:
    """Send digits to a normal address; gives the key that must stay in the browser's session."""
    key = secrets.token_urlsafe(32)
    digits = "".join(secrets.choice("0123456789") for _place in range(DIGITS))
    code = Code.objects.create(
        key=key,
        purpose=purpose,
        email=email,
        person=person,
        digest=_digest(key, digits),
        expires_at=timezone.now() + LIFETIME,
    )
    shown = f"{digits[:4]}-{digits[4:]}"
    words = {
        "code": shown,
        "purpose": str(purpose),
        "site": settings.CANTIERE_NAME,
        "minutes": LIFETIME.seconds // 60,
    }
    outbox.send(
        to=email,
        subject=_subject(purpose, shown),
        text=render_to_string("accounts/mail/code.txt", words),
        once=f"code:{code.digest[:40]}",
        person_id=person.pk if person else None,
        priority=10,
    )
    return key


@transaction.atomic
def redeem(*, key: str, purpose: Code.Purpose, digits: str) -> Redemption:
    """Try digits against a code. A try is counted before it is looked at, so many at once win nothing."""
    alive = Code.objects.filter(pk=key, purpose=purpose, tries__lt=TRIES, expires_at__gt=timezone.now())
    if not alive.update(tries=F("tries") + 1):
        return Redemption(None, 0)
    code = Code.objects.get(pk=key)
    if not constant_time_compare(code.digest, _digest(key, "".join(filter(str.isdigit, digits)))):
        return Redemption(None, TRIES - code.tries)
    Code.objects.filter(pk=key).delete()
    return Redemption(code, 0)
