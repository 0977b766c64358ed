"""What many answers say together: lines of a table, from which every picture is drawn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cantiere.engine.voting.questions import STANCES, Answer, Question, marks


@dataclass
class Tally:
    """Counted marks and how many people answered; the same answers in any order give the same tally."""

    counts: Counter[str] = field(default_factory=Counter)
    people: int = 0

    def add(self, question: Question, answer: Answer, people: int = 1) -> None:
        """Count the answer of one more person, or the same one of several."""
        for mark, count in marks(question, answer).items():
            self.counts[mark] += count * people
        self.people += people

    def take(self, question: Question, answer: Answer, people: int = 1) -> None:
        """Uncount an answer that was added before, for as many people."""
        self.counts.subtract({mark: count * people for mark, count in marks(question, answer).items()})
        self.people -= people

    def change(self, question: Question, old: Answer, new: Answer) -> None:
        """Somebody changed their mind."""
        self.take(question, old)
        self.add(question, new)


@dataclass(frozen=True)
class Line:
    """One line of a result: ``count`` as the kind counts (people, points, Borda's score).

    ``share`` is of the people who answered (of all points where points are given), from 0 to 1. ``parts``
    tells what a count is made of: places of a ranking, stances to a statement.
    """

    key: str
    count: int
    share: float
    parts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """Lines in the order to read them; ``mean`` and ``median`` of a scale, ``right`` answers of a quiz."""

    people: int
    lines: Sequence[Line]
    mean: float | None = None
    median: float | None = None
    right: int | None = None


def result(question: Question, tally: Tally, *, most: int = 60) -> Result:
    """The result of a tally, at most ``most`` lines where the keys come from people."""
    build = {
        "scale": _scale,
        "ranking": _ranking,
        "statements": _statements,
        "words": _cloud,
        "pin": _pins,
        "ideas": _ideas,
    }.get(question.kind, _options)
    made = build(question, tally)
    if question.kind in {"words", "pin"}:
        return Result(made.people, made.lines[:most])
    return made


def shift(before: Result, after: Result) -> list[tuple[str, float]]:
    """How shares moved between two votes, line by line of the later one, from -1 to 1."""
    earlier = {line.key: line.share for line in before.lines}
    return [(line.key, line.share - earlier.get(line.key, 0.0)) for line in after.lines]


def _share(count: int, base: int) -> float:
    return count / base if base else 0.0


def _options(question: Question, tally: Tally) -> Result:
    base = sum(tally.counts.values()) if question.kind == "points" else tally.people
    lines = [
        Line(option, tally.counts[option], _share(tally.counts[option], base)) for option in question.options
    ]
    right = sum(tally.counts[option] for option in question.right) if question.kind == "quiz" else None
    return Result(tally.people, lines, right=right)


def _scale(question: Question, tally: Tally) -> Result:
    counted = [(step, tally.counts[str(step)]) for step in range(1, question.steps + 1)]
    lines = [Line(str(step), count, _share(count, tally.people)) for step, count in counted]
    if not tally.people:
        return Result(0, lines)
    mean = float(Fraction(sum(step * count for step, count in counted), tally.people))
    return Result(
        tally.people, lines, mean, (_middle(counted, tally.people, 0) + _middle(counted, tally.people, 1)) / 2
    )


def _middle(counted: Sequence[tuple[int, int]], people: int, upper: int) -> int:
    """The lower or the upper of the two answers in the middle (the same one where their number is odd)."""
    wanted, seen = (people - 1 + upper) // 2, 0
    for step, count in counted:
        seen += count
        if seen > wanted:
            return step
    return counted[-1][0]


def _ranking(question: Question, tally: Tally) -> Result:
    best = tally.people * (len(question.options) - 1)
    lines = [
        Line(option, tally.counts[option], _share(tally.counts[option], best), _parts(tally, option))
        for option in question.options
    ]
    return Result(tally.people, sorted(lines, key=lambda line: -line.count))


def _statements(question: Question, tally: Tally) -> Result:
    lines = []
    for option in question.options:
        parts = {stance: tally.counts[f"{option}\0{stance}"] for stance in STANCES}
        lines.append(Line(option, parts["agree"], _share(parts["agree"], sum(parts.values())), parts))
    return Result(tally.people, lines)


def _parts(tally: Tally, key: str) -> dict[str, int]:
    begins = f"{key}\0"
    return {
        name[len(begins) :]: count
        for name, count in sorted(tally.counts.items())
        if count > 0 and name.startswith(begins)
    }


def _cloud(_question: Question, tally: Tally) -> Result:
    """One line a word, named as most people wrote it; at a tie as comes first in the alphabet."""
    written: dict[str, tuple[int, str]] = {}
    for name, count in tally.counts.items():
        root, mark, spelling = name.partition("\0")
        if mark and count > 0:
            written[root] = min(written.get(root, (0, "")), (-count, spelling))
    lines = [
        Line(written[root][1], count, _share(count, tally.people))
        for root, count in tally.counts.items()
        if count > 0 and root in written
    ]
    return Result(tally.people, sorted(lines, key=lambda line: (-line.count, line.key)))


def _pins(_question: Question, tally: Tally) -> Result:
    lines = [
        Line(cell, count, _share(count, tally.people)) for cell, count in tally.counts.items() if count > 0
    ]
    return Result(tally.people, sorted(lines, key=lambda line: (-line.count, line.key)))


def _ideas(_question: Question, tally: Tally) -> Result:
    return Result(tally.people, [])
