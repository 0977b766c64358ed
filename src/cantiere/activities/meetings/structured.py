"""A meeting for machines: schema.org, as search engines and municipal sites read it."""

from django.conf import settings

from cantiere.activities.meetings import event_types
from cantiere.activities.meetings.queries import MeetingView
from cantiere.programmes.models import Activity, Appointment

ATTENDANCE = {
    Appointment.Mode.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    Appointment.Mode.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    Appointment.Mode.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}
CPEV = "https://w3id.org/italia/onto/CPEV/PublicEvent"


def event(view: MeetingView) -> dict[str, object]:
    """The meeting as a schema.org ``Event``; the link of the call only where everyone may see it."""
    activity, meeting = view.activity, view.meeting
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
        "eventAttendanceMode": ATTENDANCE[Appointment.Mode(meeting.mode)],
        "location": _locations(view, address),
        "organizer": [_organisation(each.organisation) for each in view.partnerships],
        "superEvent": {"@type": "EventSeries", "name": activity.programme.title},
        "additionalType": [
            CPEV,
            *([f"{event_types.BASE}{meeting.event_type}"] if meeting.event_type else []),
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


def _status(view: MeetingView) -> str:
    if view.activity.cancelled_on is not None:
        return "https://schema.org/EventCancelled"
    moved = view.moved_from is not None
    return "https://schema.org/EventRescheduled" if moved else "https://schema.org/EventScheduled"


def _locations(view: MeetingView, address: str) -> list[dict[str, object]]:
    activity, meeting, found = view.activity, view.meeting, []
    if meeting.is_in_person:
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
    if meeting.is_online:
        link = meeting.video_link if meeting.video_is_public else address
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
