"""How long addresses are kept: a year after a census has closed, a month for what was never confirmed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from cantiere.activities.observatory.models import Suggestion
from cantiere.activities.observatory.models.answers import CensusEntry, CensusInvitation
from cantiere.foundation.core.linked import new_seed

AFTER_CLOSING = timedelta(days=365)
UNCONFIRMED = timedelta(days=30)
State = CensusEntry.State


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Erase addresses and names; that somebody was invited or answered stays, for the figures."""
    long_closed = Q(census__closes__lt=now - AFTER_CLOSING)
    CensusInvitation.objects.filter(long_closed).exclude(email="").update(email="")
    decided = CensusEntry.objects.filter(long_closed, state__in=[State.PUBLISHED, State.DECLINED])
    for entry in decided.exclude(email="", name=""):
        cut_off(entry=entry)
    Suggestion.objects.filter(state=Suggestion.State.UNCONFIRMED, made_at__lt=now - UNCONFIRMED).delete()
    Suggestion.objects.filter(decided_at__lt=now - AFTER_CLOSING).exclude(email="").update(email="")


def cut_off(*, entry: CensusEntry) -> None:
    """Keep the answers without whoever gave them; the links of before end."""
    entry.email = entry.name = ""
    entry.seed = new_seed()
    entry.save(update_fields=["email", "name", "seed"])


def never_sent(*, now: datetime) -> list[CensusEntry]:
    """What was begun in a census long closed, and never sent."""
    rows = CensusEntry.objects.filter(
        census__closes__lt=now - AFTER_CLOSING, state=State.STARTED
    ).select_related("response")
    return list(rows)
