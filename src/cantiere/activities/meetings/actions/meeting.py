"""Preparing a meeting: its words, its days, who may enrol."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.meetings.models import Meeting
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.programmes import actions as programmes
from cantiere.programmes.models import Activity, EnrolmentRules

FIELDS = {
    "mode", "video_link", "video_is_public", "event_type", "takes_enrolments", "agenda", "directions",
    "languages",
}  # fmt: skip
RULES = ("capacity", "needs_approval", "offer_hours")
Times = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class Session:
    """A time of a meeting as the team wants it; ``pk`` names the appointment that stood there before."""

    starts: datetime
    ends: datetime
    title: str = ""
    pk: int | None = None


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
    kept = {name: getattr(own, name) for name in FIELDS - {"video_link"}}
    return Meeting.objects.create(activity=target, **kept)


@transaction.atomic
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
    """Change everything the team may; ``why`` stands on the page of a public meeting that moves.

    Those enrolled hear of a new day, hour or place from the appointments and the row themselves.
    """
    rows = Meeting.objects.select_for_update(of=("self",)).select_related(
        "activity__programme", "activity__place__parent"
    )
    meeting = rows.get(pk=meeting.pk)
    activity = meeting.activity
    before, old_place = _times(activity), _place(activity)
    changed = apply(meeting, own, allowed=FIELDS)
    _keep_sessions(by, meeting, sessions)
    after = _times(activity)
    if not after:
        programmes.hold_on(activity=activity, first=None, last=None)
    window = _window(meeting, row, before[0][0] if before else None, after[0][0] if after else None)
    programmes.edit_activity(by=by, activity=activity, details={**row, **window})
    _keep_rules(by, activity, rules)
    log.record(by=by, verb="meetings.edit", target=meeting, changed=changed)
    if before != after or old_place != _place(activity):
        _note_the_move(meeting, before, after, why)


def _times(activity: Activity) -> Times:
    return tuple(activity.appointments.order_by("starts", "pk").values_list("starts", "ends"))


def _place(activity: Activity) -> tuple[object, ...]:
    return activity.place_id, activity.place_note


def _keep_sessions(by: Person | None, meeting: Meeting, sessions: Sequence[Session]) -> None:
    """Make the appointments what the team wants."""
    activity = meeting.activity
    stand = {each.pk: each for each in activity.appointments.all()}
    for session in sessions:
        details = {
            "title": session.title,
            "starts": session.starts,
            "ends": session.ends,
            "mode": meeting.mode,
            "link": meeting.video_link if meeting.is_online else "",
        }
        appointment = stand.pop(session.pk, None) if session.pk else None
        programmes.set_appointment(by=by, activity=activity, details=details, appointment=appointment)
    for gone in stand.values():
        gone.activity = activity
        programmes.remove_appointment(by=by, appointment=gone)


def _window(
    meeting: Meeting, row: Mapping[str, object], old_start: datetime | None, start: datetime | None
) -> dict[str, datetime | None]:
    """When people may enrol: from now to the start, unless the team says otherwise."""
    if not meeting.takes_enrolments or start is None:
        return {"opens": None, "closes": None}
    opens, closes = row.get("opens"), row.get("closes")
    if not isinstance(closes, datetime) or closes == old_start:
        closes = start
    if not isinstance(opens, datetime):
        opens = meeting.activity.opens or timezone.now()
    if opens >= closes > timezone.now():
        raise ValidationError({"opens": _("Enrolment must open before it closes.")})
    return {"opens": opens if opens < closes else None, "closes": closes}


def _keep_rules(by: Person | None, activity: Activity, rules: Mapping[str, object]) -> None:
    standing = EnrolmentRules.objects.filter(pk=activity.pk).first()
    wanted = {name: rules[name] for name in RULES}
    if standing is None or any(getattr(standing, name) != value for name, value in wanted.items()):
        programmes.set_rules(by=by, activity=activity, **wanted)  # type: ignore[arg-type]


def _note_the_move(meeting: Meeting, before: Times, after: Times, why: str) -> None:
    """Say on the page that it moved, and from when; drafts and what is over move in silence."""
    ahead = any(ends > timezone.now() for _starts, ends in (*before, *after))
    if not (meeting.activity.is_public and before and after and ahead):
        return
    meeting.moved_on, meeting.moved_from, meeting.moved_why = timezone.localdate(), before[0][0], why
    meeting.save(update_fields=["moved_on", "moved_from", "moved_why"])
