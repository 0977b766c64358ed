"""Seats of an activity, and what one is enrolled in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.foundation.accounts.models import Person
from cantiere.programmes.models import Activity, Appointment, Enrolment, EnrolmentRules

State = Enrolment.State


@dataclass(frozen=True)
class EnrolmentView:
    """What the block of an activity says about seats: how many are left, and where I stand."""

    activity: Activity
    rules: EnrolmentRules
    enrolment: Enrolment | None
    taken: int
    waiting: int
    ahead: int
    now: datetime
    is_held_today: bool

    @property
    def free(self) -> int | None:
        """Seats a newcomer can take; ``None`` without a limit."""
        if self.rules.capacity is None:
            return None
        return 0 if self.waiting else max(self.rules.capacity - self.taken, 0)

    @property
    def state(self) -> str:
        """The enrolment that stands (``confirmed`` …), or empty; an offer that is over has lapsed."""
        if self.enrolment is None or self.enrolment.state == State.WITHDRAWN:
            return ""
        if self.enrolment.state == State.OFFERED and not self.enrolment.is_offered_at(self.now):
            return State.LAPSED.value
        return self.enrolment.state

    @property
    def has_begun(self) -> bool:
        """Whether it is under way or over."""
        day = self.activity.starts_on
        return day is not None and day <= timezone.localdate(self.now)

    @property
    def may_enrol(self) -> bool:
        """Whether the form is open to this reader."""
        return self.activity.is_open and self.state in {"", State.LAPSED.value}

    @property
    def may_withdraw(self) -> bool:
        """Whether there is something to give up."""
        stands = {State.REQUESTED, State.CONFIRMED, State.WAITING, State.OFFERED}
        over = self.activity.ends_on is not None and self.activity.ends_on < timezone.localdate(self.now)
        return (
            self.state in stands and not over and bool(self.enrolment and self.enrolment.attended_on is None)
        )

    @property
    def may_check_in(self) -> bool:
        """Whether one can say at the door that one is there."""
        return self.is_held_today and bool(self.rules.door_code) and self.activity.cancelled_on is None

    @property
    def seats(self) -> str:
        """«Restano 3 posti su 30»."""
        free, capacity = self.free, self.rules.capacity
        if free is None or capacity is None:
            return _("There is room for everyone.")
        if free:
            text = ngettext("{free} seat left of {capacity}.", "{free} seats left of {capacity}.", free)
            return text.format(free=free, capacity=capacity)
        if self.waiting:
            text = ngettext(
                "All {capacity} seats are taken. {waiting} person is waiting.",
                "All {capacity} seats are taken. {waiting} people are waiting.",
                self.waiting,
            )
            return text.format(capacity=capacity, waiting=self.waiting)
        return _("All {capacity} seats are taken.").format(capacity=capacity)

    @property
    def place_in_list(self) -> str:
        """«2 persone prima di te»."""
        if not self.ahead:
            return _("You are the first in the list.")
        text = ngettext("{ahead} person before you.", "{ahead} people before you.", self.ahead)
        return text.format(ahead=self.ahead)


def enrolment_view(activity: Activity, person: Person | None) -> EnrolmentView | None:
    """Seats and my enrolment in at most four queries; ``None`` where nobody enrols."""
    rules = EnrolmentRules.objects.filter(activity=activity).first()
    if rules is None:
        return None
    enrolment = Enrolment.objects.filter(activity=activity, person=person).first() if person else None
    everyone = Enrolment.objects.filter(activity=activity)
    before = Q(pk__isnull=True)
    if enrolment is not None and enrolment.state == State.WAITING:
        before = Q(state=State.WAITING) & (
            Q(queued_at__lt=enrolment.queued_at) | Q(queued_at=enrolment.queued_at, pk__lt=enrolment.pk)
        )
    counts = everyone.aggregate(
        taken=Count("pk", filter=Q(state__in=Enrolment.HOLDING)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        ahead=Count("pk", filter=before),
    )
    now = timezone.now()
    return EnrolmentView(
        activity=activity,
        rules=rules,
        enrolment=enrolment,
        now=now,
        is_held_today=_is_held_on(activity, timezone.localdate(now)),
        **counts,
    )


def _is_held_on(activity: Activity, day: date) -> bool:
    return activity.starts_on is not None and activity.starts_on <= day <= (
        activity.ends_on or activity.starts_on
    )


@dataclass(frozen=True)
class Mine:
    """My enrolments, sorted by what they ask of me."""

    offered: list[Enrolment]
    coming: list[Enrolment]
    waiting: list[Enrolment]
    past: list[Enrolment]


def mine(person: Person) -> Mine:
    """Everything somebody is or was enrolled in, in three queries."""
    today, now = timezone.localdate(), timezone.now()
    upcoming = Prefetch(
        "activity__appointments", Appointment.objects.filter(ends__gte=now), to_attr="next_appointments"
    )
    rows = Enrolment.objects.filter(person=person, activity__published_at__isnull=False)
    rows = rows.select_related("activity__programme", "activity__place").prefetch_related(upcoming)
    found = Mine([], [], [], [])
    for row in rows.order_by("activity__starts_on", "pk"):
        _shelf(found, row, today, now).append(row)
    found.past.reverse()
    return found


def _shelf(found: Mine, row: Enrolment, today: date, now: datetime) -> list[Enrolment]:
    last = row.activity.ends_on or row.activity.starts_on
    over = row.state in Enrolment.OVER or (last is not None and last < today)
    if over or row.activity.cancelled_on is not None:
        return found.past
    if row.is_offered_at(now):
        return found.offered
    return found.coming if row.state == State.CONFIRMED else found.waiting
