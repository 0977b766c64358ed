"""What may be asked live, and what one answer to it is.

An answer is counted as *marks*: pairs of a key and how much it adds. Adding the marks of the new answer and
taking away those of the old is all that changing one's mind needs, and the order of answers never matters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from cantiere.engine.words import spellings, stem

Answer = Any
Marks = Mapping[str, int]

KINDS = ("single", "multiple", "scale", "ranking", "points", "statements", "words", "ideas", "quiz", "pin")
STANCES = ("agree", "disagree", "pass")
POINTS = 100
LONGEST_WORD, LONGEST_IDEA = 40, 500
CELL = 100
"""Pins are counted by the hundredth of a degree, about a kilometre: a place, never a doorstep."""


class RefusedError(ValueError):
    """An answer that does not count; ``code`` says why, for whoever puts it into words."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True)
class Question:
    """``options`` are keys in the order shown; ``most`` answers of one person; ``right`` options of a quiz.

    A scale goes from 1 to ``steps``.
    """

    kind: str
    options: Sequence[str] = ()
    most: int = 1
    steps: int = 5
    right: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"No live question is called {self.kind}.")
        if len(set(self.options)) != len(self.options):
            raise ValueError("Two options have the same key.")


def clean(question: Question, raw: Any) -> Answer:
    """The answer as it is stored: plain JSON; :class:`RefusedError` when it is none."""
    return _CLEAN[question.kind](question, raw)


def marks(question: Question, answer: Answer) -> dict[str, int]:
    """What a clean answer adds to the tally."""
    return _MARKS[question.kind](question, answer)


# Cleaning ---------------------------------------------------------------------------------------
def _option(question: Question, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in question.options:
        raise RefusedError("unknown_option")
    return raw


def _listed(raw: Any) -> list[Any]:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise RefusedError("not_a_list")
    return list(raw)


def _several(question: Question, raw: Any) -> list[str]:
    chosen = {_option(question, each) for each in _listed(raw)}
    if not chosen:
        raise RefusedError("nothing_chosen")
    if len(chosen) > question.most:
        raise RefusedError("too_many", most=question.most)
    return [option for option in question.options if option in chosen]


def _step(question: Question, raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str) or not str(raw).isascii():
        raise RefusedError("not_a_step")
    if not str(raw).isdecimal() or not 1 <= int(raw) <= question.steps:
        raise RefusedError("not_a_step", most=question.steps)
    return int(raw)


def _order(question: Question, raw: Any) -> list[str]:
    ranked = [_option(question, each) for each in _listed(raw)]
    if len(set(ranked)) != len(ranked):
        raise RefusedError("ranked_twice")
    if not ranked:
        raise RefusedError("nothing_chosen")
    return ranked


def _given(question: Question, raw: Any) -> dict[str, int]:
    if not isinstance(raw, Mapping):
        raise RefusedError("not_points")
    points = {_option(question, key): _whole(value) for key, value in raw.items()}
    if sum(points.values()) != POINTS:
        raise RefusedError("not_all_points", left=POINTS - sum(points.values()))
    return {option: points[option] for option in question.options if points.get(option)}


def _whole(raw: Any) -> int:
    written = str(raw).strip() or "0"
    if isinstance(raw, bool) or not written.isascii() or not written.isdecimal() or len(written) > 6:
        raise RefusedError("not_points")
    return int(written)


def _stances(question: Question, raw: Any) -> dict[str, str]:
    if not isinstance(raw, Mapping) or not raw:
        raise RefusedError("nothing_chosen")
    for value in raw.values():
        if value not in STANCES:
            raise RefusedError("unknown_option")
    return {_option(question, key): value for key, value in raw.items()}


def _words(question: Question, raw: Any) -> list[str]:
    written = [" ".join(str(each).split()) for each in _listed(raw)]
    found = list(dict.fromkeys(each for each in written if each))
    if not found:
        raise RefusedError("nothing_written")
    if len(found) > question.most:
        raise RefusedError("too_many", most=question.most)
    if max(map(len, found)) > LONGEST_WORD:
        raise RefusedError("too_long", most=LONGEST_WORD)
    return found


def _idea(_question: Question, raw: Any) -> str:
    text = str(raw).strip() if isinstance(raw, str) else ""
    if not text:
        raise RefusedError("nothing_written")
    if len(text) > LONGEST_IDEA:
        raise RefusedError("too_long", most=LONGEST_IDEA)
    return text


def _position(_question: Question, raw: Any) -> list[float]:
    pair = _listed(raw)
    try:
        lng, lat = (float(each) for each in pair)
    except (TypeError, ValueError, OverflowError) as no_numbers:
        raise RefusedError("not_a_position") from no_numbers
    if not (isfinite(lng) and isfinite(lat) and -180 <= lng <= 180 and -90 <= lat <= 90):
        raise RefusedError("not_a_position")
    return [round(lng * CELL) / CELL, round(lat * CELL) / CELL]


# Counting ---------------------------------------------------------------------------------------
def _mark_words(_question: Question, answer: Sequence[str]) -> dict[str, int]:
    """Forms of one word count together; how each was written counts too, to show the commonest."""
    found: dict[str, int] = {}
    for words in answer:
        told = spellings(words)
        root = " ".join(map(stem, told)) or words.casefold()
        found.setdefault(root, 1)
        found.setdefault(f"{root}\0{' '.join(told.values()) or words.casefold()}", 1)
    return found


def _mark_order(question: Question, answer: Sequence[str]) -> dict[str, int]:
    """Borda: of ``n`` options the first gets ``n - 1``, the next one less, what was not ranked nothing."""
    size = len(question.options)
    scored = {option: size - 1 - place for place, option in enumerate(answer)}
    return scored | {f"{option}\0{place + 1}": 1 for place, option in enumerate(answer)}


_CLEAN: dict[str, Callable[[Question, Any], Answer]] = {
    "single": _option,
    "multiple": _several,
    "scale": _step,
    "ranking": _order,
    "points": _given,
    "statements": _stances,
    "words": _words,
    "ideas": _idea,
    "quiz": _option,
    "pin": _position,
}
_MARKS: dict[str, Callable[[Question, Any], dict[str, int]]] = {
    "single": lambda _question, answer: {answer: 1},
    "multiple": lambda _question, answer: dict.fromkeys(answer, 1),
    "scale": lambda _question, answer: {str(answer): 1},
    "ranking": _mark_order,
    "points": lambda _question, answer: dict(answer),
    "statements": lambda _question, answer: {f"{key}\0{stance}": 1 for key, stance in answer.items()},
    "words": _mark_words,
    "ideas": lambda _question, _answer: {"": 1},
    "quiz": lambda _question, answer: {answer: 1},
    "pin": lambda _question, answer: {f"{answer[0]:.2f} {answer[1]:.2f}": 1},
}
