"""When an activity is held: whoever has a seat hears of every change at once."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
from cantiere.programmes.actions import letters
from cantiere.programmes.actions.activities import hold_on
from cantiere.programmes.actions.seats import fill, hold_offers_until, lock
from cantiere.programmes.models import Activity, Appointment

FIELDS = {"title", "starts", "ends", "mode", "link"}
TOLD = {"starts", "ends", "mode", "link"}


@transaction.atomic
def set_appointment(
    *,
    by: Person | None,
    activity: Activity,
    details: Mapping[str, object],
    appointment: Appointment | None = None,
    why: str = "",
) -> Appointment:
    """Add an appointment, or change one; the activity's days follow, and those enrolled are told of a change.

    ``details`` names any of title, starts, ends, mode, link (where to connect); the letter says ``why``.
    """
    rules = lock(activity)
    new = appointment is None
    appointment = appointment or Appointment(activity=activity)
    appointment.activity = activity
    before = appointment.starts
    _check(details.get("starts", appointment.starts), details.get("ends", appointment.ends))
    changed = apply(appointment, details, allowed=FIELDS)
    if not changed and not new:
        return appointment
    if not new:
        _next_version(activity, appointment)
    _hold(activity)
    log.record(by=by, verb="programmes.set_appointment", target=appointment, changed=changed)
    if not new and activity.is_public and TOLD & set(changed):
        letters.tell_moved(appointment, before=before, why=why)
    if rules is not None:
        hold_offers_until(rules)
        fill(rules)
    return appointment


@transaction.atomic
def remove_appointment(*, by: Person | None, appointment: Appointment) -> None:
    """Take an appointment away; the activity's days follow."""
    activity = appointment.activity
    rules = lock(activity)
    log.record(
        by=by, verb="programmes.remove_appointment", target=appointment, starts=appointment.starts.isoformat()
    )
    if activity.is_public:
        letters.tell_dropped(appointment)
    appointment.delete()
    _hold(activity)
    if rules is not None:
        hold_offers_until(rules)
        fill(rules)


def _hold(activity: Activity) -> None:
    """The days of an activity are those of its appointments, as long as it has any."""
    days = [
        (timezone.localdate(each.starts), timezone.localdate(each.ends))
        for each in activity.appointments.all()
    ]
    if days:
        hold_on(
            activity=activity,
            first=min(first for first, _last in days),
            last=max(last for _first, last in days),
        )


def _next_version(activity: Activity, appointment: Appointment) -> None:
    activity.appointments.filter(pk=appointment.pk).update(
        version=F("version") + 1, changed_at=timezone.now()
    )
    appointment.refresh_from_db(fields=["version", "changed_at"])


def _check(starts: object, ends: object) -> None:
    if isinstance(starts, datetime) and isinstance(ends, datetime) and ends < starts:
        raise ValidationError({"ends": _("The end comes before the start.")})
