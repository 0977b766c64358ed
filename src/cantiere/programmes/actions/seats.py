"""The lock under which seats are given, and to whom the free ones go."""

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from cantiere.foundation.core import log
from cantiere.programmes.actions import letters
from cantiere.programmes.models import Activity, Appointment, Enrolment, EnrolmentRules

State = Enrolment.State


def lock(activity: Activity) -> EnrolmentRules | None:
    """The rules of an activity, held until the transaction ends, with the activity as it is now.

    Everything that gives, frees or counts seats waits here for its turn; ``None`` where nobody enrols.
    """
    rules = EnrolmentRules.objects.select_for_update().filter(activity=activity).first()
    if rules is not None:
        related = Activity.objects.select_related("programme", "place")
        rules.activity = related.get(pk=activity.pk)
    return rules


def free_seats(rules: EnrolmentRules) -> int | None:
    """How many seats nobody holds; ``None`` when there is room for everyone, below zero after a cut."""
    if rules.capacity is None:
        return None
    return rules.capacity - Enrolment.objects.filter(activity=rules.activity_id).holding_a_seat().count()


def is_free(rules: EnrolmentRules) -> bool:
    """Whether a newcomer gets a seat: there is one, and nobody waits for it."""
    free = free_seats(rules)
    queue = Enrolment.objects.filter(activity=rules.activity_id, state=State.WAITING)
    return free is None or (free > 0 and not queue.exists())


def become(enrolment: Enrolment, state: str, *, until: datetime | None = None) -> None:
    """Change the state of an enrolment; only an offer has an end."""
    enrolment.state, enrolment.offered_until = state, until
    enrolment.save(update_fields=["state", "offered_until"])


def fill(rules: EnrolmentRules) -> None:
    """Offer free seats to who waits longest, until it begins; where there is room for all, give them."""
    now = timezone.now()
    start = _start(rules)
    if rules.activity.cancelled_on is not None or (start is not None and start <= now):
        return
    waiting = Enrolment.objects.filter(activity=rules.activity_id, state=State.WAITING)
    queue = waiting.select_related("person").order_by("queued_at", "pk")
    free = free_seats(rules)
    until = now + timedelta(hours=rules.offer_hours)
    for enrolment in queue if free is None else queue[: max(free, 0)]:
        enrolment.activity = rules.activity
        if free is None:
            become(enrolment, State.CONFIRMED)
        else:
            become(enrolment, State.OFFERED, until=min(until, start) if start else until)
        log.record(by=None, verb="programmes.offer_seat", target=enrolment, state=enrolment.state)
        letters.tell_state(enrolment)


def hold_offers_until(rules: EnrolmentRules) -> None:
    """No seat is kept for anyone beyond the start."""
    start = _start(rules)
    if start is not None:
        offers = Enrolment.objects.filter(activity=rules.activity_id, state=State.OFFERED)
        offers.filter(offered_until__gt=start).update(offered_until=start)


def _start(rules: EnrolmentRules) -> datetime | None:
    first = Appointment.objects.filter(activity=rules.activity_id).aggregate(first=Min("starts"))["first"]
    return first if isinstance(first, datetime) else None
