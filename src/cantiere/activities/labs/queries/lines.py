"""The numbers of a block as a table with bars: one row a thing that could be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cantiere.activities.labs.models import BlockResult
from cantiere.engine.voting import Question, RefusedError, Tally, clean, result
from cantiere.thread.contributions.models import Contribution

STANCES = ("agree", "disagree", "pass")
LONGEST = 160


@dataclass(frozen=True)
class Bar:
    """A row: its words, its numbers, its share of the base (0 to 1), which is also the length of its bar."""

    label: str
    cells: Sequence[int]
    share: float
    moved: int | None = None  # percentage points since the vote before the discussion
    said: Contribution | None = None  # what was weighed, where people said it

    @property
    def percent(self) -> int:
        """The share in hundredths."""
        return round(self.share * 100)

    @property
    def url(self) -> str:
        """The page of what was weighed."""
        return self.said.get_absolute_url() if self.said is not None else ""

    @property
    def moved_words(self) -> str:
        """«+12» or «−4»: a minus as printers set it."""
        return "" if self.moved is None else f"{self.moved:+d}".replace("-", "−")


@dataclass(frozen=True)
class Chart:
    """``heads`` name the columns of numbers; ``note`` says what they are of."""

    first: str
    heads: Sequence[str]
    bars: Sequence[Bar]
    sentence: str
    moves: bool = False

    @property
    def has_percent(self) -> bool:
        """Whether shares say anything: where one number stands beside each line."""
        return len(self.heads) == 1 and any(bar.share for bar in self.bars)

    @property
    def columns(self) -> list[str]:
        """All heads of the table."""
        more = ["%"] if self.has_percent else []
        return [self.first, *self.heads, *more, *([_("Since the first vote")] if self.moves else [])]

    def row(self, bar: Bar) -> list[str]:
        """A line of the table, in the order of its heads."""
        more = [str(bar.percent)] if self.has_percent else []
        moved = [bar.moved_words] if self.moves else []
        return [bar.label, *map(str, bar.cells), *more, *moved]


def chart(row: BlockResult, texts: Mapping[int, Contribution], *, moves: bool = True) -> Chart | None:
    """The chart of a block; ``None`` where nothing is counted.

    ``texts`` are those of what was weighed; ``moves`` says how far it moved since the first vote.
    """
    told = row.result
    if not told.get("lines"):
        return None
    moved = dict(told.get("shift") or []) if moves else {}
    bars = [
        Bar(
            _label(row, line, texts),
            _cells(row.asks, line),
            line["share"],
            round(moved[line["key"]] * 100) if line["key"] in moved else None,
            texts.get(line.get("said") or 0),
        )
        for line in told["lines"]
    ]
    return Chart(_first(row.asks), _heads(row.asks), bars, sentence(row), moves=bool(moved))


def cloud(texts: Sequence[str], people: int) -> Chart:
    """Words that people wrote, forms of one word together, the commonest first."""
    question, tally = Question("words", most=100), Tally()
    for text in texts:
        try:
            answer = clean(question, [word[:40] for word in text.split(",")][:100])
        except RefusedError:
            continue
        tally.add(question, answer)
    found = result(question, tally)
    bars = [Bar(line.key, [line.count], line.share) for line in found.lines]
    return Chart(_("Word"), [_("People")], bars, _people(people))


def _label(row: BlockResult, line: Mapping[str, Any], texts: Mapping[int, Contribution]) -> str:
    if "said" in line:
        said = texts.get(line["said"] or 0)
        words = " ".join(said.text.split()) if said is not None else _("(a text that is not published)")
        return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    if row.asks == "pin" and line["text"] == line["key"]:
        lng, lat = line["key"].split()
        return pgettext("position on the map", "{lat} north, {lng} east").format(lat=lat, lng=lng)
    return str(line["text"])


def _first(asks: str) -> str:
    return {"scale": _("Step"), "pin": _("Place"), "statements": _("Statement")}.get(
        asks, pgettext("column", "Answer")
    )


def _heads(asks: str) -> list[str]:
    if asks == "statements":
        return [_("Agree"), _("Disagree"), _("Pass")]
    return [_("Points")] if asks in {"points", "ranking"} else [_("People")]


def _cells(asks: str, line: Mapping[str, Any]) -> list[int]:
    if asks == "statements":
        return [line.get("parts", {}).get(stance, 0) for stance in STANCES]
    return [line["count"]]


def _people(people: int) -> str:
    return ngettext("{n} person answered.", "{n} people answered.", people).format(n=people)


def sentence(row: BlockResult) -> str:
    """How many answered, and what else one number says."""
    told, parts = row.result, [_people(int(row.result.get("people", 0)))]
    if told.get("paper"):
        parts.append(_("{n} of them on paper.").format(n=told["paper"]))
    if told.get("mean") is not None:
        numbers = {"mean": _number(told["mean"]), "median": _number(told["median"])}
        parts.append(_("Mean {mean}, median {median}.").format(**numbers))
    if told.get("right") is not None:
        parts.append(
            ngettext("{n} answer was right.", "{n} answers were right.", told["right"]).format(
                n=told["right"]
            )
        )
    if told.get("before"):
        parts.append(_("Before the discussion {n} had answered.").format(n=told["before"]["people"]))
    return " ".join(parts)


def _number(value: float) -> str:
    return str(number_format(Decimal(f"{value:.2f}").normalize(), use_l10n=True))
