"""One open board: who is there, what came in, what goes out. It lives on the event loop.

What came in is merged all at once: the first update at once, those within the next moment together. While
that is being committed nothing else is merged, so what anybody is shown is committed, and what is confirmed
as well.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

import pycrdt

from cantiere.engine.board import BoardRight, Why
from cantiere.foundation.live.boards import updates
from cantiere.foundation.live.boards.document import EMPTY, Document, Missing
from cantiere.foundation.live.boards.storage import Compaction, Failure, Flush, Head, Place, Stored
from cantiere.foundation.live.boards.updates import UPDATE
from cantiere.foundation.live.boards.writer import Keep, Load
from cantiere.foundation.live.tickets import Ticket

if TYPE_CHECKING:
    from cantiere.foundation.live.boards.keeper import Keeper

WINDOW = 0.045  # seconds between two flushes of a board
COMPACT_AFTER = 200
MOST_WAITING = 2_000  # updates nobody looked at yet
SEEN_FOR = 35.0  # seconds for which somebody who asks now and then counts as being there
STAYS = 30.0  # seconds for which a board is kept open after the last one left
logger = logging.getLogger(__name__)


class Speaker(Protocol):
    """Whoever sent an update."""

    right: BoardRight

    def kept(self, number: int) -> None:
        """Everything up to this number is committed, but for what was refused."""

    def refused(self, number: int, why: Why | Missing) -> None:
        """The update of this number was not merged."""

    def failed(self, why: Failure) -> None:
        """It could not be kept."""


class Listener(Protocol):
    """Somebody who is shown the board."""

    ticket: Ticket
    right: BoardRight

    def news(self, frame: bytes, kept: int) -> None:
        """Something was committed: an update as y-protocols send it, empty where it was all theirs; and
        everything of theirs up to this number, 0 where nothing was.
        """

    def entitled(self, right: BoardRight) -> None:
        """What one may do is another now."""

    def present(self, text: str) -> None:
        """Who is there, as JSON."""

    def look(self, moment: float) -> None:
        """A second has passed."""

    def end(self, why: Failure) -> None:
        """Nothing comes any more."""


Outcome = Why | Missing | Failure | None


class Once:
    """Whoever puts one update and waits for what becomes of it: ``None`` where it is kept."""

    def __init__(self, right: BoardRight, heard: Callable[[Outcome], None]) -> None:
        self.right, self._heard = right, heard

    def kept(self, number: int) -> None:  # noqa: ARG002 (there is but one)
        self._heard(None)

    def refused(self, number: int, why: Why | Missing) -> None:  # noqa: ARG002
        self._heard(why)

    def failed(self, why: Failure) -> None:
        self._heard(why)


class Entry:
    """An update on its way into the document."""

    __slots__ = ("number", "speaker", "update", "waited")

    def __init__(self, speaker: Speaker, number: int, update: bytes) -> None:
        self.speaker, self.number, self.update = speaker, number, update
        self.waited = False  # for what it builds on, which another process may have


class Board:
    """``ready`` is done when it was read, or could not be: then it has ``ended``."""

    def __init__(self, keeper: "Keeper", place: Place) -> None:
        self.keeper, self.place = keeper, place
        self.number = self.seq = 0
        self.epoch = 1
        self.listeners: dict[Listener, None] = {}
        self.editing: dict[Listener, str] = {}
        self.ended: Failure | None = None
        self._document: Document | None = None
        self._inbox: list[Entry] = []
        self._missing: list[Entry] = []  # build on what this process does not have
        self._settled: list[Callable[[], None]] = []
        self._flushing = False
        self._flushed = self._left = monotonic()
        self._timer: asyncio.TimerHandle | None = None
        self._seen: dict[str, float] = {}
        self._presence = ""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        keeper.writer.put(Load(place, self._loaded))

    def _loaded(self, stored: Stored | Exception | None) -> None:
        if not isinstance(stored, Stored):
            self.end(Failure.GONE if stored is None else Failure.BUSY)
        else:
            self.number, self.seq, self.epoch = stored.board, stored.seq, stored.epoch
            try:
                self._document = Document(stored.base, stored.log)
            except ValueError:
                logger.exception("What is kept of board %s is no document.", self.number)
                self.end(Failure.BUSY)
        self.ready.set_result(None)

    @property
    def document(self) -> Document:
        """Only of a board that is ready."""
        if self._document is None:
            raise RuntimeError("The board was not read yet.")
        return self._document

    # Coming and going --------------------------------------------------------------------------

    def join(self, listener: Listener) -> None:
        """Let somebody hear what is committed from now on."""
        self.listeners[listener] = None

    def leave(self, listener: Listener) -> None:
        """Forget somebody."""
        self.listeners.pop(listener, None)
        self.editing.pop(listener, None)
        self._left = monotonic()

    def saw(self, author: str) -> None:
        """Somebody without a lasting connection was here."""
        self._seen[author] = self._left = monotonic()

    def end(self, why: Failure) -> None:
        """The board is no more, or must be read anew."""
        if self.ended:
            return
        self.ended = why
        self.keeper.forget(self)
        for listener in list(self.listeners):
            listener.end(why)
        for entry in (*self._inbox, *self._missing):
            entry.speaker.failed(why)
        self._inbox, self._missing = [], []
        if self._timer is not None:
            self._timer.cancel()
        self._go_on()

    def idle(self, moment: float) -> bool:
        """Whether nobody needs it any more."""
        busy = self.listeners or self._inbox or self._missing or self._flushing or not self.ready.done()
        return not busy and moment - self._left > STAYS

    def close(self) -> None:
        """Give it up, with its log in the snapshot."""
        self._compact(1)
        self.end(Failure.BUSY)

    def presence(self, moment: float) -> str:
        """Who is there, as JSON."""
        self._seen = {author: when for author, when in self._seen.items() if moment - when < SEEN_FOR}
        people = {listener.right.author for listener in self.listeners} | self._seen.keys()
        editing = {note: listener.right.author for listener, note in self.editing.items()}
        return json.dumps({"t": "presence", "people": len(people), "editing": editing}, separators=(",", ":"))

    def look(self, moment: float) -> None:
        """Tell everybody who is there, where that is news; see who takes nothing."""
        for listener in list(self.listeners):
            listener.look(moment)
        text = self.presence(moment)
        if text != self._presence:
            self._presence = text
            for listener in self.listeners:
                listener.present(text)

    # Coming in ---------------------------------------------------------------------------------

    def put(self, entry: Entry) -> None:
        """Have an update judged, merged and kept; its speaker hears what became of it."""
        if self.ended or len(self._inbox) >= MOST_WAITING:
            entry.speaker.failed(Failure.BUSY)
            return
        self._inbox.append(entry)
        self._schedule()

    def when_settled(self, act: Callable[[], None]) -> None:
        """Act when the document holds just what is committed: now, or in a moment."""
        if self._flushing:
            self._settled.append(act)
        else:
            act()

    async def since(self, state: bytes) -> bytes:
        """What a state vector lacks of what is committed; :class:`ValueError` where it is none."""
        settled = asyncio.Event()
        self.when_settled(settled.set)
        await settled.wait()
        return EMPTY if self.ended else self.document.since(state)

    def _schedule(self) -> None:
        if self._flushing or self._timer is not None or not self._inbox:
            return
        moment = monotonic()
        # The first goes at once; the ticks of busy boards coincide, so that one commit keeps them all.
        wait = WINDOW - moment % WINDOW if moment - self._flushed < WINDOW else 0.0
        self._timer = asyncio.get_running_loop().call_later(wait, self._flush)

    def _flush(self) -> None:
        self._timer = None
        if self.ended:
            return
        self._flushed = monotonic()
        entries, self._inbox = self._inbox, []
        taken = [entry for entry in entries if self._take(entry)]
        update = self.document.fresh
        if not update:
            for entry in taken:
                entry.speaker.kept(entry.number)
            return
        self._flushing = True
        flush = Flush(
            self.place,
            self.epoch,
            self.seq,
            update,
            self.document.figures(),
            self.number,
            self.document.sign(),
        )
        self.keeper.keep(Keep(flush, lambda done: self._committed(done, taken)))

    def _take(self, entry: Entry) -> bool:
        verdict = self.document.take(entry.update, entry.speaker.right)
        if verdict is Missing.PARTS and not entry.waited:
            entry.waited = True
            self._missing.append(entry)
            self.keeper.look()
        elif verdict is not None:
            entry.speaker.refused(entry.number, verdict)
        return verdict is None

    def _committed(self, flush: Flush, entries: list[Entry]) -> None:
        self._flushing = False
        kept = flush.outcome
        if isinstance(kept, Failure):
            self._failed(kept, entries)
            return
        self.number, self.seq = kept.board, kept.seq
        self.document.settle(flush.update)
        for update in kept.others:
            self.document.follow(update)
        ordered = sorted(
            entries, key=lambda entry: entry.number
        )  # what was held comes after what it builds on
        self._spread((flush.update, *kept.others), {entry.speaker: entry.number for entry in ordered})
        self._compact(COMPACT_AFTER)
        self.keeper.say(self)
        self._go_on()

    def _failed(self, failure: Failure, entries: list[Entry]) -> None:
        if failure is Failure.BUSY:
            self.document.settle(b"")
        for entry in entries:
            entry.speaker.failed(failure)
        if failure is Failure.BUSY:
            self._go_on()
        else:
            self.end(failure)

    def _go_on(self) -> None:
        waiting, self._settled = self._settled, []
        for act in waiting:
            act()
        self._schedule()

    def _compact(self, least: int) -> None:
        if self.number and self._document is not None and len(self.document.log) >= least:
            base = self.document.compact()
            self.keeper.writer.put(
                Compaction(self.number, self.epoch, self.seq, base, self.document.figures())
            )

    # Going out ---------------------------------------------------------------------------------

    def _spread(self, committed: Sequence[bytes], confirmed: Mapping[Any, int]) -> None:
        """Show updates to everybody but to whom they all came from, and tell speakers what is kept."""
        news = updates.framed(UPDATE, pycrdt.merge_updates(*committed))
        alone = len(confirmed) == len(committed) == 1
        for listener in list(self.listeners):
            kept = confirmed.get(listener, 0)
            listener.news(b"" if kept and alone else news, kept)
        for speaker in confirmed.keys() - self.listeners.keys():
            speaker.kept(confirmed[speaker])

    def catch_up(self, head: Head | None, missed: list[bytes]) -> None:
        """Follow what other processes committed; what waits for it is tried once more."""
        if head is None and self.number:
            self.end(Failure.GONE)
            return
        if head is not None and head.epoch != self.epoch:
            self.end(Failure.ANEW)
            return
        if self._flushing:
            self._settled.append(self.try_again)  # the commit under way reads it too
            return
        if head is not None and head.seq > self.seq:
            self.number, self.seq = head.board, head.seq
            for update in missed:
                self.document.follow(update)
            self._spread(missed, {})
        self.try_again()

    def try_again(self) -> None:
        """Look once more at what built on something missing."""
        missing, self._missing = self._missing, []
        self._inbox[:0] = missing
        self._schedule()
