"""The workspace of a programme: what is to do, and the outline edited in place."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.once import submit
from cantiere.programmes import actions
from cantiere.programmes.forms import GoalForm, PhaseForm
from cantiere.programmes.models import Goal, Phase, Programme
from cantiere.programmes.queries import workspace as desk
from cantiere.programmes.views.workspace.frame import (
    Asked,
    ask_first,
    attempt,
    done,
    frame,
    outline_of,
)


def step_of(request: SignedIn) -> int:
    """One place up or one place down."""
    return -1 if request.POST.get("verso") == "su" else 1


@requires("programmes.work", Programme)
def workspace(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """What waits, then the outline."""
    stretches = desk.outline(programme)
    words = {
        **frame(request.person, programme, "workspace"),
        "stretches": stretches,
        "goals": programme.goals.all(),
        "to_do": desk.to_do(programme, stretches),
    }
    return TemplateResponse(request, "programmes/workspace/workspace.html", words)


def after_move(
    request: SignedIn, programme: Programme, anchor: str, act: Callable[[], object]
) -> HttpResponse:
    """Move, then show the outline: the page again, or with script only the part that changed."""
    address = outline_of(programme, anchor)

    def move() -> str:
        act()
        return address

    response = attempt(request, move, address)
    if not request.htmx:
        return response
    words = {
        "programme": programme,
        "stretches": desk.outline(programme),
        "goals": Goal.objects.filter(programme=programme),
    }
    return TemplateResponse(request, "programmes/workspace/_outline.html", words)


def _edit(
    request: SignedIn,
    programme: Programme,
    form: forms.BaseForm,
    words: dict[str, object],
    act: Callable[[], str],
) -> HttpResponse:
    """A small form of the outline: in place with script, on a page of its own without."""
    if request.method == "POST":
        taken = submit(request, form, act)
        if taken is not None:
            return taken
    context = {
        **frame(request.person, programme, "workspace", (str(words["heading"]), "")),
        "form": form,
        **words,
    }
    context["cancel_url"] = outline_of(programme)
    part = request.htmx and request.method == "GET"
    name = "_form_in_place" if part else "form"
    return TemplateResponse(request, f"programmes/workspace/{name}.html", context)


@requires("programmes.edit", Programme)
def phase_add(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """One more phase."""
    form = PhaseForm(request.POST or None, row=Phase(programme=programme))

    def act() -> str:
        phase = actions.add_phase(by=request.person, programme=programme, details=form.details)
        return outline_of(programme, f"fase-{phase.pk}")

    return _edit(request, programme, form, {"heading": _("New phase"), "action": request.path}, act)


@requires("programmes.edit_part", Phase)
def phase(request: SignedIn, *, phase: Phase) -> HttpResponse:
    """What a phase says of itself."""
    form = PhaseForm(request.POST or None, row=phase)

    def act() -> str:
        actions.edit_phase(by=request.person, phase=phase, details=form.details)
        return outline_of(phase.programme, f"fase-{phase.pk}")

    return _edit(
        request, phase.programme, form, {"heading": _("Edit the phase"), "action": request.path}, act
    )


@requires("programmes.edit_part", Phase)
@require_POST
def phase_move(request: SignedIn, *, phase: Phase) -> HttpResponse:
    """One place up or down."""
    step = step_of(request)
    return after_move(
        request,
        phase.programme,
        f"fase-{phase.pk}",
        lambda: actions.move_phase(by=request.person, phase=phase, step=step),
    )


@requires("programmes.edit_part", Phase)
def phase_remove(request: SignedIn, *, phase: Phase) -> HttpResponse:
    """Take away an empty phase."""
    programme, back = phase.programme, outline_of(phase.programme)

    def act() -> str:
        actions.remove_phase(by=request.person, phase=phase)
        return done(request, _("The phase is removed."), back)

    asked = Asked(
        _("Remove the phase “%(title)s”?") % {"title": phase.title},
        _("Only an empty phase can be removed: its activities are moved first."),
        _("Remove the phase"),
    )
    return ask_first(request, programme, asked, act, back)


@requires("programmes.edit", Programme)
def goal_add(request: SignedIn, *, programme: Programme) -> HttpResponse:
    """One more goal."""
    form = GoalForm(request.POST or None, row=Goal(programme=programme))

    def act() -> str:
        actions.add_goal(by=request.person, programme=programme, details=form.details)
        return outline_of(programme, "obiettivi")

    return _edit(request, programme, form, {"heading": _("New goal"), "action": request.path}, act)


@requires("programmes.edit_part", Goal)
def goal(request: SignedIn, *, goal: Goal) -> HttpResponse:
    """The words of a goal."""
    form = GoalForm(request.POST or None, row=goal)

    def act() -> str:
        actions.edit_goal(by=request.person, goal=goal, details=form.details)
        return outline_of(goal.programme, "obiettivi")

    return _edit(request, goal.programme, form, {"heading": _("Edit the goal"), "action": request.path}, act)


@requires("programmes.edit_part", Goal)
@require_POST
def goal_move(request: SignedIn, *, goal: Goal) -> HttpResponse:
    """One place up or down."""
    step = step_of(request)
    return after_move(
        request,
        goal.programme,
        "obiettivi",
        lambda: actions.move_goal(by=request.person, goal=goal, step=step),
    )


@requires("programmes.edit_part", Goal)
def goal_remove(request: SignedIn, *, goal: Goal) -> HttpResponse:
    """Take a goal away."""
    programme, back = goal.programme, outline_of(goal.programme, "obiettivi")

    def act() -> str:
        actions.remove_goal(by=request.person, goal=goal)
        return done(request, _("The goal is removed."), back)

    asked = Asked(
        _("Remove the goal “%(title)s”?") % {"title": goal.title},
        _("Activities that serve it stay, and no longer say so."),
        _("Remove the goal"),
    )
    return ask_first(request, programme, asked, act, back)
