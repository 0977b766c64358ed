"""Who holds what: a signed cookie says which participant a device is, and keeps the code of the receipt."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpResponseBase
from django.urls import reverse

from cantiere.activities.labs import queries
from cantiere.activities.labs.models import Lab, Participant
from cantiere.foundation.accounts.http import Request

SALT = "cantiere.labs.device"
DAY = 86_400


@dataclass(frozen=True)
class Held:
    """``code`` is empty on the second device of somebody with an account: the first one keeps it."""

    participant: Participant
    code: str


def _name(lab: Lab) -> str:
    return f"lab-{lab.pk}"


def hold(response: HttpResponseBase, lab: Lab, participant: Participant, code: str) -> None:
    """Make this device a participant, for as long as what is live is kept."""
    response.set_cookie(
        _name(lab),
        signing.dumps([lab.pk, participant.actor, code], salt=SALT),
        max_age=(lab.keep_days + 1) * DAY,
        path=reverse("labs:code"),
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def let_go(response: HttpResponseBase, lab: Lab) -> None:
    """Forget the participant on this device."""
    response.delete_cookie(_name(lab), path=reverse("labs:code"), samesite="Lax")


def held(request: Request, lab: Lab) -> Held | None:
    """Whom this device, or this account, takes part as; a forged cookie, or another laboratory's, is none.

    Nor is somebody who is only expected: they come in by the entrance as everybody.
    """
    actor, code = _read(request, lab)
    found = queries.participant(lab, actor=actor) if actor else None
    if found is None and request.person is not None:
        found, code = queries.participant(lab, person=request.person), ""
    return Held(found, code) if found is not None and not found.is_expected else None


def _read(request: Request, lab: Lab) -> tuple[str, str]:
    try:
        number, actor, code = signing.loads(request.COOKIES.get(_name(lab), ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return "", ""
    return (str(actor), str(code)) if number == lab.pk else ("", "")
