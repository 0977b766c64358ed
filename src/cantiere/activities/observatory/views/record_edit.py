"""Where curators write, complete and publish records."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory import actions
from cantiere.activities.observatory.forms.record import NewRecordForm, RecordEditor
from cantiere.activities.observatory.models import Census, Record
from cantiere.activities.observatory.queries import desk as queries
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import attempt


def edit_url(record: Record) -> str:
    """Where a record is written."""
    return reverse("observatory:record_edit", args=[record.slug])


def _way(census: Activity, last: str) -> tuple[tuple[str, str], ...]:
    return (_("Records"), reverse("observatory:census_records", args=[census.slug])), (last, "")


@requires("observatory.curate", Census)
def record_add(request: SignedIn, census: Census) -> HttpResponse:
    """A record by hand, for who answers late or by telephone; the rest is written on its own page."""
    activity = census.activity
    form = NewRecordForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        made = actions.add_record(by=request.person, census=activity, details=form.cleaned_data)
        messages.success(request, _("Begun. Write what you know; nobody sees it before you publish it."))
        return edit_url(made)

    done = submit(request, form, act) if request.method == "POST" else None
    heading = _("Write a record by hand")
    frame = census_frame(request.person, activity, "records", *_way(activity, heading))
    context = frame | {"form": form, "heading": heading, "submit_label": _("Begin the record")}
    return done or render(request, "programmes/workspace/activity_form.html", context)


@requires("observatory.curate_record", Record)
def record_edit(request: SignedIn, record: Record) -> HttpResponse:
    """All its fields in groups, and the rows that hang on it."""
    editor = RecordEditor(record, request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.edit_record(by=request.person, record=record, details=editor.own.details, parts=editor.given)
        messages.success(request, _("Saved."))
        return edit_url(record) if "stay" in request.POST else record.get_absolute_url()

    done = submit(request, editor, act) if request.method == "POST" else None
    if done is not None:
        return done
    frame = census_frame(request.person, record.census, "records", *_way(record.census, record.title))
    undecided = queries.undecided(record=record).first()
    context = {"form": editor, "record": record, "undecided": undecided, "heading": record.title}
    return render(request, "observatory/record_edit.html", frame | context)


@requires("observatory.curate_record", Record)
def record_publish(request: SignedIn, record: Record) -> HttpResponse:
    """Let everyone see it, or take it back."""

    def act() -> str:
        if "take_back" in request.POST:
            actions.take_back_record(by=request.person, record=record)
            messages.success(request, _("Taken back: only those who curate see it now."))
        else:
            actions.publish_record(by=request.person, record=record)
            messages.success(request, _("Published: everyone sees it now."))
        return record.get_absolute_url()

    return attempt(request, act, edit_url(record))
