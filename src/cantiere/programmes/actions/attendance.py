"""Noting who came."""

import secrets
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.engine.window import State as Stands
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.programmes.actions.ledger import take_part
from cantiere.programmes.actions.seats import become, lock
from cantiere.programmes.models import Activity, Enrolment, Participation

State = Enrolment.State


@transaction.atomic
def check_in(*, by: Person, enrolment: Enrolment) -> None:
    """Note that somebody came today; a second time the same day changes nothing, another day counts anew."""
    lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state", "attended_on"])
    _come(enrolment, by=by)


@transaction.atomic
def undo_check_in(*, by: Person, enrolment: Enrolment) -> None:
    """Take back a mistake at the door."""
    lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["attended_on"])
    if enrolment.attended_on is None:
        return
    day = Participation.objects.filter(
        activity=enrolment.activity_id, person=enrolment.person_id, day=enrolment.attended_on
    )
    day.filter(times__gt=1).update(times=F("times") - 1) or day.delete()
    earlier = Participation.objects.filter(activity=enrolment.activity_id, person=enrolment.person_id)
    last = earlier.order_by("-day").first()
    enrolment.attended_on = last.day if last else None
    enrolment.save(update_fields=["attended_on"])
    log.record(by=by, verb="programmes.undo_check_in", target=enrolment)


@transaction.atomic
def check_in_with_code(*, activity: Activity, person: Person, code: str) -> Enrolment:
    """Somebody at the door types the code shown there; who had not enrolled is enrolled by coming."""
    rules = lock(activity)
    if rules is None or not rules.door_code:
        raise ValidationError(
            _("There is no code for this activity: tell the team at the door that you are here.")
        )
    if rules.activity.cancelled_on is not None or not is_held_on(rules.activity, timezone.localdate()):
        raise ValidationError(_("You can say that you are here on the day itself."))
    if not secrets.compare_digest("".join(code.split()).encode(), rules.door_code.encode()):
        raise ValidationError({"code": _("This is not the code shown at the door. Read it again.")})
    enrolment = Enrolment.objects.filter(activity=activity, person=person).first()
    if enrolment is None:
        enrolment = Enrolment(
            activity=activity, person=person, state=State.CONFIRMED, queued_at=timezone.now()
        )
        enrolment.save()
    if enrolment.state == State.DECLINED:
        raise ValidationError(_("The team did not accept your request: talk to them at the door."))
    _come(enrolment, by=person)
    return enrolment


def is_held_on(activity: Activity, day: date) -> bool:
    """Whether the activity is held on this day: by its appointments, else by its days."""
    days = [
        (timezone.localdate(each.starts), timezone.localdate(each.ends))
        for each in activity.appointments.all()
    ]
    if days:
        return any(first <= day <= last for first, last in days)
    return activity.days.state(day) is Stands.NOW


def _come(enrolment: Enrolment, *, by: Person) -> None:
    today = timezone.localdate()
    if enrolment.attended_on == today:
        return
    if enrolment.state != State.CONFIRMED:
        become(enrolment, State.CONFIRMED)  # who is in the room has a seat
    enrolment.attended_on = today
    enrolment.save(update_fields=["attended_on"])
    take_part(activity=enrolment.activity, person=enrolment.person)
    log.record(by=by, verb="programmes.check_in", target=enrolment)
