"""An account from its first to its last day."""

import secrets

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from cantiere.foundation.accounts import consents
from cantiere.foundation.accounts.actions.consents import note_consent
from cantiere.foundation.accounts.models import Person, PlatformRole, Session
from cantiere.foundation.core import access, log, outbox, personal_data

_ORDER = list(Person.Assurance)


class LastAdministratorError(Exception):
    """The platform would be left without anyone to look after it."""


def guard_last_administrator(person: Person) -> None:
    """Refuse to take away the last administrator; in the caller's transaction."""
    administrators = PlatformRole.objects.select_for_update().filter(
        role=PlatformRole.Role.ADMINISTRATOR, person__is_active=True
    )
    others = [role for role in administrators if role.person_id != person.pk]
    if not others and any(role.person_id == person.pk for role in administrators):
        raise LastAdministratorError


@transaction.atomic
def create_account(
    *, email: str, name: str = "", language: str = "it", channel: str | None = "web"
) -> Person:
    """The account of a proven address, made now or found; with a channel, the privacy notice is accepted."""
    person, new = Person.objects.get_or_create(
        email=email,
        defaults={"name": name, "language": language, "password": f"!{secrets.token_urlsafe(30)}"},
    )
    if not new and name:
        person.name = name
        person.save(update_fields=["name"])
    if channel:
        raise_assurance(person=person, to=Person.Assurance.EMAIL)
        note_consent(person=person, purpose=consents.PRIVACY, given=True, channel=channel)
    if new:
        log.record(by=person if channel else None, verb="join", target=person)
    return person


def raise_assurance(*, person: Person, to: Person.Assurance) -> None:
    """Note how sure we are of a person; never lowered, in the caller's transaction."""
    if _ORDER.index(to) > _ORDER.index(Person.Assurance(person.assurance)):
        person.assurance = to
        person.save(update_fields=["assurance"])
        log.record(by=person, verb="assure", target=person, level=str(to))


@transaction.atomic
def connect(*, person: Person, provider: str, uid: str, extra: dict[str, str]) -> None:
    """Tie an identity of the gateway to a person who also proved an address."""
    account, new = SocialAccount.objects.get_or_create(
        provider=provider, uid=uid, defaults={"user": person, "extra_data": extra}
    )
    if new:
        log.record(by=person, verb="connect", target=person, provider=provider)
    elif account.user_id != person.pk:
        raise IntegrityError("This identity belongs to another account.")


@transaction.atomic
def change_profile(*, person: Person, name: str, language: str) -> None:
    """Name and language, as the person wants them."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    log.record(by=person, verb="edit", target=person, fields=["name", "language"])


@transaction.atomic
def speak(*, person: Person, language: str) -> None:
    """Keep the language a person chose."""
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def change_address(*, person: Person, email: str) -> bool:
    """Move the account to an address just proven; ``False`` when another account has it.

    The old address is told, without the new one.
    """
    if Person.objects.filter(email=email).exclude(pk=person.pk).exists():
        return False
    before, person.email = person.email, email
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    log.record(by=person, verb="change address", target=person)
    with override(person.language):
        outbox.send(
            to=before,
            subject=_("Your account has a new address"),
            text=render_to_string("accounts/mail/moved.txt", {"site": settings.CANTIERE_NAME}),
            once=f"moved:{person.pk}:{secrets.token_hex(8)}",
            person_id=person.pk,
        )
    return True


@transaction.atomic
def end_other_sessions(*, person: Person, keep: str | None) -> int:
    """Sign a person out everywhere but here; gives how many browsers that were."""
    ended, _tables = Session.objects.filter(person=person).exclude(session_key=keep).delete()
    log.record(by=person, verb="end sessions", target=person, count=ended)
    return ended


@transaction.atomic
def erase(*, person: Person) -> None:
    """Forget a person; what they said in public stays, as of a person who took part."""
    guard_last_administrator(person)
    personal_data.erase_all(person, by=person)
    access.lost(person)
