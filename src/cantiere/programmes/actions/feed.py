"""The secret address of one's own calendar."""

import secrets

from django.db import transaction

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log


@transaction.atomic
def renew_feed_key(*, person: Person) -> str:
    """Make a secret address for one's own calendar; one made before stops working."""
    key = secrets.token_urlsafe(24)
    Person.objects.filter(pk=person.pk).update(feed_key=key)
    person.feed_key = key
    log.record(by=person, verb="programmes.renew_feed_key", target=person)
    return key
