"""The rules of a shared board: what may stand on it, and who may change what.

A board is five tables of records (``notes``, ``clusters``, ``links``, ``comments``, ``votes``). How they are
merged is no matter here: a change is judged before it is merged, and what is not allowed never becomes part
of the board.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

NOTES, CLUSTERS, LINKS, COMMENTS, VOTES = ROOTS = ("notes", "clusters", "links", "comments", "votes")
COLOURS = frozenset({"yellow", "green", "blue", "pink", "orange", "grey"})
LONGEST_NOTE, LONGEST_TITLE, LONGEST_LABEL, LONGEST_COMMENT = 500, 80, 60, 300
MOST = {NOTES: 3_000, CLUSTERS: 300, LINKS: 3_000, COMMENTS: 6_000, VOTES: 5_000}
PAPER = "paper:"  # the author of a note that somebody typed for a table without phones
KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_ID = re.compile(r"[0-9a-f]{12}")
_NAME = re.compile(r"[\w.:-]{0,64}")
_AUTHOR = re.compile(r"[\w.:-]{1,64}")


class Why(StrEnum):
    """Why a change is not taken."""

    FORBIDDEN = "forbidden"
    CLOSED = "closed"  # it would have been allowed, had the board not been frozen
    LIMITS = "limits"
    WRONG = "wrong"  # nothing that a board can hold


@dataclass(frozen=True, slots=True)
class BoardRight:
    """What somebody may do on a board; ``author`` names them opaquely, always the same on one board.

    ``add``: notes, comments, links of one's own; ``shape``: also move anybody's notes and make clusters;
    ``lead``: anything; ``dots``: how many one may give; ``areas``: where notes may be put and moved
    (``None``: everywhere).
    """

    author: str
    add: bool = False
    shape: bool = False
    lead: bool = False
    dots: int = 0
    areas: frozenset[str] | None = None

    @property
    def frozen(self) -> bool:
        """Whether nothing may be changed."""
        return not (self.add or self.shape or self.lead or self.dots)

    def may_place(self, area: str) -> bool:
        """Whether a note may be put into an area, or moved about in it."""
        return self.lead or self.areas is None or area in self.areas


def _text(longest: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is str and len(value) <= longest and "\0" not in value


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _number(value: Any) -> bool:
    return type(value) in {int, float} and math.isfinite(value) and abs(value) < 1e12


def _place(value: Any) -> bool:
    return _number(value) and 0 <= value <= 1000


def _flag(value: Any) -> bool:
    return type(value) is bool


def _id(value: Any) -> bool:
    return type(value) is str and _ID.fullmatch(value) is not None


def _id_or_none(value: Any) -> bool:
    return value == "" or _id(value)


_PLACED = {"area": _matches(_NAME), "x": _place, "y": _place, "order": _number, "gone": _flag}
FIELDS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    NOTES: {
        **_PLACED,
        "text": _text(LONGEST_NOTE),
        "colour": lambda value: type(value) is str and value in COLOURS,
        "cluster": _id_or_none,
        "by": _matches(_AUTHOR),
        "room": _flag,
        "photo": _matches(re.compile(r"[\w./:-]{0,200}")),
    },
    CLUSTERS: {**_PLACED, "title": _text(LONGEST_TITLE)},
    LINKS: {"from": _id, "to": _id, "label": _text(LONGEST_LABEL), "by": _matches(_AUTHOR), "gone": _flag},
    COMMENTS: {"note": _id, "text": _text(LONGEST_COMMENT), "by": _matches(_AUTHOR), "gone": _flag},
}
# Without these a new record says nothing.
NEEDED: Mapping[str, frozenset[str]] = {
    NOTES: frozenset({"text", "by"}),
    CLUSTERS: frozenset({"title"}),
    LINKS: frozenset({"from", "to", "by"}),
    COMMENTS: frozenset({"note", "text", "by"}),
}
MOVES = frozenset({"x", "y", "area", "order", "cluster"})
_OWN: Mapping[str, frozenset[str]] = {
    NOTES: frozenset({"text", "colour", "area", "x", "y", "order", "gone", "photo"}),
    LINKS: frozenset({"label", "gone"}),
    COMMENTS: frozenset({"text", "gone"}),
}
_FIXED = frozenset({"by", "from", "to", "note"})


@dataclass(frozen=True, slots=True)
class Change:
    """One record made (``made``: ``values`` is all of it), or some fields of one set."""

    root: str
    id: str
    values: Mapping[str, Any]
    made: bool = False

    @property
    def is_wording(self) -> bool:
        """Whether somebody says something by it: a note, with a photo perhaps, or a word about one."""
        said = self.root in {NOTES, COMMENTS} and ("text" in self.values or "photo" in self.values)
        return said and not self.values.get("gone", False)


@dataclass(slots=True)
class Seen:
    """What must be known of a record to judge the next change of it."""

    by: str = ""
    area: str = ""
    gone: bool = False


@dataclass(slots=True)
class Outline:
    """Every record of a board, as far as judging needs it; votes by author."""

    records: dict[str, dict[str, Seen]] = field(default_factory=lambda: {root: {} for root in ROOTS})
    standing: Counter[str] = field(default_factory=Counter)  # notes that are not removed, by author

    def apply(self, change: Change) -> None:
        """Follow a change that was merged."""
        records, values = self.records[change.root], change.values
        if change.root == VOTES:
            records[change.id] = Seen()
            return
        seen = records.get(change.id)
        if change.root == NOTES and seen is not None and not seen.gone:
            self._leave(seen.by)
        seen = records[change.id] = seen or Seen()
        seen.by = values.get("by", seen.by)
        seen.area = values.get("area", seen.area)
        seen.gone = values.get("gone", seen.gone)
        if change.root == NOTES and not seen.gone:
            self.standing[seen.by] += 1

    def _leave(self, author: str) -> None:
        self.standing[author] -= 1
        if not self.standing[author]:
            del self.standing[author]

    def holds(self, root: str, record: str) -> bool:
        """Whether there is such a record, removed ones included."""
        return record in self.records[root]

    def figures(self) -> tuple[int, int]:
        """How many notes stand there, and of how many authors."""
        return self.standing.total(), len(self.standing)


def judge(change: Change, right: BoardRight, outline: Outline) -> Why | None:
    """Whether somebody may make a change on a board that stands so."""
    if change.root == VOTES:
        return _judge_votes(change, right, outline)
    why = _judge_shape(change, outline)
    if why is not None or right.lead:
        return why or _judge_leading(change, right)
    if not right.add and not right.shape:
        return Why.CLOSED
    allowed = _may_make(change, right) if change.made else _may_change(change, right, outline)
    return None if allowed else Why.FORBIDDEN


def _judge_shape(change: Change, outline: Outline) -> Why | None:
    fields = FIELDS[change.root]
    for name, value in change.values.items():
        check = fields.get(name)
        if check is None or not check(value):
            return Why.WRONG
    if not change.made:
        fixed = not _FIXED.isdisjoint(change.values)
        return Why.WRONG if fixed or not outline.holds(change.root, change.id) else None
    if not _id(change.id) or not change.values.keys() >= NEEDED[change.root]:
        return Why.WRONG
    if len(outline.records[change.root]) >= MOST[change.root]:
        return Why.LIMITS
    pointed = [change.values[name] for name in ("from", "to", "note") if name in change.values]
    return None if all(outline.holds(NOTES, note) for note in pointed) else Why.WRONG


def _judge_leading(change: Change, right: BoardRight) -> Why | None:
    author = change.values.get("by", right.author)
    return None if author == right.author or author.startswith(PAPER) else Why.FORBIDDEN


def _may_make(change: Change, right: BoardRight) -> bool:
    if change.root == CLUSTERS:
        return right.shape and right.may_place(change.values.get("area", ""))
    values = change.values
    # Made as gone is right: so comes what somebody added and took away while they had no network.
    if not right.add or values["by"] != right.author:
        return False
    if change.root != NOTES:
        return True
    grouped = values.get("cluster", "") != "" and not right.shape
    return not values.get("room", False) and not grouped and right.may_place(values.get("area", ""))


def _may_change(change: Change, right: BoardRight, outline: Outline) -> bool:
    names = set(change.values)
    seen = outline.records[change.root][change.id]
    if not names.isdisjoint(MOVES):
        areas = (seen.area, change.values.get("area", seen.area))
        if not all(right.may_place(area) for area in areas):
            return False
    if change.root == CLUSTERS:
        return right.shape
    if change.root == NOTES and right.shape:
        names -= MOVES
    if not names:
        return True
    return right.add and seen.by == right.author and names <= _OWN[change.root]


def _judge_votes(change: Change, right: BoardRight, outline: Outline) -> Why | None:
    dots = change.values
    if change.id != right.author:
        return Why.FORBIDDEN
    if not right.dots:
        return Why.CLOSED
    for target, count in dots.items():
        if type(count) not in {int, float} or count not in range(1, right.dots + 1):
            return Why.WRONG
        if not outline.holds(NOTES, target) and not outline.holds(CLUSTERS, target):
            return Why.WRONG
    full = not outline.holds(VOTES, change.id) and len(outline.records[VOTES]) >= MOST[VOTES]
    return Why.LIMITS if full or sum(dots.values()) > right.dots else None
