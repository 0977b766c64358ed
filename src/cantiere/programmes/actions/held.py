"""Changing what is held on a day: its words, its days, who may enrol."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.programmes.actions.activities import edit_activity, hold_on
from cantiere.programmes.actions.appointments import remove_appointment, set_appointment
from cantiere.programmes.actions.enrolment import set_rules
from cantiere.programmes.models import Activity, EnrolmentRules, Held

FIELDS = {"mode", "video_link", "event_type", "takes_enrolments", "directions", "languages"}
RULES = ("capacity", "needs_approval", "offer_hours")
Times = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True)
class Session:
    """A time at which it is held, as the team wants it; ``pk`` names the appointment that stood there."""

    starts: datetime
    ends: datetime
    title: str = ""
    pk: int | None = None


@transaction.atomic
def edit_held(
    *,
    by: Person | None,
    held: Held,
    row: Mapping[str, object],
    own: Mapping[str, object],
    rules: Mapping[str, object],
    sessions: Sequence[Session],
    why: str = "",
    more: Collection[str] = (),
) -> None:
    """Change everything the team may; ``why`` stands on the public page of what moves.

    ``more`` are the fields of ``own`` that only this kind has. Those enrolled hear of a new day, hour or
    place from the appointments and the row themselves.
    """
    rows = type(held)._default_manager.select_for_update(of=("self",)).select_related(*Held.address_related)
    held = rows.get(pk=held.pk)
    activity = held.activity
    before, old_place = _times(activity), _place(activity)
    changed = apply(held, own, allowed=FIELDS | set(more))
    _keep_sessions(by, held, sessions)
    after = _times(activity)
    if not after:
        hold_on(activity=activity, first=None, last=None)
    window = _window(held, row, before[0][0] if before else None, after[0][0] if after else None)
    edit_activity(by=by, activity=activity, details={**row, **window})
    _keep_rules(by, activity, rules)
    log.record(by=by, verb=f"{held._meta.app_label}.edit", target=held, changed=changed)
    if before != after or old_place != _place(activity):
        _note_the_move(held, before, after, why)


def _times(activity: Activity) -> Times:
    return tuple(activity.appointments.order_by("starts", "pk").values_list("starts", "ends"))


def _place(activity: Activity) -> tuple[object, ...]:
    return activity.place_id, activity.place_note


def _keep_sessions(by: Person | None, held: Held, sessions: Sequence[Session]) -> None:
    """Make the appointments what the team wants."""
    activity = held.activity
    stand = {each.pk: each for each in activity.appointments.all()}
    for session in sessions:
        details = {
            "title": session.title,
            "starts": session.starts,
            "ends": session.ends,
            "mode": held.mode,
            "link": held.video_link if held.is_online else "",
        }
        appointment = stand.pop(session.pk, None) if session.pk else None
        set_appointment(by=by, activity=activity, details=details, appointment=appointment)
    for gone in stand.values():
        gone.activity = activity
        remove_appointment(by=by, appointment=gone)


def _window(
    held: Held, row: Mapping[str, object], old_start: datetime | None, start: datetime | None
) -> dict[str, datetime | None]:
    """When people may enrol: from now to the start, unless the team says otherwise."""
    if not held.takes_enrolments or start is None:
        return {"opens": None, "closes": None}
    opens, closes = row.get("opens"), row.get("closes")
    if not isinstance(closes, datetime) or closes == old_start:
        closes = start
    if not isinstance(opens, datetime):
        opens = held.activity.opens or timezone.now()
    if opens >= closes > timezone.now():
        raise ValidationError({"opens": _("Enrolment must open before it closes.")})
    return {"opens": opens if opens < closes else None, "closes": closes}


def _keep_rules(by: Person | None, activity: Activity, rules: Mapping[str, object]) -> None:
    standing = EnrolmentRules.objects.filter(pk=activity.pk).first()
    wanted = {name: rules[name] for name in RULES}
    if standing is None or any(getattr(standing, name) != value for name, value in wanted.items()):
        set_rules(by=by, activity=activity, **wanted)  # type: ignore[arg-type]


def _note_the_move(held: Held, before: Times, after: Times, why: str) -> None:
    """Say on the page that it moved, and from when; drafts and what is over move in silence."""
    ahead = any(ends > timezone.now() for _starts, ends in (*before, *after))
    if not (held.activity.is_public and before and after and ahead):
        return
    held.moved_on, held.moved_from, held.moved_why = timezone.localdate(), before[0][0], why
    held.save(update_fields=["moved_on", "moved_from", "moved_why"])
