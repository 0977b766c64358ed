"""Goals and phases of a programme, edited in place."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, reorder
from cantiere.programmes.models import Goal, Phase, Programme

PHASE = {"title", "summary", "starts_on", "ends_on", "started_on", "ended_on"}
GOAL = {"title", "text"}


def _after(rows: "QuerySet[Phase] | QuerySet[Goal]") -> int:
    """The place after all of these, also when some were taken away."""
    last: int | None = rows.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def add_phase(*, by: Person, programme: Programme, details: Mapping[str, object]) -> Phase:
    """A new phase after the others."""
    phase = Phase(programme=programme, order=_after(programme.phases.all()))
    apply(phase, details, allowed=PHASE)
    log.record(by=by, verb="programmes.add_phase", target=phase)
    return phase


@transaction.atomic
def edit_phase(*, by: Person, phase: Phase, details: Mapping[str, object]) -> None:
    """Change what a phase says of itself."""
    log.record(
        by=by, verb="programmes.edit_phase", target=phase, changed=apply(phase, details, allowed=PHASE)
    )


@transaction.atomic
def move_phase(*, by: Person, phase: Phase, step: int) -> None:
    """One place up or down."""
    reorder(list(phase.programme.phases.select_for_update()), phase, step)
    log.record(by=by, verb="programmes.move_phase", target=phase, step=step)


@transaction.atomic
def remove_phase(*, by: Person, phase: Phase) -> None:
    """Take away an empty phase."""
    if phase.activities.exists():
        raise ValidationError(_("Move its activities to another phase first; then you can remove this one."))
    if phase.programme.is_in_phases and phase.programme.phases.count() == 1:
        raise ValidationError(_("A programme in phases keeps at least one phase."))
    log.record(by=by, verb="programmes.remove_phase", target=phase.programme, title=phase.title)
    phase.delete()


@transaction.atomic
def add_goal(*, by: Person, programme: Programme, details: Mapping[str, object]) -> Goal:
    """A new goal after the others."""
    goal = Goal(programme=programme, order=_after(programme.goals.all()))
    apply(goal, details, allowed=GOAL)
    log.record(by=by, verb="programmes.add_goal", target=goal)
    return goal


@transaction.atomic
def edit_goal(*, by: Person, goal: Goal, details: Mapping[str, object]) -> None:
    """Change the words of a goal."""
    log.record(by=by, verb="programmes.edit_goal", target=goal, changed=apply(goal, details, allowed=GOAL))


@transaction.atomic
def move_goal(*, by: Person, goal: Goal, step: int) -> None:
    """One place up or down."""
    reorder(list(goal.programme.goals.select_for_update()), goal, step)
    log.record(by=by, verb="programmes.move_goal", target=goal, step=step)


@transaction.atomic
def remove_goal(*, by: Person, goal: Goal) -> None:
    """Take a goal away; activities no longer say they serve it."""
    log.record(by=by, verb="programmes.remove_goal", target=goal.programme, title=goal.title)
    goal.delete()
