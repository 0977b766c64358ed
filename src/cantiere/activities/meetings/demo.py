"""Believable examples: a meeting to come and a story, made through the actions."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.meetings import actions
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.programmes.models import Activity


def meeting(activity: Activity) -> None:
    """A workshop in ten days, with forty seats."""
    day = timezone.localdate() + timedelta(days=10)
    starts = timezone.make_aware(datetime.combine(day, time(18)))
    own = {
        "event_type": "1.2.4",
        "agenda": _("- 18:00 Welcome\n- 18:15 We work in small groups\n- 19:30 We share what we found"),
        "directions": _("The room is on the ground floor. There are no steps."),
        "languages": _("In Italian"),
    }
    actions.edit_meeting(
        by=None,
        meeting=Meeting.objects.get(pk=activity.pk),
        row={
            "summary": activity.summary
            or _("An evening to look at the map together and say what is missing."),
            "place_note": activity.place_note or _("Civic room, piazza della Libertà 1"),
        },
        own=own,
        rules={"capacity": 40, "needs_approval": False, "offer_hours": 48},
        sessions=[actions.Session(starts, starts + timedelta(hours=2))],
    )


def page(activity: Activity) -> None:
    """A short story with a link."""
    actions.edit_page(
        by=None,
        page=Page.objects.get(pk=activity.pk),
        row={"summary": activity.summary or _("What the walks through the neighbourhoods found.")},
        own={
            "story": _(
                "Five groups walked through five neighbourhoods.\n\nThey noted **what works**, "
                "what is missing, and who could help."
            ),
            "link": "https://example.org/",
        },
    )
