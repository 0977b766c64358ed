"""Writing the run sheet: its blocks, their order, their plans."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.telling import tell_script
from cantiere.activities.labs.methods import Step
from cantiere.activities.labs.models import Block, Lab
from cantiere.activities.labs.models.script import new_key
from cantiere.activities.labs.queries.script import answered
from cantiere.engine.lab.script import Plan, json_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, reorder

FIELDS = {"title", "goal", "minutes", "material", "hands_on"}
MOST_BLOCKS = 40


@transaction.atomic
def add_block(
    *, by: Person | None, lab: Lab, plan: Plan, details: Mapping[str, object], after: Block | None = None
) -> Block:
    """One more block, after another one or at the end."""
    rows = _rows(lab)
    _leave_room(rows, 1)
    place = rows.index(after) + 1 if after in rows else len(rows)
    block = Block(lab=lab, kind=plan.kind, plan=json_of(plan))
    apply(block, details, allowed=FIELDS)
    _number([*rows[:place], block, *rows[place:]])
    _changed(by, lab, "labs.add_block", block)
    return block


@transaction.atomic
def edit_block(
    *, by: Person | None, block: Block, details: Mapping[str, object], plan: Plan | None = None
) -> None:
    """Change the words of a block, and what people do in it; its kind and its key stay."""
    if plan is not None:
        details = {**details, "plan": json_of(plan)}
    changed = apply(block, details, allowed=FIELDS | {"plan"})
    if changed:
        _changed(by, block.lab, "labs.edit_block", block, changed=changed)


@transaction.atomic
def move_block(*, by: Person | None, block: Block, step: int) -> None:
    """One place up (-1) or down (+1)."""
    reorder(_rows(block.lab), block, step)
    _changed(by, block.lab, "labs.move_block", block)


@transaction.atomic
def copy_block(*, by: Person | None, block: Block) -> Block:
    """The same once more, right after it: it has its own key, so its own answers."""
    details = {name: getattr(block, name) for name in FIELDS}
    return add_block(by=by, lab=block.lab, plan=block.read_plan, details=details, after=block)


@transaction.atomic
def remove_block(*, by: Person | None, block: Block) -> None:
    """Take it away; blocks that followed it say that their source is missing. What was answered stays."""
    lab = block.lab
    if answered(block):
        raise ValidationError(
            _("People have answered here already: the block stays until the laboratory ends.")
        )
    log.record(by=by, verb="labs.remove_block", target=block, title=block.title)
    block.delete()
    _number(_rows(lab))
    tell_script(lab=lab)


@transaction.atomic
def add_steps(*, by: Person | None, lab: Lab, steps: Sequence[tuple[int, Step]], method: str) -> list[Block]:
    """The chosen steps of a method at the end, by their place in it; what they follow follows along."""
    rows = _rows(lab)
    _leave_room(rows, len(steps))
    keys = {place: new_key() for place, _step in steps}
    made = []
    for place, step in steps:
        plan = json_of(step.plan)
        if step.follows is not None:
            plan["of"] = keys.get(step.follows, "")
        words = {name: getattr(step, name) for name in FIELDS}
        made.append(Block(lab=lab, key=keys[place], kind=step.plan.kind, plan=plan, **words))
    _number([*rows, *made])
    log.record(by=by, verb="labs.add_method", target=lab, method=method, blocks=len(made))
    tell_script(lab=lab)
    return made


def _rows(lab: Lab) -> list[Block]:
    """The blocks in their order, none of which anybody else moves meanwhile."""
    Lab.objects.select_for_update().get(pk=lab.pk)
    return list(lab.blocks.all())


def _leave_room(rows: Sequence[Block], more: int) -> None:
    if len(rows) + more > MOST_BLOCKS:
        raise ValidationError(_("A run sheet has at most 40 blocks: remove one first."))


def _number(rows: Sequence[Block]) -> None:
    for number, row in enumerate(rows):
        if row.pk is None or row.order != number:
            row.order = number
            row.save()


def _changed(by: Person | None, lab: Lab, verb: str, block: Block, **details: object) -> None:
    log.record(by=by, verb=verb, target=block, **details)
    tell_script(lab=lab)
