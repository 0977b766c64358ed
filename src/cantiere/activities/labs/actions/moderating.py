"""What people wrote before others see it: let through, held, taken down, put together; and who may stay."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from cantiere.activities.labs.actions.chair import REFUSALS, Chair
from cantiere.activities.labs.models import Participant
from cantiere.engine.lab import Idea, LabState
from cantiere.engine.lab.state import GONE
from cantiere.foundation.core import log


def moderate(*, chair: Chair, block: str, refs: Sequence[int], state: str) -> None:
    """Show ideas, hold them back or take them down; the same words bring them back."""
    for ref in refs:
        chair.does("moderate", block, ref=ref, state=state)


def moderate_device(*, chair: Chair, actor: str, state: str) -> None:
    """The same for all that one device sent, in every question."""
    stood = chair.asks(lambda lab: any(idea.stands for idea in _said_by(lab.own, actor)))
    chair.does("moderate", actor=actor, state=state)
    if state == GONE and stood:
        _note(chair, "labs.take_down", actor)


def merge(*, chair: Chair, block: str, refs: Sequence[int]) -> None:
    """Put ideas together under the first one given; all who said them are counted."""
    if len(set(refs)) < 2:
        raise ValidationError(REFUSALS["refs"])
    into, *others = dict.fromkeys(refs)
    chair.does("merge", block, into=into, refs=others)


def unmerge(*, chair: Chair, block: str, refs: Sequence[int]) -> None:
    """Let ideas stand by themselves again."""
    for ref in refs:
        chair.does("unmerge", block, ref=ref)


def show_out(*, chair: Chair, actor: str) -> None:
    """Somebody may not go on: their seat is free, their device hears nothing more."""
    before = chair.asks(lambda lab: actor in lab.own.out)
    chair.does("exclude", actor=actor, out=True)
    chair.does("revoke", actor=actor)
    if not before:
        _note(chair, "labs.show_out", actor)


def let_back(*, chair: Chair, actor: str) -> None:
    """Somebody who was shown out may come in again."""
    before = chair.asks(lambda lab: actor in lab.own.out)
    chair.does("exclude", actor=actor, out=False)
    if before:
        _note(chair, "labs.let_back", actor)


def _said_by(lab: LabState, actor: str) -> list[Idea]:
    return [idea for answers in lab.answers.values() for idea in answers.of(actor)]


def _note(chair: Chair, verb: str, actor: str) -> None:
    """A line in the audit log: who decided so about whom, as a row that is deleted with what was live."""
    found = Participant.objects.filter(lab=chair.lab, actor=actor).first()
    if found is not None and not chair.rehearsal:
        with transaction.atomic():
            log.record(by=chair.by, verb=verb, target=found)
