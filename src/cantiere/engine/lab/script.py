"""The run sheet: timed blocks, each with a plan of what people do in it.

A plan is kept as JSON and read back strictly: what it does not know is an error, so that a run sheet of
another version is refused when it is read and not when a room full of people waits for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from cantiere.engine.voting import Question

PLENARY, QUESTION, GROUPS, BREAK, HARVEST, VOTE = "plenary", "question", "groups", "break", "harvest", "vote"
KINDS = (PLENARY, QUESTION, GROUPS, BREAK, HARVEST, VOTE)
BALANCED, CHOSEN, BY_HAND, ROTATE, SAME = "balanced", "chosen", "hand", "rotate", "same"
ASSIGNMENTS = (BALANCED, CHOSEN, BY_HAND, ROTATE, SAME)
TRAITS = ("place", "actor")
VOTES = ("multiple", "points")
LONGEST_MINUTES = 480


@dataclass(frozen=True)
class Option:
    """Something to choose: its key never changes once people have seen it, its words may."""

    key: str
    text: str


@dataclass(frozen=True)
class Area:
    """A part of a board, placed in a grid of 1000 by 1000; ``prompt`` says what belongs there."""

    key: str
    title: str
    prompt: str = ""
    x: int = 0
    y: int = 0
    w: int = 1000
    h: int = 1000


@dataclass(frozen=True)
class PlenaryPlan:
    """Everybody together: somebody speaks."""

    kind: ClassVar[str] = PLENARY
    speaker: str = ""


@dataclass(frozen=True)
class BreakPlan:
    """A pause."""

    kind: ClassVar[str] = BREAK


@dataclass(frozen=True)
class QuestionPlan:
    """A live question; ``asks`` is one of :data:`cantiere.engine.voting.questions.KINDS`.

    ``hidden``: results are seen when they are shown, not while people still answer. ``standing``: it stays at
    hand during the other blocks, as questions to the speakers do. ``right`` are the keys that a quiz wants.
    """

    kind: ClassVar[str] = QUESTION
    prompt: str = ""
    asks: str = "ideas"
    options: Sequence[Option] = ()
    most: int = 1
    steps: int = 5
    right: Sequence[str] = ()
    labels: Sequence[str] = ()  # words for the two ends of a scale
    named: bool = False
    hidden: bool = True
    moderated: bool = False
    upvotes: bool = False
    standing: bool = False

    @property
    def question(self) -> Question:
        """What answers are checked against."""
        return Question(
            self.asks, [option.key for option in self.options], self.most, self.steps, tuple(self.right)
        )


@dataclass(frozen=True)
class GroupsPlan:
    """Work in groups, each on its board; ``of`` names the block whose groups turn (or stay) here.

    ``spread`` are the traits every group gets its share of. ``tables`` are keys of the laboratory's groups
    that are used; none means all. ``size`` is the most people of a group people choose themselves.
    ``goes_on``: each table finds its board as block ``of`` left it, and the areas are added to those.
    """

    kind: ClassVar[str] = GROUPS
    assign: str = BALANCED
    of: str = ""
    spread: Sequence[str] = TRAITS
    tables: Sequence[str] = ()
    size: int = 0
    method: str = ""
    areas: Sequence[Area] = ()
    goes_on: bool = False
    shared: bool = False
    shape: bool = False
    dots: int = 0
    together: Sequence[Sequence[str]] = ()
    apart: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class HarvestPlan:
    """What the groups found (or people wrote in block ``of``) comes before everybody."""

    kind: ClassVar[str] = HARVEST
    of: str = ""


@dataclass(frozen=True)
class VotePlan:
    """Everybody weighs what came out of block ``of``: ``asks`` is multiple or points."""

    kind: ClassVar[str] = VOTE
    of: str = ""
    prompt: str = ""
    asks: str = "multiple"
    most: int = 3
    hidden: bool = True


Plan = PlenaryPlan | BreakPlan | QuestionPlan | GroupsPlan | HarvestPlan | VotePlan
_PLANS: dict[str, type[Plan]] = {
    each.kind: each for each in (PlenaryPlan, BreakPlan, QuestionPlan, GroupsPlan, HarvestPlan, VotePlan)
}
_PARTS: dict[str, type[Option] | type[Area]] = {"options": Option, "areas": Area}


def plan_of(kind: str, said: Mapping[str, Any]) -> Plan:
    """The plan that JSON holds; :class:`ValueError` where it is none of this kind."""
    if kind not in KINDS:
        raise ValueError(f"No block is called {kind}.")
    try:
        parts: dict[str, Any] = {
            name: tuple(_well_formed(_PARTS[name](**each)) for each in value)
            if name in _PARTS
            else _frozen(value)
            for name, value in said.items()
        }
        plan = _well_formed(_PLANS[kind](**parts))
    except (TypeError, AttributeError) as wrong:
        raise ValueError(f"This is no plan of a block of kind {kind}: {wrong}") from wrong
    if isinstance(plan, QuestionPlan) and plan.question.steps < 2:
        raise ValueError("A scale has two steps at least.")
    if isinstance(plan, VotePlan) and plan.asks not in VOTES:
        raise ValueError(f"Nothing is weighed by {plan.asks}.")
    return plan


P = TypeVar("P", bound="Plan | Option | Area | Table")


def _well_formed(part: P) -> P:
    """The part, if each value is of the kind its default is; keys and words are never empty of meaning."""
    for each in fields(part):
        value, usual = getattr(part, each.name), each.default
        wanted = str if usual is MISSING else type(usual)
        if type(value) is not wanted or (wanted is tuple and not _words_only(value, each.name)):
            raise TypeError(f"{each.name} is {value!r}")
    return part


def _words_only(value: Any, name: str) -> bool:
    if name in _PARTS:
        return True  # each was looked at when it was made
    if name in {"together", "apart"}:
        return all(isinstance(each, tuple) and each and _words_only(each, "") for each in value)
    return all(isinstance(each, str) for each in value)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def json_of(plan: Plan) -> dict[str, Any]:
    """A plan as JSON holds it; read by :func:`plan_of` it is the same again."""
    return asdict(plan)


@dataclass(frozen=True)
class Block:
    """A stretch of the run sheet; ``minutes`` is how long it is meant to take."""

    key: str
    plan: Plan
    title: str
    goal: str = ""
    minutes: int = 10

    @property
    def kind(self) -> str:
        """plenary, question, groups, break, harvest or vote."""
        return self.plan.kind


@dataclass(frozen=True)
class Table:
    """A group of the laboratory: a table in the hall, or an ``online`` room; ``paper`` where nobody types."""

    key: str
    name: str
    paper: bool = False
    online: bool = False


@dataclass(frozen=True)
class Script:
    """All blocks in their order, and the groups."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)

    def tables_of(self, plan: GroupsPlan) -> list[Table]:
        """The groups a block uses, in their order."""
        return [table for key, table in self.tables.items() if not plan.tables or key in plan.tables]

    def as_json(self) -> dict[str, Any]:
        """As an event of the log holds it."""
        return {
            "blocks": [
                {
                    "key": block.key,
                    "kind": block.kind,
                    "title": block.title,
                    "goal": block.goal,
                    "minutes": block.minutes,
                    "plan": json_of(block.plan),
                }
                for block in self.blocks.values()
            ],
            "groups": [asdict(table) for table in self.tables.values()],
        }


def script_of(said: Mapping[str, Any]) -> Script:
    """The run sheet that an event holds; :class:`ValueError` where it is none."""
    try:
        blocks = {each["key"]: _block_of(each) for each in said["blocks"]}
        tables = {each["key"]: _well_formed(Table(**each)) for each in said["groups"]}
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError(f"This is no run sheet: {wrong}") from wrong
    if "" in blocks or "" in tables:
        raise ValueError("A block or a group has no key.")
    return Script(blocks, tables)


def _block_of(said: Mapping[str, Any]) -> Block:
    plan = plan_of(said["kind"], said["plan"])
    block = Block(said["key"], plan, said["title"], said["goal"], said["minutes"])
    if not all(isinstance(word, str) for word in (block.key, block.title, block.goal)):
        raise TypeError(block.title)
    if type(block.minutes) is not int or not 1 <= block.minutes <= LONGEST_MINUTES:
        raise TypeError(block.minutes)
    return block
