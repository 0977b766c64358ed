"""Where the team prepares a map and curates its entries."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.activities.innovators import actions, queries
from cantiere.activities.innovators.forms import (
    ByHandForm,
    CuratedForm,
    DecisionForm,
    InviteForm,
    MapEditor,
    PaperForm,
)
from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import can, requires
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.once import submit
from cantiere.programmes.models import Activity
from cantiere.programmes.views.workspace.frame import Door, activity_frame, attempt


def _frame(
    request: SignedIn, activity: Activity, current: str, *crumbs: tuple[str, str]
) -> dict[str, object]:
    """The workspace around a page, with the door of the entries."""
    frame = activity_frame(request.person, activity, current, *crumbs)
    if not can(request.person, "programmes.run_activity", activity):  # a curator of the site, not of the team
        frame["crumbs"] = [(activity.title, activity.get_absolute_url()), *crumbs]
    number = Innovator.objects.filter(map=activity.pk).waiting().count()
    words = _("Entries (%(n)s)") % {"n": number} if number else _("Entries")
    door = Door(words, _queue(activity), current == "entries")
    return {**frame, "doors": [*cast("list[Door]", frame["doors"]), door]}


def _queue(activity: Activity) -> str:
    return reverse("innovators:queue", args=[activity.slug])


def _review(innovator: Innovator) -> str:
    return reverse("innovators:review", args=[innovator.slug])


@requires("innovators.edit", InnovatorMap)
def map_edit(request: SignedIn, innovator_map: InnovatorMap) -> HttpResponse:
    """The row, the map's own words, what came of it."""
    row = innovator_map.activity
    editor = MapEditor(innovator_map, request.POST if request.method == "POST" else None)

    def act() -> str:
        details = {**editor.row.details, **editor.outcome.details}
        actions.edit_map(by=request.person, own=innovator_map, row=details, details=editor.own.details)
        messages.success(request, _("Saved."))
        return row.edit_url

    done = submit(request, editor, act) if request.method == "POST" else None
    context = {"form": editor, "problems": row.kind.problems(row)}
    return done or render(request, "innovators/map_edit.html", context | _frame(request, row, "edit"))


@requires("innovators.curate", InnovatorMap)
def queue(request: SignedIn, innovator_map: InnovatorMap) -> HttpResponse:
    """Who waits for the team, and who waits for themselves."""
    context = {"queue": queries.queue(innovator_map), "own": innovator_map, "heading": _("Entries")}
    frame = _frame(request, innovator_map.activity, "entries", (_("Entries"), ""))
    return render(request, "innovators/queue.html", context | frame)


@requires("innovators.curate", InnovatorMap)
@limited("upload")
def add_by_hand(request: SignedIn, innovator_map: InnovatorMap) -> HttpResponse:
    """Write an entry from a signed sheet."""
    posted, activity = request.method == "POST", innovator_map.activity
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = ByHandForm(data, files, row=Innovator(map=innovator_map))

    def act() -> str:
        given = form.cleaned_data
        made = actions.add_by_hand(
            by=request.person, own=innovator_map, details=form.details, email=given["email"],
            given_on=given["given_on"], note=given["note"],
        )  # fmt: skip
        messages.success(request, _("Saved. Read it again, then publish it."))
        return _review(made)

    done = submit(request, form, act) if posted else None
    way = [(_("Entries"), _queue(activity)), (_("From a sheet"), "")]
    context = {"form": form, "heading": _("An entry from a signed sheet")}
    return done or render(
        request, "innovators/by_hand.html", context | _frame(request, activity, "entries", *way)
    )


def _way(innovator: Innovator, *more: tuple[str, str]) -> list[tuple[str, str]]:
    first = (_("Entries"), _queue(innovator.map.activity))
    return [first, (innovator.name, _review(innovator) if more else ""), *more]


@requires("innovators.curate_one", Innovator)
def review(request: SignedIn, innovator: Innovator) -> HttpResponse:
    """Read one entry and decide."""
    form = DecisionForm(request.POST if request.method == "POST" else None)
    activity = innovator.map.activity

    def act() -> str:
        decide, words, back = _decision(request, innovator, form.cleaned_data["message"])
        decide()
        messages.success(request, words)
        return back

    done = submit(request, form, act) if request.method == "POST" else None
    twins = queries.doubles(innovator.map, [innovator])[innovator.pk]
    context = {
        "innovator": innovator,
        "form": form,
        "heading": innovator.name,
        "nominations": list(innovator.nominations.filter(confirmed_on__isnull=False)),
        "consents": list(innovator.consents.all()),
        "doubles": twins,
        "invite": InviteForm(),
    }
    return done or render(
        request, "innovators/review.html", context | _frame(request, activity, "entries", *_way(innovator))
    )


def _decision(request: SignedIn, innovator: Innovator, message: str) -> tuple[Callable[[], None], str, str]:
    """What a button does, what is said then, and where one goes."""
    by, back = request.person, _queue(innovator.map.activity)
    choices: dict[str, tuple[Callable[[], None], str]] = {
        "publish": (lambda: actions.publish(by=by, innovator=innovator), _("Published: they get a letter.")),
        "changes": (
            lambda: actions.ask_for_changes(by=by, innovator=innovator, message=message),
            _("Asked: they get your words in a letter."),
        ),
        "decline": (
            lambda: actions.decline(by=by, innovator=innovator, message=message), _("Not published."),
        ),
        "again": (
            lambda: actions.take_up_again(by=by, innovator=innovator), _("It is among those to read again."),
        ),
        "fine": (lambda: actions.read_again(by=by, innovator=innovator), _("Read: it stays as it is.")),
        "right": (
            lambda: actions.note_still_right(by=by, innovator=innovator), _("Noted: it is still right."),
        ),
    }  # fmt: skip
    wanted = request.POST.get("decision", "")
    if wanted not in choices:
        raise ValidationError(_("Choose what to do with one of the buttons."))
    decide, words = choices[wanted]
    return decide, words, back


@requires("innovators.curate_one", Innovator)
@limited("upload")
def review_edit(request: SignedIn, innovator: Innovator) -> HttpResponse:
    """Change an entry; its innovator is told."""
    posted = request.method == "POST"
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = CuratedForm(data, files, row=innovator)

    def act() -> str:
        actions.edit_profile(by=request.person, innovator=innovator, details=form.details)
        messages.success(request, _("Saved. If they have agreed, they are told what changed."))
        return _review(Innovator.objects.get(pk=innovator.pk))

    done = submit(request, form, act) if posted else None
    way = _way(innovator, (_("Edit"), ""))
    context = {
        "form": form,
        "heading": _("Edit the entry"),
        "cancel_url": _review(innovator),
        "lede": _("Whoever has agreed gets a letter that says what you changed."),
    }
    return done or render(
        request, "innovators/review_form.html",
        context | _frame(request, innovator.map.activity, "entries", *way),
    )  # fmt: skip


@requires("innovators.curate_one", Innovator)
def review_consent(request: SignedIn, innovator: Innovator) -> HttpResponse:
    """Note that they signed a sheet."""
    form = PaperForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.record_consent(by=request.person, innovator=innovator, **form.cleaned_data)
        messages.success(request, _("Noted. Complete the entry, then publish it."))
        return _review(innovator)

    done = submit(request, form, act) if request.method == "POST" else None
    way = _way(innovator, (_("Consent on paper"), ""))
    context = {"form": form, "heading": _("Consent on paper"), "cancel_url": _review(innovator)}
    return done or render(
        request, "innovators/review_form.html",
        context | _frame(request, innovator.map.activity, "entries", *way),
    )  # fmt: skip


@requires("innovators.curate_one", Innovator)
def review_invite(request: SignedIn, innovator: Innovator) -> HttpResponse:
    """Write the address that was missing; the letter goes out."""
    form = InviteForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.invite(by=request.person, innovator=innovator, email=form.cleaned_data["email"])
        messages.success(request, _("Sent: now they decide."))
        return _queue(innovator.map.activity)

    done = submit(request, form, act) if request.method == "POST" else None
    way = _way(innovator, (_("Write to them"), ""))
    context = {
        "form": form, "heading": _("Write to them"), "cancel_url": _review(innovator),
        "submit_label": _("Send the letter"),
    }  # fmt: skip
    return done or render(
        request, "innovators/review_form.html",
        context | _frame(request, innovator.map.activity, "entries", *way),
    )  # fmt: skip


@requires("innovators.curate_one", Innovator)
@require_POST
def review_merge(request: SignedIn, innovator: Innovator) -> HttpResponse:
    """These two are the same: keep this one."""
    told = request.POST.get("double", "")
    rows = Innovator.objects.filter(map=innovator.map_id)
    known = told.isascii() and told.isdecimal() and len(told) < 19
    double = rows.filter(pk=int(told) if known else 0).first()

    def act() -> str:
        if double is None:
            raise ValidationError(_("This entry is no longer here."))
        actions.merge(by=request.person, kept=innovator, double=double)
        messages.success(request, _("Joined: one entry is left."))
        return _review(innovator)

    return attempt(request, act, _review(innovator))
