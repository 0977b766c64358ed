"""Results as pages show them: every figure with its word, every bar with its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.formats import number_format

from cantiere.activities.labs.questions.words import RESULTS
from cantiere.engine.voting.questions import STANCES
from cantiere.foundation.places.models import Place

Json = Mapping[str, Any]
SAID = {"agree": "agrees", "disagree": "disagrees", "pass": "passes"}
SIZES = 6  # of the words of a cloud


@dataclass(frozen=True)
class Part:
    """A piece of a bar: a stance to a statement."""

    key: str
    word: str
    count: int
    percent: float
    left: float  # where it begins, in per cent


@dataclass(frozen=True)
class Bar:
    """One line of a result; ``percent`` is its length, ``size`` that of a word in a cloud (1 to 6).

    ``measure`` says in words what it measures.
    """

    key: str
    text: str
    count: int
    percent: int
    size: int
    was: int | None  # per cent in the first vote
    right: bool
    measure: str
    parts: Sequence[Part] = field(default=())


@dataclass(frozen=True)
class Outcome:
    """The result of a question, ready to be drawn or read out."""

    asks: str
    people: int
    paper: int
    bars: Sequence[Bar]
    mean: str
    median: str
    right: int | None

    @property
    def figures(self) -> list[str]:
        """What stands under the picture, sentence by sentence."""
        said = [_count("people", "one_person", "no_one", self.people)]
        if self.paper:
            said.append(_filled("paper", n=self.paper))
        if self.mean:
            said.append(f"{_filled('mean', n=self.mean)}, {_filled('median', n=self.median)}.")
        if self.right is not None:
            said.append(_filled("right", n=self.right, of=self.people))
        return said

    @property
    def sentences(self) -> list[str]:
        """All of it in words, for whoever writes down or interprets."""
        return [*self.figures, *(self.spoken(bar) for bar in self.bars)]

    def spoken(self, bar: Bar) -> str:
        """A line in words."""
        if bar.parts:
            told = ", ".join(f"{part.word} {part.count}" for part in bar.parts)
            return f"{bar.text}: {told}"
        said = f"{bar.text}: {bar.measure}"
        if bar.was is None:
            return said
        return f"{said} ({_filled('was', before=f'{bar.was} %')})"


def outcome(asked: Json) -> Outcome | None:
    """The result of a question as a frame tells it; ``None`` while it may not be seen."""
    told = asked.get("results")
    if told is None or asked["asks"] == "ideas":
        return None
    before = {line["key"]: _percent(line["share"]) for line in told.get("before", {}).get("lines", ())}
    names = _names(asked, told)
    most = max((line["count"] for line in told["lines"]), default=0)
    bars = [
        Bar(
            line["key"],
            names.get(line["key"], line["text"]),
            line["count"],
            _percent(line["share"]),
            _size(line["count"], most),
            before.get(line["key"], 0) if "before" in told else None,
            line["key"] in asked.get("right", ()),
            _measure(asked["asks"], line, told["people"]),
            _parts(line) if asked["asks"] == "statements" else (),
        )
        for line in told["lines"]
    ]
    if asked["asks"] == "pin":
        bars = _by_name(bars)
    mean, median = (_number(told[name]) if name in told else "" for name in ("mean", "median"))
    return Outcome(asked["asks"], told["people"], told["paper"], bars, mean, median, told.get("right"))


def _by_name(bars: Sequence[Bar]) -> list[Bar]:
    """Pins of one municipality stand together, however far apart in it."""
    found: dict[str, Bar] = {}
    for bar in bars:
        other = found.get(bar.text)
        if other is not None:
            count = bar.count + other.count
            bar = replace(other, count=count, percent=bar.percent + other.percent, measure=str(count))  # noqa: PLW2901
        found[bar.text] = bar
    return sorted(found.values(), key=lambda bar: (-bar.count, bar.text))


def _names(asked: Json, told: Json) -> dict[str, str]:
    """Words for keys that have none: the places of pins, the steps of a scale."""
    if asked["asks"] == "pin":
        cells = [line["key"].split() for line in told["lines"]]
        return Place.objects.near([(float(lng), float(lat)) for lng, lat in cells])
    if asked["asks"] != "scale" or not asked["labels"]:
        return {}
    first, last = [*asked["labels"], ""][:2]
    ends = {"1": first, str(asked["steps"]): last}
    return {step: f"{step} · {words}" for step, words in ends.items() if words}


def _measure(asks: str, line: Json, people: int) -> str:
    if asks == "points":
        return _filled("points", n=line["count"])
    if asks == "ranking":
        return _filled("score", n=line["count"])
    if asks in {"words", "pin"}:
        return str(line["count"])
    return f"{_filled('of_people', n=line['count'], of=people)} ({_percent(line['share'])} %)"


def _parts(line: Json) -> list[Part]:
    counts = [line.get("parts", {}).get(stance, 0) for stance in STANCES]
    total, made, left = sum(counts) or 1, [], 0.0
    for stance, count in zip(STANCES, counts, strict=True):
        made.append(Part(stance, str(RESULTS[SAID[stance]]), count, count * 100 / total, left))
        left += count * 100 / total
    return made


def _percent(share: float) -> int:
    """Half a hundredth counts up, as browsers round it."""
    return int(share * 100 + 0.5)


def _size(count: int, most: int) -> int:
    return 1 + round((SIZES - 1) * count / most) if most else 1


def _number(value: float) -> str:
    return number_format(int(value) if value == int(value) else round(value, 1))


def _filled(key: str, **values: object) -> str:
    said = str(RESULTS[key])
    for name, value in values.items():
        said = said.replace("{" + name + "}", str(value))
    return said


def _count(many: str, one: str, none: str, number: int) -> str:
    return str(RESULTS[none]) if not number else str(RESULTS[one]) if number == 1 else _filled(many, n=number)
