"""Meetings and pages as everyone sees them."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from cantiere.activities.meetings import queries
from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.media import send_file
from cantiere.programmes import structured
from cantiere.programmes.views.held import calendar_file, crumbs


@requires("meetings.see", Meeting)
def meeting_detail(request: Request, meeting: Meeting) -> HttpResponse:
    """When and where first; afterwards what came out of it."""
    view = queries.meeting_view(meeting, request.person)
    context = {
        "view": view,
        "crumbs": crumbs(view.activity),
        "structured": structured.held(view),
        "calendar_url": reverse("meetings:meeting_calendar", args=[view.activity.slug]),
        "words": "meetings/_agenda.html",
        "outcome": "programmes/held/_outcome.html",
        "links": "meetings/_team_links.html",
    }
    return render(request, "programmes/held/held.html", context)


@requires("meetings.see", Meeting)
def meeting_calendar(request: Request, meeting: Meeting) -> HttpResponse:
    """Its sessions for one's own calendar."""
    return calendar_file(request, meeting.activity)


@requires("meetings.see", Page)
def page_detail(request: Request, page: Page) -> HttpResponse:
    """The story."""
    view = queries.page_view(page, request.person)
    return render(request, "meetings/page.html", {"view": view, "crumbs": crumbs(view.activity)})


@requires("meetings.see_document", PageDocument)
def page_document(request: Request, document: PageDocument) -> HttpResponseBase:
    """A file that hangs on a page."""
    return send_file(request, document.file, shown=document.shown)
