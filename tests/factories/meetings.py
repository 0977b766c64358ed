"""Meetings and pages for tests, made through the actions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cantiere.activities.meetings import actions
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.programmes.models import Activity, Programme
from tests.factories import programmes as make

RULES = {"capacity": None, "needs_approval": False, "offer_hours": 48}


def session(days: int = 10, hours: int = 2, title: str = "", pk: int | None = None) -> actions.Session:
    """At six in the evening, so many days from today."""
    day = timezone.localtime() + timedelta(days=days)
    starts: datetime = day.replace(hour=18, minute=0, second=0, microsecond=0)
    return actions.Session(starts, starts + timedelta(hours=hours), title, pk)


def meeting(
    programme: Programme | None = None,
    title: str = "",
    *,
    public: bool = True,
    sessions: list[actions.Session] | None = None,
    row: dict[str, Any] | None = None,
    rules: dict[str, Any] | None = None,
    **own: Any,
) -> Meeting:
    """In ten days in the civic room, with room for everyone, unless told otherwise."""
    programme = programme or make.programme()
    made = make.activity(programme, title, kind="meeting", public=public)
    own_row = Meeting.objects.select_related(*Meeting.address_related).get(pk=made.pk)
    actions.edit_meeting(
        by=None,
        meeting=own_row,
        row={"place_note": "Sala civica", "summary": "Una sera per parlarne insieme."} | (row or {}),
        own=own,
        rules=RULES | (rules or {}),
        sessions=[session()] if sessions is None else sessions,
    )
    return fresh(own_row)


def fresh(own: Meeting) -> Meeting:
    """The same as it stands now."""
    return Meeting.objects.select_related(*Meeting.address_related).get(pk=own.pk)


def page(programme: Programme | None = None, title: str = "", *, public: bool = True, **own: Any) -> Page:
    """A story, public unless told otherwise."""
    made = make.activity(programme or make.programme(), title, kind="page", public=public)
    Page.objects.filter(pk=made.pk).update(**{"story": "Una storia breve."} | own)
    return Page.objects.select_related(*Page.address_related).get(pk=made.pk)


def as_posted(own: Meeting, **changes: Any) -> dict[str, Any]:
    """What the form of a meeting sends when nothing is touched, with some changes."""
    activity: Activity = own.activity
    sessions = list(activity.appointments.order_by("starts", "pk"))
    sent: dict[str, Any] = {
        "title": activity.title,
        "summary": activity.summary,
        "phase": activity.phase_id or "",
        "place_note": activity.place_note,
        "mode": own.mode,
        "video_link": own.video_link,
        "takes_enrolments": "on" if own.takes_enrolments else "",
        "offer_hours": "48",
        "agenda": own.agenda,
        "days-TOTAL_FORMS": str(len(sessions) + 1),
        "days-INITIAL_FORMS": str(len(sessions)),
    }
    for index, each in enumerate(sessions):
        starts, ends = timezone.localtime(each.starts), timezone.localtime(each.ends)
        sent |= {
            f"days-{index}-pk": str(each.pk),
            f"days-{index}-day": f"{starts:%Y-%m-%d}",
            f"days-{index}-start": f"{starts:%H:%M}",
            f"days-{index}-end": f"{ends:%H:%M}",
            f"days-{index}-title": each.title,
        }
    return sent | changes
