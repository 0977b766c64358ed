"""Giving seats: under the lock of the activity's rules, never more than there are, none left empty."""

import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.notices import actions as notices
from cantiere.programmes.actions.ledger import take_part
from cantiere.programmes.models import Activity, Enrolment, EnrolmentRules

State = Enrolment.State


def _lock(activity: Activity) -> EnrolmentRules:
    return EnrolmentRules.objects.select_for_update().get(activity=activity)


def _free_seats(rules: EnrolmentRules) -> int | None:
    if rules.capacity is None:
        return None
    return rules.capacity - Enrolment.objects.filter(activity=rules.activity_id).holding_a_seat().count()


def _is_free(rules: EnrolmentRules) -> bool:
    """A seat is free for a newcomer when nobody waits for it."""
    free = _free_seats(rules)
    queue = Enrolment.objects.filter(activity=rules.activity_id, state=State.WAITING)
    return free is None or (free > 0 and not queue.exists())


@transaction.atomic
def set_rules(
    *, by: Person, activity: Activity, capacity: int | None, needs_approval: bool, offer_hours: int
) -> EnrolmentRules:
    """Say how people enrol; more seats are offered at once to those who wait."""
    rules, _new = EnrolmentRules.objects.select_for_update().get_or_create(activity=activity)
    rules.capacity, rules.needs_approval, rules.offer_hours = capacity, needs_approval, offer_hours
    rules.door_code = rules.door_code or "".join(secrets.choice("23456789") for _digit in range(5))
    rules.save()
    log.record(by=by, verb="programmes.set_enrolment", target=activity, capacity=capacity)
    _offer_free_seats(rules)
    return rules


@transaction.atomic
def enrol(*, activity: Activity, person: Person, online: bool = False, note: str = "") -> Enrolment:
    """Take a seat, ask for one, or join the waiting list; enrolling again changes nothing."""
    if not activity.is_open:
        raise ValidationError(_("Enrolment is closed."))
    rules = _lock(activity)
    enrolment = Enrolment.objects.filter(activity=activity, person=person).first()
    if enrolment is not None and enrolment.state not in Enrolment.OVER:
        return enrolment
    enrolment = enrolment or Enrolment(activity=activity, person=person)
    enrolment.online, enrolment.note, enrolment.queued_at = online, note, timezone.now()
    if rules.needs_approval:
        enrolment.state = State.REQUESTED
    else:
        enrolment.state = State.CONFIRMED if _is_free(rules) else State.WAITING
    enrolment.offered_until, enrolment.reason = None, ""
    enrolment.save()
    log.record(by=person, verb="programmes.enrol", target=enrolment, state=enrolment.state)
    _tell(enrolment)
    return enrolment


@transaction.atomic
def withdraw(*, enrolment: Enrolment) -> None:
    """Give up one's seat or one's place in the list; the next is offered what frees up."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state"])
    if enrolment.state in Enrolment.OVER:
        return
    _become(enrolment, State.WITHDRAWN)
    log.record(by=enrolment.person, verb="programmes.withdraw", target=enrolment)
    _offer_free_seats(rules)


@transaction.atomic
def accept_offer(*, enrolment: Enrolment) -> None:
    """Take the offered seat, while it is kept."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state", "offered_until"])
    if enrolment.state == State.CONFIRMED:
        return
    if not enrolment.is_offered_at(timezone.now()):
        raise ValidationError(_("The time to take this seat is over: it went to the next person."))
    _become(enrolment, State.CONFIRMED)
    log.record(by=enrolment.person, verb="programmes.accept_offer", target=enrolment)
    _tell(enrolment)
    _offer_free_seats(rules)


@transaction.atomic
def approve(*, by: Person, enrolment: Enrolment) -> None:
    """Accept a request: a seat if there is one, else a place in the waiting list."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state"])
    if enrolment.state != State.REQUESTED:
        return
    _become(enrolment, State.CONFIRMED if _is_free(rules) else State.WAITING)
    log.record(by=by, verb="programmes.approve", target=enrolment, state=enrolment.state)
    _tell(enrolment)


@transaction.atomic
def decline(*, by: Person, enrolment: Enrolment, reason: str) -> None:
    """Refuse a request, or take a seat back, saying why."""
    rules = _lock(enrolment.activity)
    enrolment.refresh_from_db(fields=["state"])
    if enrolment.state in Enrolment.OVER:
        return
    enrolment.reason = reason
    enrolment.save(update_fields=["reason"])
    _become(enrolment, State.DECLINED)
    log.record(by=by, verb="programmes.decline", target=enrolment)
    _tell(enrolment)
    _offer_free_seats(rules)


@transaction.atomic
def lapse_offers(*, activity: Activity, now: datetime) -> None:
    """Offers nobody took in time go to the next."""
    rules = _lock(activity)
    lapsed = Enrolment.objects.filter(activity=activity, state=State.OFFERED, offered_until__lte=now)
    for enrolment in lapsed.select_related("person", "activity__programme"):
        _become(enrolment, State.LAPSED)
        log.record(by=None, verb="programmes.lapse_offer", target=enrolment)
        _tell(enrolment)
    _offer_free_seats(rules)


@transaction.atomic
def check_in(*, by: Person, enrolment: Enrolment) -> None:
    """Note that an enrolled person came; a second time changes nothing."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("activity", "person").get(
        pk=enrolment.pk
    )
    if enrolment.attended_on is not None:
        return
    enrolment.attended_on = timezone.localdate()
    enrolment.save(update_fields=["attended_on"])
    take_part(activity=enrolment.activity, person=enrolment.person)
    log.record(by=by, verb="programmes.check_in", target=enrolment)


@transaction.atomic
def check_in_with_code(*, activity: Activity, person: Person, code: str) -> Enrolment:
    """Somebody at the door types the code shown there; who had not enrolled is enrolled by coming."""
    rules = _lock(activity)
    if not secrets.compare_digest(code.strip().encode(), rules.door_code.encode()):
        raise ValidationError({"code": _("This is not the code shown at the door. Read it again.")})
    enrolment, _new = Enrolment.objects.get_or_create(
        activity=activity, person=person, defaults={"state": State.CONFIRMED, "queued_at": timezone.now()}
    )
    check_in(by=person, enrolment=enrolment)
    return enrolment


def _become(enrolment: Enrolment, state: str) -> None:
    enrolment.state = state
    enrolment.offered_until = None
    enrolment.save(update_fields=["state", "offered_until"])


def _offer_free_seats(rules: EnrolmentRules) -> None:
    """Offer each free seat to who waits longest, until the activity begins."""
    activity, now = rules.activity, timezone.now()
    first = activity.appointments.order_by("starts").first()
    start = first.starts if first else None
    if activity.cancelled_on is not None or (start is not None and start <= now):
        return
    waiting = Enrolment.objects.filter(activity=activity, state=State.WAITING)
    queue = waiting.select_related("person", "activity__programme")
    free = _free_seats(rules)
    for enrolment in queue if free is None else queue[: max(free, 0)]:
        until = now + timedelta(hours=rules.offer_hours)
        enrolment.state = State.OFFERED
        enrolment.offered_until = min(until, start) if start else until
        enrolment.save(update_fields=["state", "offered_until"])
        log.record(by=None, verb="programmes.offer_seat", target=enrolment)
        _tell(enrolment)


def _tell(enrolment: Enrolment) -> None:
    until = timezone.localtime(enrolment.offered_until) if enrolment.offered_until else None
    texts = {
        State.REQUESTED: _("We received your request. The team will answer you by e-mail."),
        State.CONFIRMED: _("Your seat is confirmed. If you cannot come, give it up: someone else may be waiting."),
        State.WAITING: _("All seats are taken: you are in the waiting list. We write to you as soon as one frees up."),
        State.OFFERED: _("A seat is free for you until {until}. Take it from this page.").format(
            until=date_format(until, "l j F, H:i") if until else ""
        ),
        State.DECLINED: _("We cannot give you a seat. The reason: {reason}").format(reason=enrolment.reason),
        State.LAPSED: _("The time to take the seat is over. You can enrol again: you go to the end of the list."),
    }
    notices.tell_person(
        person=enrolment.person,
        once=f"enrolment:{enrolment.pk}:{enrolment.state}:{enrolment.queued_at.timestamp():.0f}",
        title=f"{enrolment.activity.title}: {enrolment.get_state_display()}",
        text=texts[State(enrolment.state)],
        address=enrolment.activity.get_absolute_url(),
        urgent=True,
    )
