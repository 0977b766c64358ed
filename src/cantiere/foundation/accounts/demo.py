"""The people of the demonstration: made up, at addresses nobody has."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts import actions
from cantiere.foundation.accounts.models import Consent, Person, PlatformRole


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as, and what they do here."""

    key: str
    name: str
    email: str
    part: str | Promise
    role: PlatformRole.Role | None = None


ACCOUNTS = (
    Account(
        "administrator",
        "Ada Ferrari",
        "ada@example.org",
        _("looks after the platform"),
        PlatformRole.Role.ADMINISTRATOR,
    ),
    Account("team", "Bruno Galli", "bruno@example.org", _("works in the team of the programmes")),
    Account(
        "curator",
        "Carla Monti",
        "carla@example.org",
        _("curates places and organisations"),
        PlatformRole.Role.CURATOR,
    ),
    Account("participant", "Dario Riva", "dario@example.org", _("lives here and takes part")),
)


def load() -> dict[str, Person]:
    """Make the four people, once; gives them by key for the rooms above."""
    return {account.key: _person(account) for account in ACCOUNTS}


def _person(account: Account) -> Person:
    person = Person.objects.at(account.email)
    if person is None or not Consent.objects.filter(person=person).exists():
        person = actions.create_account(email=account.email, name=account.name, channel="demo")
    if account.role:
        actions.give(by=None, person=person, role=account.role)
    return person
