"""Meetings and pages as everyone sees them."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from cantiere.activities.meetings import queries
from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.media import send_file
from cantiere.programmes.models import Activity


def crumbs(activity: Activity) -> list[tuple[str, str]]:
    """The way here: programme, phase, the activity itself."""
    programme = activity.programme
    way = [(programme.title, programme.get_absolute_url())]
    if activity.phase is not None:
        way.append((activity.phase.title, f"{programme.get_absolute_url()}#fase-{activity.phase.pk}"))
    return [*way, (activity.title, "")]


@requires("meetings.see", Meeting)
def meeting_detail(request: Request, meeting: Meeting) -> HttpResponse:
    """When and where first; afterwards what came out of it."""
    view = queries.meeting_view(meeting, request.person)
    return render(request, "meetings/meeting.html", {"view": view, "crumbs": crumbs(view.activity)})


@requires("meetings.see", Page)
def page_detail(request: Request, page: Page) -> HttpResponse:
    """The story."""
    view = queries.page_view(page, request.person)
    return render(request, "meetings/page.html", {"view": view, "crumbs": crumbs(view.activity)})


@requires("meetings.see_document", PageDocument)
def page_document(request: Request, document: PageDocument) -> HttpResponseBase:
    """A file that hangs on a page."""
    return send_file(request, document.file, shown=document.shown)
