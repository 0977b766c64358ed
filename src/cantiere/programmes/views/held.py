"""What everyone sees of something held on a day; a kind's own view asks its rule, then calls this."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.http import Request
from cantiere.programmes import feeds
from cantiere.programmes.models import Activity, Enrolment


def crumbs(activity: Activity) -> list[tuple[str, str]]:
    """The way here: programme, phase, the activity itself."""
    programme = activity.programme
    way = [
        (_("Programmes"), reverse("programmes:programmes")),
        (programme.title, programme.get_absolute_url()),
    ]
    if activity.phase is not None:
        way.append((activity.phase.title, f"{programme.get_absolute_url()}#attivita"))
    return [*way, (activity.title, "")]


def calendar_file(request: Request, activity: Activity) -> HttpResponse:
    """Its sessions for one's own calendar; where to connect stands in it only for a confirmed seat."""
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
