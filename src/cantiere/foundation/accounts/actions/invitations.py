"""Invitations by e-mail to people who may have no account yet."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts import invitations
from cantiere.foundation.accounts.models import Invitation, Person
from cantiere.foundation.core import log, outbox

LIFETIME = timedelta(days=14)


@transaction.atomic
def invite(*, by: Person | None, email: str, kind: str, target: str = "") -> Invitation:
    """Offer something to an address; an earlier open invitation to the same is replaced."""
    offer = invitations.offer(kind)
    if offer is None or not (what := offer.describe(target)):
        raise ValueError(f"Nothing can be offered as {kind} {target}.")
    Invitation.objects.filter(email=email, kind=kind, target=target, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        kind=kind,
        target=target,
        by=by,
        digest=Invitation.digest_of(token),
        expires_at=timezone.now() + LIFETIME,
    )
    words = {
        "link": settings.URL + reverse("accounts:invitation", args=[token]),
        "what": what,
        "by": str(by) if by else "",
        "site": settings.CANTIERE_NAME,
        "days": LIFETIME.days,
    }
    outbox.send(
        to=email,
        subject=_("Invitation: %(what)s") % {"what": what},
        text=render_to_string("accounts/mail/invitation.txt", words),
        once=f"invitation:{invitation.pk}",
    )
    log.record(by=by, verb="invite", target=invitation, kind=kind, of=target)
    return invitation


@transaction.atomic
def accept(*, person: Person, invitation: Invitation) -> str | None:
    """Use an invitation up; gives where to go, or ``None`` when somebody was faster or it has expired."""
    used = Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now())
    offer = invitations.offer(invitation.kind)
    if not used or offer is None or not offer.describe(invitation.target):
        return None
    log.record(by=person, verb="accept", target=invitation)
    return offer.accept(person, invitation.target)


@transaction.atomic
def withdraw_invitation(*, by: Person, invitation: Invitation) -> None:
    """Make its link stop working."""
    log.record(by=by, verb="withdraw", target=invitation)
    invitation.delete()
