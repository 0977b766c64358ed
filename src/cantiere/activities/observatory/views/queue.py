"""The curator's queue: answers looked at, sent back, published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.activities.observatory.actions import entries as actions
from cantiere.activities.observatory.forms.census import AskForm, ByHandForm, DeclineForm
from cantiere.activities.observatory.models import Census, CensusEntry
from cantiere.activities.observatory.queries import census as reading
from cantiere.activities.observatory.queries import queue as queries
from cantiere.activities.observatory.views.frame import census_frame
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import Checked, submit
from cantiere.foundation.ui.listing import page_of
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import attempt, done

WAITING = CensusEntry.State.SUBMITTED.value
ALL = "tutte"


def _list(activity: Activity) -> str:
    return reverse("observatory:census_queue", args=[activity.slug])


def _one(entry: CensusEntry) -> str:
    return reverse("observatory:entry_review", args=[entry.pk])


@requires("observatory.curate", Census)
def census_queue(request: SignedIn, census: Census) -> HttpResponse:
    """The answers, those to be looked at first."""
    activity = census.activity
    asked = request.GET.get("stato", "")
    counts = queries.counts(activity)
    rows = page_of(queries.entries_of(activity, asked), request, 30)
    context = {
        "census": census,
        "figures": reading.figures(activity),
        "page": rows,
        "rows": [(entry, queries.title_of(entry)) for entry in rows],
        "states": [(state.value, state.label, counts.get(state.value, 0)) for state in queries.ORDER],
        "total": sum(counts.values()),
        "asked": asked,
        "heading": _("Answers"),
    }
    frame = census_frame(request.person, activity, "queue", (_("Answers"), ""))
    return render(request, "observatory/census/queue.html", context | frame)


@requires("observatory.curate_entry", CensusEntry)
def entry_review(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """The answers beside the record as it would be."""
    activity = entry.census
    context = {
        "review": queries.review(entry),
        "entry": entry,
        "entry_title": queries.title_of(entry) or _("Answer without a title yet"),
        "edit_record": _edit_record(entry),
        "too_late": reading.is_too_late(entry),
        "heading": queries.title_of(entry) or _("Answer without a title yet"),
    }
    way = [(_("Answers"), _list(activity)), (str(context["heading"]), "")]
    return render(
        request,
        "observatory/census/review.html",
        context | census_frame(request.person, activity, "queue", *way),
    )


def _edit_record(entry: CensusEntry) -> str:
    if entry.record is None:
        return ""
    try:
        return reverse("observatory:record_edit", args=[entry.record.slug])
    except NoReverseMatch:
        return ""


@requires("observatory.curate_entry", CensusEntry)
def entry_ask(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """Write what should be changed; the letter carries the link."""
    form = AskForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.ask_for_changes(by=request.person, entry=entry, message=form.cleaned_data["message"])
        words = _("We wrote to %(email)s. The answers stand open again.") % {"email": entry.email}
        return done(request, words, _list(entry.census))

    return _ask(request, entry, form, act, heading=_("Ask for a change"), verb=_("Send the letter"))


@requires("observatory.curate_entry", CensusEntry)
def entry_decline(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """Say why it is not published."""
    form = DeclineForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.decline_entry(by=request.person, entry=entry, reason=form.cleaned_data["reason"])
        return done(request, _("Not published. Whoever answered was told why."), _list(entry.census))

    return _ask(request, entry, form, act, heading=_("Do not publish"), verb=_("Do not publish"), danger=True)


def _ask(
    request: SignedIn, entry: CensusEntry, form: Checked, act: object, *, heading: str, verb: str,
    danger: bool = False,
) -> HttpResponse:  # fmt: skip
    sent = submit(request, form, act) if request.method == "POST" else None  # type: ignore[arg-type]
    title = queries.title_of(entry)
    context = {
        "form": form,
        "heading": heading,
        "lede": title,
        "submit_label": verb,
        "submit_css": "btn-danger" if danger else "btn-primary",
        "cancel_url": _one(entry),
    }
    way = [
        (_("Answers"), _list(entry.census)),
        (title or _("Answer without a title yet"), _one(entry)),
        (heading, ""),
    ]
    frame = census_frame(request.person, entry.census, "queue", *way)
    return sent or render(request, "programmes/workspace/activity_form.html", context | frame)


@requires("observatory.curate_entry", CensusEntry)
@require_POST
def entry_publish(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """Let everyone see the record."""

    def act() -> str:
        actions.publish_entry(by=request.person, entry=entry)
        return done(request, _("Published. Whoever answered was told where it is."), _list(entry.census))

    return attempt(request, act, _one(entry))


@requires("observatory.curate_entry", CensusEntry)
@require_POST
def entry_take_up(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """Look at it after all."""

    def act() -> str:
        actions.take_up_again(by=request.person, entry=entry)
        return done(request, _("Among those to be looked at again."), _one(entry))

    return attempt(request, act, _one(entry))


@requires("observatory.curate_entry", CensusEntry)
@require_POST
def entry_finish(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """Go on with what somebody began, once they can no longer send it."""

    def act() -> str:
        actions.finish_for(by=request.person, entry=entry)
        return reverse("observatory:entry", args=[entry.key])

    return attempt(request, act, _one(entry))


@limited("invite")
@requires("observatory.curate_entry", CensusEntry)
@require_POST
def entry_renew(request: SignedIn, entry: CensusEntry) -> HttpResponse:
    """Write a new link; the old ones end."""

    def act() -> str:
        actions.renew_link(by=request.person, entry=entry)
        return done(request, _("A new link is on its way. The links of before no longer work."), _one(entry))

    return attempt(request, act, _one(entry))


@limited("form")
@requires("observatory.curate", Census)
def entry_add(request: SignedIn, census: Census) -> HttpResponse:
    """Begin one by hand: on paper, by telephone, or after the closing."""
    activity = census.activity
    form = ByHandForm(request.POST if request.method == "POST" else None, census=census)

    def act() -> str:
        entry = actions.enter_by_hand(
            by=request.person,
            census=activity,
            sheet=form.chosen,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
        )
        return reverse("observatory:entry", args=[entry.key])

    sent = submit(request, form, act) if request.method == "POST" else None
    context = {
        "form": form,
        "heading": _("Enter by hand"),
        "lede": _("You fill in the questionnaire for somebody, also after the closing."),
        "submit_label": _("Go to the questionnaire"),
        "cancel_url": _list(activity),
    }
    way = [(_("Answers"), _list(activity)), (_("Enter by hand"), "")]
    frame = census_frame(request.person, activity, "queue", *way)
    return sent or render(request, "programmes/workspace/activity_form.html", context | frame)
