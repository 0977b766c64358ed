"""Where the team prepares meetings and pages, and writes what came out."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.meetings import actions
from cantiere.activities.meetings.forms import MeetingForm, MinutesForm, PageEditor
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import can, requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import Door, activity_frame
from cantiere.programmes.views.workspace.held import prepare_held
from cantiere.programmes.views.workspace.minutes import take_minutes_back, write_minutes


@requires("meetings.edit", Meeting)
def meeting_edit(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """The row, the meeting's own words, its days and who may sign up, on one page."""

    def keep(wanted: dict[str, Any]) -> None:
        actions.edit_meeting(by=request.person, meeting=meeting, **wanted)

    frame = _frame(request, meeting.activity)
    template = "meetings/meeting_edit.html"
    return prepare_held(request, meeting, MeetingForm, keep, template=template, frame=frame)


@requires("meetings.run", Meeting)
def meeting_minutes(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """Write what came out; keep it, look at it, publish it."""
    row = meeting.activity
    return write_minutes(
        request,
        MinutesForm(request.POST if request.method == "POST" else None, row=meeting),
        meeting,
        may_publish=can(request.person, "meetings.publish_minutes", meeting),
        take_back_url=reverse("meetings:take_back_minutes", args=[row.slug]),
        frame=_frame(request, row, "minutes", (_("Minutes"), "")),
    )


@requires("meetings.publish_minutes", Meeting)
def take_back_minutes(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """Ask, then make the minutes a draft again."""
    row = meeting.activity
    back = reverse("meetings:meeting_minutes", args=[row.slug])
    way = [(_("Minutes"), back), (_("Make it a draft again"), "")]
    return take_minutes_back(request, meeting, back=back, frame=_frame(request, row, "minutes", *way))


@requires("meetings.edit", Page)
def page_edit(request: SignedIn, page: Page) -> HttpResponse:
    """The row, the story, its documents."""
    row = page.activity
    posted = request.method == "POST"
    editor = PageEditor(page, request.POST, request.FILES) if posted else PageEditor(page)

    def act() -> str:
        details = {**editor.row.details, **editor.outcome.details}
        actions.edit_page(by=request.person, page=page, row=details, own=editor.own.details)
        given = editor.documents.cleaned_data
        for document in given.get("drop", ()):
            actions.remove_document(by=request.person, document=document)
        if given["file"]:
            actions.add_document(by=request.person, page=page, title=given["file_title"], file=given["file"])
        messages.success(request, _("Saved."))
        return row.kind.edit_url(row)

    done = submit(request, editor, act) if posted else None
    if done is not None:
        return done
    context = {"form": editor, "page": page, "problems": row.kind.problems(row)}
    return render(request, "meetings/page_edit.html", context | _frame(request, row))


def _frame(
    request: SignedIn, activity: Activity, current: str = "edit", *crumbs: tuple[str, str]
) -> dict[str, object]:
    """The workspace around a page, with one door more where minutes are written."""
    frame = activity_frame(request.person, activity, current, *crumbs)
    if hasattr(activity, "enrolment_rules"):
        address = reverse("meetings:meeting_minutes", args=[activity.slug])
        frame["doors"] = [
            *cast("list[Door]", frame["doors"]),
            Door(_("Minutes"), address, current == "minutes"),
        ]
    return frame
