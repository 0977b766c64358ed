"""One meeting as a calendar file."""

from django.http import HttpResponse

from cantiere.activities.meetings.models import Meeting
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.programmes import feeds
from cantiere.programmes.models import Enrolment


@requires("meetings.see", Meeting)
def meeting_calendar(request: Request, meeting: Meeting) -> HttpResponse:
    """Its sessions for one's own calendar; where to connect stands in it only for a confirmed seat."""
    activity = meeting.activity
    mine = activity.enrolments.filter(person=request.person, state=Enrolment.State.CONFIRMED)
    enrolment = mine.first() if request.person is not None else None
    sessions = list(activity.appointments.order_by("starts", "pk"))
    for each in sessions:
        each.activity = activity
    feed = feeds.calendar(activity.title, [feeds.Entry(each, enrolment) for each in sessions])
    headers = {
        "Content-Disposition": f'attachment; filename="{activity.slug}.ics"',
        "Cache-Control": "private",
    }
    return HttpResponse(feed.content, content_type="text/calendar; charset=utf-8", headers=headers)
