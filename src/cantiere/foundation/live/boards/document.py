"""One board's document as this process holds it: what is merged into it was judged before.

There is one document, not a second to try updates on: an update is applied, what it changed is observed and
judged, and where that is not allowed the document is made anew from the updates that were taken. Between two
flushes it holds exactly what is committed.
"""

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import partial
from time import monotonic
from typing import Any

import pycrdt

from cantiere.engine.board import ROOTS, VOTES, BoardRight, Change, Outline, Why, judge
from cantiere.foundation.live.boards import updates
from cantiere.foundation.live.boards.updates import MalformedError, Parts, TooMuchError

EMPTY = b"\0\0"
MOST_BYTES = 262_144  # in one update
LARGEST = 16_000_000  # a whole document


class Missing(StrEnum):
    """The update builds on what this document does not have."""

    PARTS = "missing"


SIGNED = 10.0  # seconds for which it is known that somebody wrote
_TABLES = {root: place for place, root in enumerate(ROOTS)}


def _table(change: Change) -> int:
    return _TABLES[change.root]


Verdict = Why | Missing | None


class Document:
    """A board's content, merged from a base and the updates since."""

    def __init__(self, base: bytes, log: Iterable[bytes] = ()) -> None:
        self._base = base
        self.log = list(log)
        self._fresh: list[bytes] = []  # merged, but not yet committed
        self._hands: set[str] = set()  # whose new words are in it
        self._signed: dict[str, float] = {}  # when it was last noted that they wrote
        self._owners: dict[int, str] = {}  # client of Yjs → the author who uses it
        self._build()

    def _build(self) -> None:
        self._changes: list[Change] = []
        self._odd = False  # something was changed that nobody may change
        self._doc: pycrdt.Doc[Any] = pycrdt.Doc()
        self.size = 0
        for root in ROOTS:
            self._doc[root] = pycrdt.Map()
        for update in (self._base, *self.log, *self._fresh):
            if update != EMPTY:
                self._doc.apply_update(update)
            self.size += len(update)
        self._clocks = updates.clocks(self._doc.get_state())
        self.outline = Outline()
        roots = {root: self._doc.get(root, type=pycrdt.Map) for root in ROOTS}
        for root, records in roots.items():
            for name, values in json.loads(str(records)).items():
                self.outline.apply(Change(root, name, values, made=True))
        # The events as they come from below: wrapped ones take four times as long.
        self._watching = [
            records.integrated.observe_deep(partial(self._observe, root)) for root, records in roots.items()
        ]

    # What changed ------------------------------------------------------------------------------

    def _observe(self, root: str, events: Sequence[Any]) -> None:
        for event in events:
            path = event.path
            if len(path) > 1:
                self._odd = True
            elif path:
                self._observe_fields(root, path[0], event.keys)
            else:
                self._observe_records(root, event)

    def _observe_fields(self, root: str, record: str, keys: dict[str, dict[str, Any]]) -> None:
        values = {}
        for name, change in keys.items():
            if change["action"] == "delete":
                self._odd = True
                return
            values[name] = change["newValue"]
        if values:  # else somebody else's later word stands
            self._changes.append(Change(root, record, values))

    def _observe_records(self, root: str, event: Any) -> None:
        for name, change in event.keys.items():
            value = change.get("newValue")
            if root == VOTES:
                odd = change["action"] == "delete" or type(value) is not dict
            else:
                odd = change["action"] != "add" or not hasattr(value, "to_json")
            if odd:
                self._odd = True
            else:
                values = value if root == VOTES else json.loads(value.to_json(event.transaction))
                self._changes.append(Change(root, name, values, made=True))

    def _apply(self, update: bytes) -> list[Change]:
        self._changes.clear()
        self._odd = False
        self._doc.apply_update(update)
        return self._changes

    # Taking in ---------------------------------------------------------------------------------

    def take(self, update: bytes, right: BoardRight) -> Verdict:
        """Merge an update if its author may; gives why not."""
        try:
            parts = updates.read(update)
        except TooMuchError:
            return Why.LIMITS
        except MalformedError:
            return Why.WRONG
        reach = self._reach(parts)
        if reach is None:
            return Missing.PARTS
        verdict = self._refusal(update, right, reach, parts)
        if verdict is None and (reach or parts.deletes):
            verdict = self._try(update, right)
        if verdict is None and reach:
            self._clocks.update(reach)
            self._owners.update(dict.fromkeys(reach, right.author))
            self._fresh.append(update)
        return verdict

    def _refusal(self, update: bytes, right: BoardRight, reach: Iterable[int], parts: Parts) -> Why | None:
        """What need not be tried."""
        for root, name, client, clock in parts.records:
            if clock >= self._clocks.get(client, 0) and root != VOTES and self.outline.holds(root, name):
                return Why.WRONG  # a record is made once; whichever of two won, the other would be lost
        if right.frozen and reach:
            return Why.CLOSED
        if any(self._owners.get(client, right.author) != right.author for client in reach):
            return Why.FORBIDDEN
        return Why.LIMITS if self.size + len(update) > LARGEST else None

    def _reach(self, parts: Parts) -> dict[int, int] | None:
        """How far each client comes with what is new; ``None`` where something is missing in between."""
        known = self._clocks
        reach: dict[int, int] = {}
        for client, first, after in parts.spans:
            have = reach.get(client, known.get(client, 0))
            if first > have:
                return None
            if after > have:
                reach[client] = after
        for client, clock in parts.needs:
            if clock >= reach.get(client, known.get(client, 0)):
                return None
        for client, after in parts.deletes:
            if after > reach.get(client, known.get(client, 0)):
                return None
        return reach

    def _try(self, update: bytes, right: BoardRight) -> Why | None:
        """Merge it; what must not be merged is taken out again."""
        why = self._merge(update, right)
        if why is not None:
            self._build()
        return why

    def _merge(self, update: bytes, right: BoardRight) -> Why | None:
        try:
            changes = self._apply(update)
        except ValueError:
            return Why.WRONG
        except BaseException as broken:
            if isinstance(broken, (KeyboardInterrupt, SystemExit)):
                raise
            return Why.WRONG  # a panic below is no exception to Python
        if self._odd:
            return Why.WRONG
        # Events of one update come in any order: a comment is judged after the note it is about.
        for change in sorted(changes, key=_table) if len(changes) > 1 else changes:
            why = judge(change, right, self.outline)
            if why is not None:
                return why
            self.outline.apply(change)
        self._hands |= {str(change.values.get("by", right.author)) for change in changes if change.is_wording}
        return None

    @property
    def fresh(self) -> bytes:
        """What was merged and is not yet committed, as one update; empty where there is nothing."""
        return pycrdt.merge_updates(*self._fresh) if len(self._fresh) > 1 else b"".join(self._fresh)

    def sign(self) -> frozenset[str]:
        """Of whom it is to be noted now that they wrote: each time would cost more than the words do."""
        moment = monotonic()
        due = {author for author in self._hands if moment - self._signed.get(author, -SIGNED) >= SIGNED}
        self._hands = due
        return frozenset(due)

    def settle(self, committed: bytes) -> None:
        """What was merged is committed; with nothing, it could not be, and is taken out again."""
        self._fresh.clear()
        hands, self._hands = self._hands, set()
        if committed:
            self._signed |= dict.fromkeys(hands, monotonic())
            self._keep(committed)
        else:
            self._build()

    def follow(self, update: bytes) -> None:
        """Merge what another process committed."""
        for change in self._apply(update):
            self.outline.apply(change)
        self._clocks = updates.clocks(self._doc.get_state())
        self._keep(update)

    def _keep(self, update: bytes) -> None:
        self.log.append(update)
        self.size += len(update)

    # Giving out --------------------------------------------------------------------------------

    @property
    def state(self) -> bytes:
        """The state vector."""
        return self._doc.get_state()

    def since(self, state: bytes) -> bytes:
        """What somebody with this state vector lacks; :class:`ValueError` if it is none."""
        return self._doc.get_update(state)

    def compact(self) -> bytes:
        """The whole as one update, which then stands for all before it."""
        self._base, self.log = self._doc.get_update(), []
        self.size = len(self._base)
        return self._base

    def figures(self) -> tuple[int, int]:
        """How many notes stand there, and of how many authors."""
        return self.outline.figures()
