"""Consents: rows are added, never changed."""

from django.db import transaction

from cantiere.foundation.accounts import consents
from cantiere.foundation.accounts.models import Consent, Person


def note_consent(*, person: Person, purpose: consents.Purpose, given: bool, channel: str) -> Consent:
    """Add what a person said of a purpose, in the caller's transaction."""
    return Consent.objects.create(
        person=person,
        purpose=purpose.key,
        version=purpose.version,
        text_hash=purpose.digest(),
        given=given,
        channel=channel,
    )


@transaction.atomic
def agree(*, person: Person, purpose: consents.Purpose, channel: str = "web") -> None:
    """A person says yes."""
    note_consent(person=person, purpose=purpose, given=True, channel=channel)


@transaction.atomic
def withdraw(*, person: Person, purpose: consents.Purpose, channel: str = "web") -> None:
    """A person takes a yes back; what comes with having an account is not withdrawn alone."""
    if not purpose.optional:
        raise ValueError("This consent ends with the account.")
    note_consent(person=person, purpose=purpose, given=False, channel=channel)
