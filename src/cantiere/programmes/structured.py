"""What search engines and municipal sites read of a programme and of what it holds (schema.org)."""

from typing import Any

from django.conf import settings

from cantiere.programmes import event_types
from cantiere.programmes.models import Activity, Appointment
from cantiere.programmes.queries import HeldView, ProgrammeView

MODES = {
    Appointment.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Appointment.Mode.ONLINE: "OnlineEventAttendanceMode",
    Appointment.Mode.HYBRID: "MixedEventAttendanceMode",
}
CPEV = "https://w3id.org/italia/onto/CPEV/PublicEvent"


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


def held(view: HeldView) -> dict[str, object]:
    """What is held on a day as a schema.org ``Event``; the call's link only where everyone may see it."""
    activity, own = view.activity, view.held
    address = f"{settings.URL}{activity.get_absolute_url()}"
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": activity.title,
        "description": activity.summary,
        "inLanguage": "it",
        "isAccessibleForFree": True,
        "eventStatus": _status(view),
        "eventAttendanceMode": f"https://schema.org/{MODES[Appointment.Mode(own.mode)]}",
        "location": _locations(view, address),
        "organizer": [_organisation(each.organisation) for each in view.partnerships],
        "superEvent": {"@type": "EventSeries", "name": activity.programme.title},
        "additionalType": [
            CPEV,
            *([f"{event_types.BASE}{own.event_type}"] if own.event_type else []),
        ],
    }
    if view.sessions:
        found["startDate"] = view.sessions[0].starts.isoformat()
        found["endDate"] = max(each.ends for each in view.sessions).isoformat()
    if view.moved_from is not None:
        found["previousStartDate"] = view.moved_from.isoformat()
    if len(view.sessions) > 1:
        found["subEvent"] = [_session(each, activity) for each in view.sessions]
    return found


def _status(view: HeldView) -> str:
    if view.activity.cancelled_on is not None:
        return "https://schema.org/EventCancelled"
    moved = view.moved_from is not None
    return "https://schema.org/EventRescheduled" if moved else "https://schema.org/EventScheduled"


def _locations(view: HeldView, address: str) -> list[dict[str, object]]:
    activity, own, found = view.activity, view.held, []
    if own.is_in_person:
        place: dict[str, object] = {
            "@type": "Place",
            "name": activity.place_note or str(activity.place or ""),
        }
        if activity.place is not None:
            place["address"] = {
                "@type": "PostalAddress",
                "streetAddress": activity.place_note,
                "addressLocality": activity.place.name,
                "addressCountry": "IT",
            }
        found.append(place)
    if own.is_online:
        link = own.video_link if view.link_is_public else address
        found.append({"@type": "VirtualLocation", "url": link})
    return found


def _session(appointment: Appointment, activity: Activity) -> dict[str, object]:
    return {
        "@type": "Event",
        "name": appointment.title or activity.title,
        "startDate": appointment.starts.isoformat(),
        "endDate": appointment.ends.isoformat(),
    }


def _organisation(organisation: object) -> dict[str, object]:
    found: dict[str, object] = {"@type": "Organization", "name": str(organisation)}
    website = getattr(organisation, "website", "")
    return found | ({"url": website} if website else {})
