"""Data that everything held on a day gives: when and where; for the team, who came."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from cantiere.engine.answers import Cell, Column, Dataset, Reach
from cantiere.programmes.models import Activity, Held


def appointments_dataset(held: Held, title: str) -> Dataset:
    """Open: the appointments of something public."""
    return Dataset("appointments", title, _appointment_columns(), lambda: _appointments(held), Reach.OPEN)


def attendance_dataset(activity: Activity) -> Dataset:
    """For the team: who had a seat, and who came."""
    title = gettext("Attendance")
    return Dataset("attendance", title, _attendance_columns(), lambda: _attendance(activity))


def _appointments(held: Held) -> Iterator[Sequence[Cell]]:
    activity, place = held.activity, held.activity.place
    if not activity.is_public:
        return
    for each in activity.appointments.order_by("starts", "pk"):
        yield (
            activity.title,
            each.title,
            each.starts,
            each.ends,
            each.mode,
            place.name if place else "",
            place.code if place else "",
            activity.place_note if held.is_in_person else "",
            held.event_type,
            activity.cancelled_on is not None,
            f"{settings.URL}{activity.get_absolute_url()}",
        )


def _appointment_columns() -> list[Column]:
    return [
        Column("title", "string", gettext("Name of the meeting")),
        Column("session", "string", gettext("Name of the session, if there are several")),
        Column("starts", "datetime", gettext("When it starts")),
        Column("ends", "datetime", gettext("When it ends")),
        Column("mode", "string", gettext("in_person, online or hybrid")),
        Column("place", "string", gettext("Municipality or area")),
        Column("place_code", "string", gettext("ISTAT code of the place")),
        Column("venue", "string", gettext("Room and address")),
        Column("event_type", "string", gettext("Code in the vocabulary of public events (OntoPiA)")),
        Column("cancelled", "boolean", gettext("Whether it was cancelled")),
        Column("address", "string", gettext("Web page")),
    ]


def _attendance_columns() -> list[Column]:
    return [
        Column("name", "string", gettext("Name, as the person gave it")),
        Column("state", "string", gettext("State of the enrolment")),
        Column("enrolled_on", "date", gettext("Day of the enrolment")),
        Column("online", "boolean", gettext("Whether the person connects online")),
        Column("attended_on", "date", gettext("Day on which the person came")),
    ]


def _attendance(activity: Activity) -> Iterator[Sequence[Cell]]:
    for each in activity.enrolments.select_related("person"):
        enrolled_on = timezone.localdate(each.queued_at)
        yield str(each.person), each.state, enrolled_on, each.online, each.attended_on
