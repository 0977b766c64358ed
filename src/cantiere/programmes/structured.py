"""What search engines read of a programme (schema.org)."""

from typing import Any

from django.conf import settings

from cantiere.programmes.models import Appointment
from cantiere.programmes.queries import ProgrammeView

MODES = {
    Appointment.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Appointment.Mode.ONLINE: "OnlineEventAttendanceMode",
    Appointment.Mode.HYBRID: "MixedEventAttendanceMode",
}


def programme(view: ProgrammeView) -> dict[str, Any]:
    """A project with who promotes it and its next events."""
    row = view.programme
    said = {
        "@context": "https://schema.org",
        "@type": "Project",
        "name": row.title,
        "description": row.summary,
        "url": f"{settings.URL}{row.get_absolute_url()}",
        "foundingDate": row.starts_on.isoformat() if row.starts_on else None,
        "dissolutionDate": row.closed_on.isoformat() if row.closed_on else None,
        "areaServed": [str(place) for place in view.places],
        "parentOrganization": [
            {"@type": "Organization", "name": each.organisation.name} for each in view.promoters
        ],
        "event": [_event(each) for each in view.next_appointments],
    }
    return {key: value for key, value in said.items() if value}


def _event(appointment: Appointment) -> dict[str, Any]:
    activity = appointment.activity
    where: dict[str, Any] = {
        "@type": "VirtualLocation",
        "url": f"{settings.URL}{activity.get_absolute_url()}",
    }
    if appointment.mode != Appointment.Mode.ONLINE:
        name = ", ".join(filter(None, [activity.place_note, activity.place.name if activity.place else ""]))
        where = {"@type": "Place", "name": name, "address": name}
    return {
        "@type": "Event",
        "name": activity.title,
        "startDate": appointment.starts.isoformat(),
        "endDate": appointment.ends.isoformat(),
        "eventAttendanceMode": f"https://schema.org/{MODES[Appointment.Mode(appointment.mode)]}",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": where,
        "url": f"{settings.URL}{activity.get_absolute_url()}",
    }
