"""What is done to an activity, whatever its kind."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes import actions
from cantiere.programmes.forms import CancelForm, CopyActivityForm, NewActivityForm, OutcomeForm
from cantiere.programmes.kinds import kinds
from cantiere.programmes.models import Activity, Programme
from cantiere.programmes.views.workspace.frame import (
    Asked,
    activity_frame,
    ask_first,
    attempt,
    done,
    frame,
    outline_of,
)
from cantiere.programmes.views.workspace.outline import after_move, step_of


def line_of(activity: Activity) -> str:
    """The outline, at the line of this activity."""
    return outline_of(activity.programme, f"attivita-{activity.slug}")


@requires("programmes.edit", Programme)
def activity_add(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """Which kind, its name, its phase; then the kind asks the rest."""
    initial = {"phase": request.GET.get("fase")}
    form = NewActivityForm(request.POST or None, programme=programme, initial=initial)

    def act() -> str:
        kind_key = form.cleaned_data["kind"]
        activity = actions.add_activity(
            by=request.person, programme=programme, kind_key=kind_key, details=form.details
        )
        return done(request, _("It is a draft: only the team sees it."), activity.edit_url)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    words = {
        **frame(request.person, programme, "workspace", (_("New activity"), "")),
        "form": form,
        "kinds": kinds(),
        "chosen": form["kind"].value(),
    }
    return TemplateResponse(request, "programmes/workspace/activity_add.html", words)


@requires("programmes.publish_activity", Activity)
def activity_publish(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """What is missing, and the button that shows it to everyone."""
    address = reverse("programmes:activity_publish", args=[activity.slug])

    def act() -> str:
        actions.publish_activity(by=request.person, activity=activity)
        if activity.programme.is_public:
            return done(request, _("Published: everyone can see it now."), address)
        return done(request, _("Ready: it will be public together with the programme."), address)

    if request.method == "POST":
        return attempt(request, act, address)
    words = {
        **activity_frame(request.person, activity, "activity_publish", (_("Publish"), "")),
        "problems": activity.kind.problems(activity),
    }
    return TemplateResponse(request, "programmes/workspace/activity_publish.html", words)


@requires("programmes.publish_activity", Activity)
@require_POST
def activity_withdraw(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """Back to a draft."""

    def act() -> str:
        actions.withdraw_activity(by=request.person, activity=activity)
        return done(request, _("It is a draft again. You can publish it whenever you want."), address)

    address = reverse("programmes:activity_publish", args=[activity.slug])
    return attempt(request, act, address)


@requires("programmes.publish_activity", Activity)
@require_POST
def activity_restore(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """Held after all."""
    address = reverse("programmes:activity_publish", args=[activity.slug])

    def act() -> str:
        actions.restore_activity(by=request.person, activity=activity)
        return done(request, _("It is no longer cancelled."), address)

    return attempt(request, act, address)


def _ask(
    request: SignedIn,
    activity: Activity,
    door: str,
    form: forms.BaseForm,
    words: dict[str, object],
    act: Callable[[], str],
) -> HttpResponse:
    """One form about an activity, on a page of its own."""
    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    crumb = (str(words["heading"]), "")
    context = {
        **activity_frame(request.person, activity, door, crumb),
        "form": form,
        "cancel_url": line_of(activity),
        **words,
    }
    return TemplateResponse(request, "programmes/workspace/activity_form.html", context)


@requires("programmes.publish_activity", Activity)
def activity_cancel(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """Not held, and why."""
    form = CancelForm(request.POST or None)

    def act() -> str:
        actions.cancel_activity(by=request.person, activity=activity, why=form.cleaned_data["why"])
        return done(request, _("Cancelled: the page says so, and why."), line_of(activity))

    words: dict[str, object] = {
        "heading": _("Cancel “%(title)s”") % {"title": activity.title},
        "lede": _("Its page stays, and says that it is not held. Who enrolled is told at once."),
        "submit_label": _("Cancel the activity"),
        "cancel_label": _("Go back"),
        "submit_css": "btn-danger",
    }
    return _ask(request, activity, "activity_publish", form, words, act)


@requires("programmes.edit_activity", Activity)
def activity_outcome(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """What came of it."""
    form = OutcomeForm(request.POST or None, row=activity)

    def act() -> str:
        outcome = str(form.details["outcome"])
        actions.tell_outcome(by=request.person, activity=activity, outcome=outcome)
        return done(request, _("Saved. Its page tells it."), line_of(activity))

    words: dict[str, object] = {
        "heading": _("What came of it"),
        "lede": _("Whoever took part wants to know. Followers read it too."),
        "submit_label": _("Tell everyone") if activity.is_public else _("Save"),
    }
    return _ask(request, activity, "activity_outcome", form, words, act)


@requires("programmes.edit_activity", Activity)
def activity_copy(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """The same once more."""
    initial = {"title": activity.title, "phase": activity.phase_id}
    form = CopyActivityForm(request.POST or None, programme=activity.programme, initial=initial)

    def act() -> str:
        copied = actions.copy_activity(
            by=request.person,
            activity=activity,
            programme=activity.programme,
            phase=form.cleaned_data.get("phase"),
            title=form.cleaned_data["title"],
        )
        return done(request, _("This is the copy: set its day."), copied.edit_url)

    words: dict[str, object] = {
        "heading": _("Copy “%(title)s”") % {"title": activity.title},
        "lede": _("Texts, place and rules are copied. Days, people and results are not."),
        "submit_label": _("Copy"),
    }
    return _ask(request, activity, "activity_copy", form, words, act)


@requires("programmes.edit_activity", Activity)
@require_POST
def activity_move(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """One place up or down within its phase."""
    step = step_of(request)
    return after_move(
        request,
        activity.programme,
        f"attivita-{activity.slug}",
        lambda: actions.move_activity(by=request.person, activity=activity, step=step),
    )


@requires("programmes.edit_activity", Activity)
def activity_remove(request: SignedIn, *, activity: Activity) -> HttpResponse:
    """Delete a draft, after asking."""
    programme = activity.programme

    def act() -> str:
        actions.remove_activity(by=request.person, activity=activity)
        return done(request, _("The draft is removed."), outline_of(programme))

    asked = Asked(
        _("Remove the draft “%(title)s”?") % {"title": activity.title},
        _("What you wrote in it is lost. This cannot be undone."),
        _("Remove the draft"),
    )
    return ask_first(request, programme, asked, act, line_of(activity))
