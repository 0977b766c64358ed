"""Preparing a census."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cantiere.activities.observatory.models import Census
from cantiere.activities.observatory.models.vocabularies import Sheet
from cantiere.activities.observatory.queries.questionnaires import TITLES, definition, key_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.foundation.questionnaires import actions as questionnaires
from cantiere.foundation.questionnaires.models import Version
from cantiere.programmes import actions as programmes

FIELDS = {
    "introduction", "asks_funded", "asks_others", "is_public", "call", "call_year", "remind_every_days",
    "most_reminders",
}  # fmt: skip


@transaction.atomic
def edit_census(
    *, by: Person | None, census: Census, row: Mapping[str, object], own: Mapping[str, object]
) -> None:
    """Change everything the team may; the days of the activity are those on which it is open."""
    activity = census.activity
    opens = row.get("opens", activity.opens)
    closes = row.get("closes", activity.closes)
    if opens is None and closes is not None:
        opens = min(timezone.now(), closes - timedelta(minutes=1))  # type: ignore[operator]
    days = {
        "opens": opens,
        "closes": closes,
        "starts_on": timezone.localdate(opens) if opens else None,  # type: ignore[arg-type]
        "ends_on": timezone.localdate(closes) if closes else None,  # type: ignore[arg-type]
    }
    programmes.edit_activity(by=by, activity=activity, details={**row, **days})
    log.record(
        by=by, verb="observatory.edit_census", target=census, changed=apply(census, own, allowed=FIELDS)
    )


def questionnaire(*, sheet: Sheet | str) -> Version:
    """The newest version of one of the two; published when first asked for, and when its file changed."""
    return questionnaires.publish(key=key_of(sheet), title=str(TITLES[sheet]), schema=definition(sheet))
