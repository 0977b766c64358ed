"""Whether a block can run where it stands in the run sheet.

What is missing is said as a field of the plan and a code, which whoever writes the run sheet reads in words.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from cantiere.engine.lab.script import (
    ROTATE,
    SAME,
    Block,
    GroupsPlan,
    HarvestPlan,
    Plan,
    QuestionPlan,
    VotePlan,
)

Missing = list[tuple[str, str]]
CHOICES = frozenset({"single", "multiple", "ranking", "points", "quiz"})
"""Questions with answers to choose from: two at least. Statements are judged one by one: one will do."""


def missing(block: Block, earlier: Sequence[Block], tables: Collection[str]) -> Missing:
    """What keeps a block from running, after ``earlier`` and with these groups; empty when it can."""
    check = _CHECKS.get(block.kind)
    return check(block.plan, earlier, tables) if check is not None else []


def sources(plan: Plan, earlier: Sequence[Block]) -> list[Block]:
    """Earlier blocks a plan may be ``of``: whose groups turn, whose notes or ideas are gathered."""
    if isinstance(plan, GroupsPlan):
        fits = _in_groups if plan.assign in (ROTATE, SAME) else _never
    elif isinstance(plan, HarvestPlan):
        fits = _brings
    elif isinstance(plan, VotePlan):
        fits = _gathers_or_brings
    else:
        fits = _never
    return [block for block in earlier if fits(block)]


def _never(_block: Block) -> bool:
    return False


def _in_groups(block: Block) -> bool:
    return isinstance(block.plan, GroupsPlan)


def _brings(block: Block) -> bool:
    plan = block.plan
    if isinstance(plan, GroupsPlan):
        return bool(plan.areas) or plan.goes_on
    return isinstance(plan, QuestionPlan) and plan.asks == "ideas"


def _gathers_or_brings(block: Block) -> bool:
    return isinstance(block.plan, HarvestPlan) or _brings(block)


def _of(plan: Any, earlier: Sequence[Block], nothing: str) -> Missing:
    found = sources(plan, earlier)
    if not found:
        return [("of", nothing)]
    return [] if plan.of in {block.key for block in found} else [("of", "no_source")]


def _question(plan: QuestionPlan, _earlier: Sequence[Block], _tables: Collection[str]) -> Missing:
    found: Missing = [] if plan.prompt else [("prompt", "no_prompt")]
    options = [option.key for option in plan.options]
    if plan.asks in CHOICES and len(options) < 2:
        found.append(("options", "few_options"))
    if plan.asks == "statements" and not options:
        found.append(("options", "no_statements"))
    if plan.asks == "multiple" and len(options) >= 2 and plan.most > len(options):
        found.append(("most", "most_beyond"))
    if plan.asks == "quiz" and not (plan.right and set(plan.right) <= set(options)):
        found.append(("right", "no_right"))
    return found


def _groups(plan: GroupsPlan, earlier: Sequence[Block], tables: Collection[str]) -> Missing:
    found: Missing = [] if tables else [("tables", "no_groups")]
    if not set(plan.tables) <= set(tables):
        found.append(("tables", "group_gone"))
    if plan.assign in (ROTATE, SAME):
        found += _of(plan, earlier, "no_earlier_groups")
    if plan.dots and not (plan.areas or plan.goes_on):
        found.append(("dots", "dots_without_board"))
    return found


def _harvest(plan: HarvestPlan, earlier: Sequence[Block], _tables: Collection[str]) -> Missing:
    return _of(plan, earlier, "nothing_to_gather")


def _vote(plan: VotePlan, earlier: Sequence[Block], _tables: Collection[str]) -> Missing:
    return [*([] if plan.prompt else [("prompt", "no_prompt")]), *_of(plan, earlier, "nothing_to_weigh")]


_CHECKS: dict[str, Callable[[Any, Sequence[Block], Collection[str]], Missing]] = {
    QuestionPlan.kind: _question,
    GroupsPlan.kind: _groups,
    HarvestPlan.kind: _harvest,
    VotePlan.kind: _vote,
}
