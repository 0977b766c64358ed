"""Roles on the whole installation."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.foundation.accounts.actions.invitations import invite
from cantiere.foundation.accounts.actions.people import create_account, guard_last_administrator
from cantiere.foundation.accounts.invitations import Offer
from cantiere.foundation.accounts.models import Invitation, Person, PlatformRole
from cantiere.foundation.core import access, log, outbox

INVITED_AS = "accounts.role"


@transaction.atomic
def grant(*, by: Person | None, email: str, role: PlatformRole.Role) -> PlatformRole | Invitation:
    """Give a role to the account at an address, or invite whoever has that address."""
    person = Person.objects.at(email)
    if person is None:
        return invite(by=by, email=email, kind=INVITED_AS, target=str(role))
    given = give(by=by, person=person, role=role)
    with override(person.language):
        words = {"role": role.label, "site": settings.CANTIERE_NAME}
        outbox.send(
            to=person.email,
            subject=_("Your role on %(site)s: %(role)s") % words,
            text=render_to_string("accounts/mail/role.txt", words | {"link": settings.URL}),
            once=f"role:{given.pk}",
            person_id=person.pk,
        )
    return given


@transaction.atomic
def give(*, by: Person | None, person: Person, role: PlatformRole.Role) -> PlatformRole:
    """A role, once."""
    given, new = PlatformRole.objects.get_or_create(person=person, role=role)
    if new:
        log.record(by=by, verb="grant", target=person, role=str(role))
    return given


@transaction.atomic
def revoke(*, by: Person, role: PlatformRole) -> None:
    """Take a role back; never from the last administrator."""
    if role.role == PlatformRole.Role.ADMINISTRATOR:
        guard_last_administrator(role.person)
    log.record(by=by, verb="revoke", target=role.person, role=role.role)
    role.delete()
    access.lost(role.person)


@transaction.atomic
def appoint(*, email: str) -> Person:
    """Make the person at an address administrator (from the command line), with an account if need be."""
    person = Person.objects.at(email) or create_account(email=email, channel=None)
    give(by=None, person=person, role=PlatformRole.Role.ADMINISTRATOR)
    return person


@transaction.atomic
def forget_passkeys(*, person: Person) -> int:
    """Remove the passkeys and recovery codes of a person who lost them; gives how many."""
    removed: int = Authenticator.objects.filter(user=person).delete()[0]
    log.record(by=None, verb="forget passkeys", target=person, count=removed)
    return removed


def _take_up(person: Person, target: str) -> str:
    give(by=None, person=person, role=PlatformRole.Role(target))
    return reverse("accounts:account")


def _describe(target: str) -> str:
    return str(PlatformRole.Role(target).label) if target in PlatformRole.Role.values else ""


ROLE = Offer(describe=_describe, accept=_take_up)
