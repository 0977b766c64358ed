"""Suggestions about a public record: made by anyone, confirmed by a link, decided by a curator."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions import suggestions as actions
from cantiere.activities.observatory.forms.suggestions import DecisionForm, SuggestionForm
from cantiere.activities.observatory.models import Census, Record, Suggestion, SuggestionLink
from cantiere.activities.observatory.queries import queue as queries
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.foundation.ui.listing import page_of
from cantiere.foundation.ui.trap import caught


def _crumbs(record: Record, last: str) -> list[tuple[str, str]]:
    return [
        (_("Observatory"), reverse("observatory:records")),
        (record.title, record.get_absolute_url()),
        (last, ""),
    ]


@limited("census")
@requires("observatory.suggest", Record)
def suggest(request: Request, record: Record) -> HttpResponse:
    """The record as it is, to be put right."""
    person = request.person
    known = {"email": person.email} if person else {}
    form = SuggestionForm(request.POST if request.method == "POST" else None, row=record, initial=known)

    def act() -> str:
        if caught(request):
            return record.get_absolute_url()
        made = actions.suggest(
            record=record,
            email=form.cleaned_data["email"],
            changes=form.suggested,
            note=form.cleaned_data["note"],
            relation=form.cleaned_data["relation"],
            by=person,
        )
        waits = made.state == Suggestion.State.WAITING
        messages.success(
            request,
            _("Thank you. Whoever looks after the record reads your suggestion and writes to you.")
            if waits
            else _("One more step: open the link that we sent to %(email)s.") % {"email": made.email},
        )
        return record.get_absolute_url()

    done = submit(request, form, act) if request.method == "POST" else None
    context = {"form": form, "record": record, "crumbs": _crumbs(record, _("Complete this record"))}
    return done or render(request, "observatory/census/suggest.html", context)


@limited("form")
@requires("observatory.confirm_suggestion", SuggestionLink)
def suggestion_confirm(request: Request, suggestion: SuggestionLink) -> HttpResponse:
    """Confirm that the address is theirs; programs that follow links in mail confirm nothing."""
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.confirm(suggestion=suggestion)
        return request.path

    done = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "suggestion": suggestion,
        "differences": queries.differences(suggestion, for_all=True),
        "crumbs": _crumbs(suggestion.record, _("Your suggestion")),
    }
    return done or render(request, "observatory/census/suggestion_confirm.html", context)


@requires("observatory.curate", Census)
def census_suggestions(request: SignedIn, census: Census) -> HttpResponse:
    """What was suggested about the records of a census."""
    activity = census.activity
    context = {
        "census": census,
        "page": page_of(queries.suggestions_of(activity), request, 30),
        "heading": _("Suggestions"),
    }
    frame = census_frame(request.person, activity, "suggestions", (_("Suggestions"), ""))
    return render(request, "observatory/census/suggestions.html", context | frame)


@requires("observatory.curate_suggestion", Suggestion)
def suggestion_review(request: SignedIn, suggestion: Suggestion) -> HttpResponse:
    """Field by field, old and new; take each, all or none."""
    activity = suggestion.record.census
    back = reverse("observatory:census_suggestions", args=[activity.slug])
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        changes=suggestion.changes,
        initial={"take": list(suggestion.changes)},
    )

    def act() -> str:
        actions.decide(
            by=request.person,
            suggestion=suggestion,
            take=form.cleaned_data.get("take", []),
            answer=form.cleaned_data["answer"],
        )
        messages.success(request, _("Done. Whoever suggested it was told what came of it."))
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "suggestion": suggestion,
        "differences": queries.differences(suggestion),
        "back": back,
        "heading": suggestion.record.title,
    }
    way = [(_("Suggestions"), back), (suggestion.record.title, "")]
    frame = census_frame(request.person, activity, "suggestions", *way)
    return done or render(request, "observatory/census/suggestion_review.html", context | frame)
