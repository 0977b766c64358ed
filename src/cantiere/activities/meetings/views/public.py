"""Meetings and pages as everyone sees them."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.meetings import queries, structured
from cantiere.activities.meetings.models import Meeting, Page, PageDocument
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.media import send_file
from cantiere.programmes.models import Activity


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


@requires("meetings.see", Meeting)
def meeting_detail(request: Request, meeting: Meeting) -> HttpResponse:
    """When and where first; afterwards what came out of it."""
    view = queries.meeting_view(meeting, request.person)
    context = {"view": view, "crumbs": crumbs(view.activity), "structured": structured.event(view)}
    return render(request, "meetings/meeting.html", context)


@requires("meetings.see", Page)
def page_detail(request: Request, page: Page) -> HttpResponse:
    """The story."""
    view = queries.page_view(page, request.person)
    return render(request, "meetings/page.html", {"view": view, "crumbs": crumbs(view.activity)})


@requires("meetings.see_document", PageDocument)
def page_document(request: Request, document: PageDocument) -> HttpResponseBase:
    """A file that hangs on a page."""
    return send_file(request, document.file, shown=document.shown)
