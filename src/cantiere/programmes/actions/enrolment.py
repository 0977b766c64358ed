"""Giving seats: under the lock of the activity's rules, never more than there are, none left empty."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.programmes.actions.letters import tell_state
from cantiere.programmes.actions.seats import become, fill, is_free, lock
from cantiere.programmes.models import Activity, Enrolment, EnrolmentRules

State = Enrolment.State
CODE_LETTERS = "23456789"  # no 0 and 1: they are read as letters


@transaction.atomic
def set_rules(
    *, by: Person | None, activity: Activity, capacity: int | None, needs_approval: bool, offer_hours: int
) -> EnrolmentRules:
    """Say how people enrol; more seats are offered at once to those who wait, fewer take no seat away."""
    EnrolmentRules.objects.get_or_create(activity=activity)
    rules = _lock(activity)
    rules.capacity, rules.needs_approval, rules.offer_hours = capacity, needs_approval, offer_hours
    rules.door_code = rules.door_code or new_door_code()
    rules.save()
    log.record(by=by, verb="programmes.set_enrolment", target=activity, capacity=capacity)
    fill(rules)
    return rules


@transaction.atomic
def copy_rules(*, source: Activity, target: Activity) -> None:
    """The same rules for a copy, with a code of its own; where the source has none, nothing."""
    rules = EnrolmentRules.objects.filter(activity=source).first()
    if rules is not None:
        kept = {
            "capacity": rules.capacity,
            "needs_approval": rules.needs_approval,
            "offer_hours": rules.offer_hours,
        }
        EnrolmentRules.objects.get_or_create(activity=target, defaults=kept | {"door_code": new_door_code()})


def new_door_code() -> str:
    """Five figures that can be read from afar and typed on a phone."""
    return "".join(secrets.choice(CODE_LETTERS) for _digit in range(5))


@transaction.atomic
def enrol(*, activity: Activity, person: Person, online: bool = False, note: str = "") -> Enrolment:
    """Take a seat, ask for one, or join the waiting list; enrolling again changes nothing."""
    rules = _lock(activity)
    enrolment = Enrolment.objects.filter(activity=activity, person=person).first()
    if enrolment is not None and enrolment.state not in Enrolment.OVER:
        return enrolment
    if not (rules.activity.is_public and rules.activity.is_open):
        raise ValidationError(_("Enrolment is closed."))
    if enrolment is not None and enrolment.state == State.DECLINED:
        raise ValidationError(
            _("The team did not accept your request. Write to them if something has changed.")
        )
    enrolment = enrolment or Enrolment(activity=activity, person=person)
    enrolment.activity, enrolment.person = rules.activity, person
    enrolment.online, enrolment.note, enrolment.queued_at = online, note, timezone.now()
    if rules.needs_approval:
        enrolment.state = State.REQUESTED
    else:
        enrolment.state = State.CONFIRMED if is_free(rules) else State.WAITING
    enrolment.offered_until, enrolment.reason = None, ""
    enrolment.save()
    log.record(by=person, verb="programmes.enrol", target=enrolment, state=enrolment.state)
    tell_state(enrolment)
    return enrolment


@transaction.atomic
def withdraw(*, enrolment: Enrolment) -> None:
    """Give up one's seat or one's place in the list; the next is offered what frees up."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state", "attended_on"])
    if enrolment.state in Enrolment.OVER:
        return
    if enrolment.attended_on is not None:
        raise ValidationError(_("You took part: there is no seat to give up."))
    become(enrolment, State.WITHDRAWN)
    log.record(by=enrolment.person, verb="programmes.withdraw", target=enrolment)
    fill(rules)


@transaction.atomic
def accept_offer(*, enrolment: Enrolment) -> None:
    """Take the offered seat, while it is kept; a second time changes nothing."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state", "offered_until"])
    if enrolment.state == State.CONFIRMED:
        return
    if rules.activity.cancelled_on is not None:
        raise ValidationError(_("The activity is cancelled: there is no seat to take."))
    if not enrolment.is_offered_at(timezone.now()):
        raise ValidationError(_("The time to take this seat is over: it went to the next person."))
    become(enrolment, State.CONFIRMED)
    log.record(by=enrolment.person, verb="programmes.accept_offer", target=enrolment)
    tell_state(enrolment)


@transaction.atomic
def approve(*, by: Person, enrolment: Enrolment) -> None:
    """Accept a request, also one declined before: a seat if there is one, else a place in the list."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state", "reason"])
    if enrolment.state not in {State.REQUESTED, State.DECLINED}:
        return
    enrolment.reason = ""
    enrolment.save(update_fields=["reason"])
    become(enrolment, State.CONFIRMED if is_free(rules) else State.WAITING)
    log.record(by=by, verb="programmes.approve", target=enrolment, state=enrolment.state)
    tell_state(enrolment)
    fill(rules)


@transaction.atomic
def decline(*, by: Person, enrolment: Enrolment, reason: str) -> None:
    """Refuse a request, or take a seat back, saying why."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state"])
    if enrolment.state in Enrolment.OVER:
        return
    enrolment.reason = reason
    enrolment.save(update_fields=["reason"])
    become(enrolment, State.DECLINED)
    log.record(by=by, verb="programmes.decline", target=enrolment)
    tell_state(enrolment)
    fill(rules)


@transaction.atomic
def lapse_offers(*, activity: Activity, now: datetime) -> int:
    """Offers nobody took in time go to the next; gives how many lapsed."""
    rules = _lock(activity)
    if rules.activity.cancelled_on is not None:
        return 0
    late = Enrolment.objects.filter(activity=activity, state=State.OFFERED, offered_until__lte=now)
    lapsed = list(late.select_related("person"))
    for enrolment in lapsed:
        enrolment.activity = rules.activity
        become(enrolment, State.LAPSED)
        log.record(by=None, verb="programmes.lapse_offer", target=enrolment)
        tell_state(enrolment)
    fill(rules)
    return len(lapsed)


@transaction.atomic
def forget_enrolments(*, person: Person) -> None:
    """Delete somebody's enrolments; what frees up is offered to those who wait."""
    mine = Enrolment.objects.filter(person=person).select_related("activity").order_by("activity")
    for enrolment in mine:  # in order of activity: two erasures never wait for each other
        rules = lock(enrolment.activity)
        enrolment.delete()
        log.record(by=None, verb="programmes.forget_enrolment", target=enrolment.activity)
        if rules is not None:
            fill(rules)


def _lock(activity: Activity) -> EnrolmentRules:
    rules = lock(activity)
    if rules is None:
        raise ValidationError(_("Nobody enrols in this activity: just come."))
    return rules
