"""Appointments as iCalendar (RFC 5545), in universal time: every calendar shows the hour of its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cantiere.programmes.models import Activity, Appointment, Enrolment

EVERY = timedelta(hours=4)


@dataclass(frozen=True)
class Entry:
    """An appointment, with the enrolment of the person whose calendar this is."""

    appointment: Appointment
    enrolment: Enrolment | None = None


@dataclass(frozen=True)
class Feed:
    """A calendar as sent, and when something in it last changed."""

    content: bytes
    changed_at: datetime | None


def calendar(name: str, entries: Sequence[Entry]) -> Feed:
    """The same appointments give the same bytes, so that what did not change is not sent again."""
    made = Calendar()
    made.add("PRODID", "-//Cantiere//Calendar//IT")
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("NAME", name)
    made.add("X-WR-CALNAME", name)
    made.add("X-WR-TIMEZONE", settings.TIME_ZONE)
    made.add("REFRESH-INTERVAL", EVERY, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", EVERY)
    for entry in entries:
        made.add_component(_event(entry))
    return Feed(made.to_ical(), max((entry.appointment.changed_at for entry in entries), default=None))


def _event(entry: Entry) -> Event:
    appointment, activity = entry.appointment, entry.appointment.activity
    address = f"{settings.URL}{activity.get_absolute_url()}"
    event = Event()
    event.add("UID", f"appointment-{appointment.pk}@{urlsplit(settings.URL).hostname}")
    event.add("DTSTAMP", appointment.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("SEQUENCE", appointment.version)
    event.add("DTSTART", appointment.starts.astimezone(UTC))
    event.add("DTEND", appointment.ends.astimezone(UTC))
    event.add("SUMMARY", _title(appointment, activity))
    event.add("STATUS", _status(entry))
    event.add("LOCATION", _location(appointment, activity)) if _location(appointment, activity) else None
    event.add("DESCRIPTION", _description(entry, address))
    event.add("URL", address)
    event.add("CATEGORIES", [activity.programme.title])
    return event


def _title(appointment: Appointment, activity: Activity) -> str:
    return f"{activity.title}: {appointment.title}" if appointment.title else activity.title


def _status(entry: Entry) -> str:
    if entry.appointment.activity.cancelled_on is not None:
        return "CANCELLED"
    if entry.enrolment is not None and entry.enrolment.state != Enrolment.State.CONFIRMED:
        return "TENTATIVE"
    return "CONFIRMED"


def _location(appointment: Appointment, activity: Activity) -> str:
    if appointment.mode == Appointment.Mode.ONLINE:
        return _("Online")
    return ", ".join(filter(None, [activity.place_note, activity.place.name if activity.place else ""]))


def _description(entry: Entry, address: str) -> str:
    """One thought a line; where to connect is told only to those whose seat is confirmed."""
    activity, enrolment = entry.appointment.activity, entry.enrolment
    lines = [activity.summary, activity.programme.title]
    if activity.cancelled_on is not None:
        lines.insert(0, _("Cancelled. {why}").format(why=activity.cancelled_why))
    elif enrolment is not None and enrolment.state == Enrolment.State.OFFERED:
        lines.insert(0, _("A seat is kept for you: take it from the page."))
    elif enrolment is not None and entry.appointment.link:
        lines.append(_("To connect: {link}").format(link=entry.appointment.link))
    return "\n".join(filter(None, [*lines, address]))
