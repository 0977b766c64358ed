"""What who said it may do with their own words."""

from django.db import transaction
from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log, personal_data
from cantiere.foundation.search import actions as search
from cantiere.thread.contributions.actions.wording import locked
from cantiere.thread.contributions.models import Contribution
from cantiere.thread.contributions.queries.findable import key_of


@transaction.atomic
def withdraw(*, contribution: Contribution, by: Person | None = None) -> None:
    """Erase the words, earlier ones too, for good; the row says that they were withdrawn."""
    row = locked(contribution)
    empty(row)
    personal_data.note_forgotten(row)
    log.record(by=by, verb="contributions.withdraw", target=row)


def empty(row: Contribution) -> None:
    """Leave of a contribution only that it was withdrawn."""
    row.wordings.all().delete()
    row.codings.all().delete()
    row.text, row.origin, row.named = "", "", False
    row.withdrawn_on = timezone.localdate()
    row.save(update_fields=["text", "origin", "named", "withdrawn_on"])
    search.remove(key=key_of(row))
