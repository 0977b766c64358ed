"""Where the team prepares meetings and pages, and writes what came out."""

from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.meetings import actions, queries
from cantiere.activities.meetings.forms import MeetingEditor, MinutesForm, PageEditor
from cantiere.activities.meetings.forms.meeting import MORE
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import can, requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import Door, activity_frame


@requires("meetings.edit", Meeting)
def meeting_edit(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """The row, the meeting's own words, its days and who may sign up, on one page."""
    row = meeting.activity
    if request.method == "POST" and MORE in request.POST:
        editor = MeetingEditor.with_another_day(meeting, request.POST)
    elif request.method == "POST":
        editor = MeetingEditor(meeting, request.POST)

        def act() -> str:
            actions.edit_meeting(
                by=request.person,
                meeting=meeting,
                row=editor.row.details,
                own=editor.own.details,
                rules=editor.rules.details,
                sessions=editor.sessions.sessions,
                why=editor.own.reason_of_move,
            )
            messages.success(request, _("Saved."))
            return row.kind.edit_url(row)

        done = submit(request, editor, act)
        if done is not None:
            return done
    else:
        editor = MeetingEditor(meeting)
    context = {"form": editor, "meeting": meeting, "problems": row.kind.problems(row)}
    return render(request, "meetings/meeting_edit.html", context | _frame(request, row))


@requires("meetings.run", Meeting)
def meeting_minutes(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """Write what came out; keep it, look at it, publish it."""
    row = meeting.activity
    form = MinutesForm(request.POST if request.method == "POST" else None, row=meeting)
    may_publish = can(request.person, "meetings.publish_minutes", meeting)

    def act() -> str:
        actions.save_minutes(by=request.person, meeting=meeting, details=form.details)
        if "publish" in request.POST and may_publish:
            actions.publish_minutes(by=request.person, meeting=meeting)
            messages.success(request, _("Published. Those who had a seat and the followers are being told."))
            return row.get_absolute_url()
        messages.success(request, _("Saved."))
        return f"{row.get_absolute_url()}#esito" if "look" in request.POST else request.path

    done = submit(request, form, act) if request.method == "POST" else None
    if done is not None:
        return done
    context = {"form": form, "meeting": meeting, "may_publish": may_publish, "turnout": queries.turnout(row)}
    frame = _frame(request, row, "minutes", (_("Minutes"), ""))
    return render(request, "meetings/minutes.html", context | frame | {"heading": _("Minutes")})


@requires("meetings.publish_minutes", Meeting)
def take_back_minutes(request: SignedIn, meeting: Meeting) -> HttpResponse:
    """Ask, then make the minutes a draft again."""
    form, row = Form(request.POST if request.method == "POST" else None), meeting.activity
    back = reverse("meetings:meeting_minutes", args=[row.slug])

    def act() -> str:
        actions.take_back_minutes(by=request.person, meeting=meeting)
        messages.success(request, _("The minutes are a draft again: only the team reads them."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    if done is not None:
        return done
    way = [(_("Minutes"), back), (_("Make it a draft again"), "")]
    context = {"form": form, "cancel_url": back, "heading": _("Make it a draft again?")}
    return render(request, "meetings/take_back.html", context | _frame(request, row, "minutes", *way))


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
