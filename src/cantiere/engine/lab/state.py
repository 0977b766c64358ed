"""What follows from the log of a laboratory: where we are, who sits where, what was said and counted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cantiere.engine.lab.script import Block, GroupsPlan, HarvestPlan, QuestionPlan, Script, VotePlan
from cantiere.engine.voting import Question, Result, Tally, result

# Whoever leads may bring back what is gone; what was withdrawn by whoever gave it comes back to nobody.
SHOWN, HELD, GONE, WITHDRAWN = "shown", "held", "gone", "withdrawn"
PAPER = "paper:"


def typed_for(name: str) -> str:
    """The group of what counts under this name, which was typed from paper; empty for the hall."""
    return name.removeprefix(PAPER).rpartition(":")[0]


@dataclass
class Idea:
    """A text somebody gave; ``ref`` is the number of its event. Merged ones stand behind ``into``."""

    ref: int
    actor: str
    text: str
    name: str = ""
    state: str = SHOWN
    into: int = 0
    ups: set[str] = field(default_factory=set)
    people: int = 1

    @property
    def stands(self) -> bool:
        """Whether it counts: neither removed nor withdrawn."""
        return self.state in {SHOWN, HELD}


@dataclass
class Answers:
    """What was answered to one question; ``before`` is the result of the vote before the discussion."""

    by: dict[str, Any] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)  # of how many somebody speaks, where not of one
    among: dict[str, int] = field(default_factory=dict)  # how many sat where a line of paper was written
    tally: Tally = field(default_factory=Tally)
    ideas: dict[int, Idea] = field(default_factory=dict)
    before: Result | None = None
    shown: bool = False
    turn: int = 1
    begun: int = 0  # when the second turn began, which ended the first

    def standing(self) -> Iterator[Idea]:
        """Ideas that are not merged into another one, in the order they came."""
        return (idea for idea in self.ideas.values() if not idea.into and idea.stands)

    def authors(self) -> dict[int, int]:
        """How many people said each idea, those whose words were merged into it too."""
        said: dict[int, dict[str, int]] = {ref: {} for ref in self.ideas}
        for idea in self.ideas.values():
            for ref in {idea.ref, idea.into if idea.stands and idea.into else idea.ref}:
                said[ref][idea.actor] = idea.people
        return {ref: sum(people.values()) for ref, people in said.items()}

    def on_paper(self) -> dict[int, str]:
        """What was typed for a table or the hall: the number of its event → the name it counts under."""
        typed = {*self.by, *(idea.actor for idea in self.ideas.values() if idea.stands)}
        return {int(name.rpartition(":")[2]): name for name in sorted(typed) if name.startswith(PAPER)}

    def people_on_paper(self) -> dict[int, int]:
        """Of how many people each speaks that was typed, by the number of its event."""
        said = {idea.ref: idea.people for idea in self.ideas.values()}
        return {ref: said.get(ref, self.people.get(name, 1)) for ref, name in self.on_paper().items()}

    def withdraw(self, idea: Idea) -> None:
        """Whoever gave it takes it back; of those merged into it the first that is shown leads the others."""
        idea.state = WITHDRAWN
        behind = [each for each in self.ideas.values() if each.into == idea.ref]
        first = min(behind, key=lambda each: (each.state != SHOWN, not each.stands), default=None)
        for each in behind:
            each.into = first.ref if first is not None and each is not first else 0

    def of(self, actor: str) -> list[Idea]:
        """The ideas of one person."""
        return [idea for idea in self.ideas.values() if idea.actor == actor]


@dataclass
class Timer:
    """``ends`` is when it rings (milliseconds since 1970), ``left`` what remains while it stands still."""

    ends: int | None = None
    left: int | None = None


@dataclass
class Notice:
    """A word of the facilitator to everybody or to one group."""

    text: str = ""
    at: int = 0


@dataclass
class LabState:
    """The laboratory after so many events of its log."""

    script: Script = field(default_factory=Script)
    current: str = ""
    begun: int = 0  # when the current block began
    timer: Timer = field(default_factory=Timer)
    people: dict[str, bool] = field(default_factory=dict)  # who came in → whether online
    out: set[str] = field(default_factory=set)  # whom the facilitator showed out
    seats: dict[str, dict[str, str]] = field(default_factory=dict)  # block → person → group
    stood: dict[str, set[str]] = field(default_factory=dict)  # block → whom the facilitator asked to stand up
    seating: int = 0  # grows whenever somebody's group may have changed
    answers: dict[str, Answers] = field(default_factory=dict)
    wall: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    called: str = ""  # to the plenary, while people still sit in groups
    said: Notice = field(default_factory=Notice)
    said_to: dict[str, Notice] = field(default_factory=dict)
    help: dict[str, int] = field(default_factory=dict)  # group → since when it asks for help
    frozen: dict[str, set[str]] = field(default_factory=dict)  # block → groups whose board stands still
    focus: dict[str, str] = field(default_factory=dict)  # block → the one area that is open
    active: dict[str, set[str]] = field(default_factory=dict)  # block → who did something in it
    ended: int = 0

    @property
    def block(self) -> Block | None:
        """The one that is running."""
        return self.script.blocks.get(self.current)

    def answers_to(self, block: str) -> Answers:
        """What was answered so far; an empty one where nobody did."""
        return self.answers.get(block) or Answers()

    def seats_in(self, block: str) -> dict[str, str]:
        """Who sits where in a block; a table that was taken away seats nobody."""
        tables = self.script.tables
        return {actor: group for actor, group in self.seats.get(block, {}).items() if group in tables}

    def group_of(self, actor: str) -> str:
        """The group somebody sits in now; empty in plenary."""
        block = self.block
        if block is None or not isinstance(block.plan, GroupsPlan):
            return ""
        group = self.seats.get(block.key, {}).get(actor, "")
        return group if group in self.script.tables else ""

    def question_of(self, key: str) -> Question | None:
        """The question a block asks, if it does; a vote's options are what its source brought."""
        block = self.script.blocks.get(key)
        if block is None:
            return None
        if isinstance(block.plan, QuestionPlan):
            return block.plan.question
        if isinstance(block.plan, VotePlan):
            options = list(self.options_of(block.plan))
            return Question(block.plan.asks, options, min(block.plan.most, max(len(options), 1)))
        return None

    def gathered(self, key: str) -> list[dict[str, Any]]:
        """What a block brought before everybody: what was put on the wall, else the ideas people see.

        Items have ``key`` (unique among them), ``text``, ``group`` and ``count``: how many said it.
        """
        block = self.script.blocks.get(key)
        if block is not None and isinstance(block.plan, HarvestPlan):
            key = block.plan.of
        if key in self.wall:
            return [{**item, "key": f"w{item['ref']}"} for item in self.wall[key]]
        answers = self.answers_to(key)
        authors = answers.authors()
        return [
            {"key": f"i{idea.ref}", "text": idea.text, "group": "", "count": authors[idea.ref]}
            for idea in answers.standing()
            if idea.state == SHOWN
        ]

    def options_of(self, plan: VotePlan) -> dict[str, str]:
        """What is weighed, by key its words."""
        return {item["key"]: str(item["text"]) for item in self.gathered(plan.of)}

    def result_of(self, key: str) -> Result | None:
        """What the answers to a block say together."""
        question = self.question_of(key)
        return result(question, self.answers_to(key).tally) if question is not None else None
