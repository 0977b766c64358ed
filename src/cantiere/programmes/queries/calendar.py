"""Appointments across programmes: the calendar and its feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity, Appointment, Enrolment, Programme
from cantiere.programmes.queries.lists import filter_by_place

KEPT = timedelta(days=90)
"""How long feeds keep what is over."""


@dataclass(frozen=True)
class Agenda:
    """A month of appointments by day; when it is empty, the next month that is not."""

    first: date
    days: Sequence[tuple[date, Sequence[Appointment]]]
    next: Appointment | None


def public_appointments() -> QuerySet[Appointment]:
    """Those anyone may see, with what one says of them, in order."""
    rows = Appointment.objects.filter(
        activity__published_at__isnull=False, activity__programme__published_at__isnull=False
    )
    return rows.select_related("activity__programme", "activity__place__parent").order_by("starts", "pk")


def appointments_of(programme: Programme) -> QuerySet[Appointment]:
    """The public appointments of one programme."""
    return public_appointments().filter(activity__programme=programme)


def appointments_between(
    first: date, last: date, *, person: Person | None = None, programme: Programme | None = None
) -> QuerySet[Appointment]:
    """Public appointments that touch these days, in order; of a person, those they have a seat for."""
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    rows = public_appointments().filter(starts__lt=end, ends__gte=start)
    if programme is not None:
        rows = rows.filter(activity__programme=programme)
    if person is not None:
        held = Enrolment.objects.filter(person=person).holding_a_seat().values("activity")
        rows = rows.filter(activity__in=held)
    return rows


def own_appointments(person: Person, since: datetime) -> list[tuple[Appointment, Enrolment]]:
    """The appointments of what somebody has a seat for, or is offered one, each with the enrolment."""
    mine = Enrolment.objects.filter(person=person).holding_a_seat()
    by_activity = {enrolment.activity_id: enrolment for enrolment in mine}
    rows = public_appointments().filter(activity__in=by_activity, ends__gte=since)
    return [(row, by_activity[row.activity_id]) for row in rows]


def agenda(first: date, *, programme: Programme | None, place: Place | None, now: datetime) -> Agenda:
    """The month that begins on ``first``, of everything or of one programme or territory."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rows = appointments_between(first, last, programme=programme)
    coming = public_appointments().filter(ends__gte=now, activity__cancelled_on__isnull=True)
    if programme is not None:
        coming = coming.filter(activity__programme=programme)
    if place is not None:
        inside = Q(activity__programme__in=filter_by_place(Programme.objects.all(), place).values("pk"))
        rows, coming = rows.filter(inside), coming.filter(inside)
    shown = sorted(rows, key=lambda row: max(timezone.localdate(row.starts), first))
    days = [
        (day, list(group))
        for day, group in groupby(shown, key=lambda row: max(timezone.localdate(row.starts), first))
    ]
    ahead = None if days else coming.filter(starts__date__gt=last).first() or coming.first()
    return Agenda(first, days, ahead)


def programmes_with_appointments() -> QuerySet[Programme]:
    """Those one can ask the calendar for."""
    held = Activity.objects.public().filter(appointments__isnull=False).values("programme")
    return Programme.objects.public().filter(pk__in=held).order_by("title")
