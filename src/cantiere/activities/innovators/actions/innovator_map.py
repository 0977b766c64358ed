"""Preparing a map, and following it."""

from collections.abc import Mapping

from django.db import transaction

from cantiere.activities.innovators.models import InnovatorMap
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.foundation.notices import actions as notices
from cantiere.programmes import actions as programmes

FIELDS = {"intro", "sectors", "takes_others", "thanks", "months"}


@transaction.atomic
def edit_map(
    *, by: Person | None, own: InnovatorMap, row: Mapping[str, object], details: Mapping[str, object]
) -> None:
    """Change the row that every activity has, and the map's own words."""
    row = dict(row)
    outcome = row.pop("outcome", None)
    programmes.edit_activity(by=by, activity=own.activity, details=row)
    changed = apply(own, details, allowed=FIELDS)
    if changed:
        log.record(by=by, verb="innovators.edit_map", target=own, changed=changed)
    if isinstance(outcome, str) and outcome != own.activity.outcome:
        programmes.tell_outcome(by=by, activity=own.activity, outcome=outcome)


@transaction.atomic
def follow(*, by: Person, own: InnovatorMap, wanted: bool) -> None:
    """Hear of new innovators, or no more."""
    if wanted:
        notices.follow(person=by, topic=own.topic)
    else:
        notices.unfollow(person=by, topic=own.topic)
