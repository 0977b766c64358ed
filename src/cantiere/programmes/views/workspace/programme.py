"""A programme as a whole: what it says of itself, publishing, changes, a copy."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.media import send_file
from cantiere.foundation.core.once import submit
from cantiere.programmes import actions
from cantiere.programmes.forms import ChangeForm, CopyProgrammeForm, CorrectionForm, ProgrammeForm
from cantiere.programmes.models import Change, Programme
from cantiere.programmes.queries import problems_of
from cantiere.programmes.queries import workspace as desk
from cantiere.programmes.views.workspace.frame import attempt, done, frame


@requires("programmes.edit", Programme)
def settings(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """What the programme says of itself."""
    form = ProgrammeForm(request.POST or None, request.FILES or None, row=programme)
    address = reverse("programmes:settings", args=[programme.slug])

    def act() -> str:
        actions.edit_programme(by=request.person, programme=programme, details=form.details)
        return done(request, _("Saved."), address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("Description")
    words = {**frame(request.person, programme, "settings", (heading, "")), "heading": heading, "form": form}
    return TemplateResponse(request, "programmes/workspace/form.html", words)


@requires("programmes.see", Programme)
def cover(request: HttpRequest, *, programme: Programme) -> HttpResponseBase:
    """The programme's picture."""
    return send_file(request, programme.cover, public=programme.is_public)


@requires("programmes.publish", Programme)
def publish(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """What still blocks it, what the team alone sees, and the buttons that show it to everyone."""
    address = reverse("programmes:publish", args=[programme.slug])
    if request.method == "POST":
        act = _publish_ready if "activities" in request.POST else _publish
        return attempt(request, lambda: act(request, programme, address), address)
    stretches = desk.outline(programme)
    drafts = [row for stretch in stretches for row in stretch.rows if row.is_draft]
    words = {
        **frame(request.person, programme, "publish", (_("Publish"), "")),
        "problems": problems_of(programme),
        "drafts": drafts,
        "ready": sum(row.is_ready for row in drafts),
    }
    return TemplateResponse(request, "programmes/workspace/publish.html", words)


def _publish(request: SignedIn, programme: Programme, address: str) -> str:
    actions.publish_programme(by=request.person, programme=programme)
    return done(request, _("Published: everyone can see the programme now."), address)


def _publish_ready(request: SignedIn, programme: Programme, address: str) -> str:
    stretches = desk.outline(programme)
    ready = [row.activity for stretch in stretches for row in stretch.rows if row.is_ready]
    for activity in ready:
        actions.publish_activity(by=request.person, activity=activity)
    return done(request, _("Published: %(n)s activities.") % {"n": len(ready)}, address)


@requires("programmes.publish", Programme)
def changes(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """Pause, resume, re-plan, extend, close; and what was told so far."""
    form = ChangeForm(request.POST or None, programme=programme)
    address = reverse("programmes:changes", args=[programme.slug])

    def act() -> str:
        told = {name: value for name, value in form.cleaned_data.items() if value not in {None, ""}}
        actions.record_change(by=request.person, programme=programme, **told)
        return done(request, _("Done: it is told on the page of the programme."), address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    words = {
        **frame(request.person, programme, "changes", (_("Changes"), "")),
        "form": form,
        "changes": programme.changes.select_related("phase").order_by("-on", "-pk"),
    }
    return TemplateResponse(request, "programmes/workspace/changes.html", words)


@requires("programmes.correct", Change)
def correct(request: SignedIn, *, change: Change) -> HttpResponse:
    """Set right what was told of a change."""
    form = CorrectionForm(request.POST or None)
    address = reverse("programmes:changes", args=[change.programme.slug])

    def act() -> str:
        actions.correct_change(by=request.person, change=change, reason=form.cleaned_data["reason"])
        return done(request, _("The correction stands beside the first text."), address)

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("Correct what was told")
    way = [(_("Changes"), address), (heading, "")]
    words = {
        **frame(request.person, change.programme, "changes", *way),
        "heading": heading,
        "form": form,
        "quote": change.reason,
        "submit_label": _("Publish the correction"),
        "cancel_url": address,
    }
    return TemplateResponse(request, "programmes/workspace/form.html", words)


@requires("programmes.publish", Programme)
def copy(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """A draft with the same outline."""
    title = _("%(title)s (copy)") % {"title": programme.title[:110]}
    form = CopyProgrammeForm(request.POST or None, initial={"title": title})

    def act() -> str:
        copied = actions.copy_programme(
            by=request.person, programme=programme, title=form.cleaned_data["title"]
        )
        words = _("This is the copy. Set its days; only you are in its team so far.")
        return done(request, words, reverse("programmes:workspace", args=[copied.slug]))

    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    heading = _("Make a copy")
    words = {
        **frame(request.person, programme, "copy", (heading, "")),
        "heading": heading,
        "lede": _(
            "Goals, phases, partners and activities are copied as drafts. Days, people and results are not."
        ),
        "form": form,
        "submit_label": _("Copy the programme"),
    }
    return TemplateResponse(request, "programmes/workspace/form.html", words)
