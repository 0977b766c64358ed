"""Preparing a meeting: its words, its days, who may enrol."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from cantiere.activities.meetings.models import Meeting
from cantiere.foundation.accounts.models import Person
from cantiere.programmes import actions as programmes
from cantiere.programmes.actions import Session
from cantiere.programmes.models import Activity

OWN = {"video_is_public", "agenda"}
KEPT = {"mode", "event_type", "takes_enrolments", "directions", "languages", *OWN}


@transaction.atomic
def set_up_meeting(*, activity: Activity) -> Meeting:
    """The own row of a new meeting, and its rules of enrolment: room for everyone."""
    meeting = Meeting.objects.create(activity=activity)
    programmes.set_rules(by=None, activity=activity, capacity=None, needs_approval=False, offer_hours=48)
    return meeting


@transaction.atomic
def copy_meeting(*, source: Activity, target: Activity) -> Meeting:
    """Settings yes; days, link, enrolments and minutes no."""
    own = Meeting.objects.get(pk=source.pk)
    return Meeting.objects.create(activity=target, **{name: getattr(own, name) for name in KEPT})


def edit_meeting(
    *,
    by: Person | None,
    meeting: Meeting,
    row: Mapping[str, object],
    own: Mapping[str, object],
    rules: Mapping[str, object],
    sessions: Sequence[Session],
    why: str = "",
) -> None:
    """Change everything the team may; ``why`` stands on the page of a public meeting that moves."""
    programmes.edit_held(
        by=by, held=meeting, row=row, own=own, rules=rules, sessions=sessions, why=why, more=OWN
    )
