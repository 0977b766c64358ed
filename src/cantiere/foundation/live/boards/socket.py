"""A board over a WebSocket: Yjs as it is, in binary frames; everything else in words.

Whoever is slow has a queue of their own, which is bounded; nobody waits for it.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from cantiere.engine.board import BoardRight, Why
from cantiere.foundation.core.intake import Receive, Send
from cantiere.foundation.live.boards.board import Board, Entry
from cantiere.foundation.live.boards.document import MOST_BYTES, Missing
from cantiere.foundation.live.boards.limits import Limits
from cantiere.foundation.live.boards.storage import Failure
from cantiere.foundation.live.boards.updates import STEP_1, STEP_2, MalformedError, framed, unframed
from cantiere.foundation.live.tickets import HOURS_12, Ticket, now

MOST_QUEUED = 512
MOST_QUEUED_BYTES = 4_000_000
MOST_HELD = 64
STALLED = 20.0
BAD, ANEW, GONE, AGAIN, TOO_MANY = 4400, 4409, 4403, 1013, 4429
ENDS = {Failure.GONE: GONE, Failure.ANEW: ANEW, Failure.BUSY: AGAIN}


class Line(Protocol):
    """A short way to the network."""

    hear: Callable[[bytes], float] | None

    @property
    def heard(self) -> bool: ...

    def give(self, *loads: bytes | str) -> bool: ...

    def abort(self) -> None: ...


def right_of(right: BoardRight) -> dict[str, object]:
    """A right as the page reads it."""
    areas = None if right.areas is None else sorted(right.areas)
    return {
        "author": right.author,
        "add": right.add,
        "shape": right.shape,
        "lead": right.lead,
        "dots": right.dots,
        "areas": areas,
    }


def _words(**said: object) -> str:
    return json.dumps(said, separators=(",", ":"))


def _kept(number: int) -> str:
    return f'{{"t":"kept","n":{number}}}'


class Member:
    """One connection: it listens and speaks."""

    def __init__(self, board: Board, right: BoardRight, ticket: Ticket, limits: Limits) -> None:
        self.board, self.ticket, self.right, self.limits = board, ticket, right, limits
        self._who = f"{ticket.room}/{ticket.actor}"
        self._queue: deque[bytes | str] = deque()
        self._bytes = 0
        self._woken = asyncio.Event()
        self._code = 0
        self._sending_since = 0.0
        self._received = 0
        self._synced = False  # whether the client gave all it has
        self._held: list[Entry] = []
        self._line: Line | None = None

    # What the board tells ----------------------------------------------------------------------

    def news(self, frame: bytes, kept: int) -> None:
        if not kept:
            self._send(frame)
        elif frame:
            self._send(frame, _kept(kept))
        else:
            self._send(_kept(kept))

    def entitled(self, right: BoardRight) -> None:
        self.right = right
        self._send(_words(t="right", epoch=self.board.epoch, **right_of(right)))

    def present(self, text: str) -> None:
        self._send(text)

    def look(self, moment: float) -> None:
        if now() - self.ticket.made > HOURS_12:
            self.end(Failure.GONE)
        if self._sending_since and moment - self._sending_since > STALLED:
            self._close(AGAIN)
            if self._line is not None:
                self._line.abort()

    def kept(self, number: int) -> None:
        self._send(_kept(number))

    def refused(self, number: int, why: Why | Missing) -> None:
        self._send(_words(t="refused", n=number, why=Why.WRONG if why is Missing.PARTS else why))
        if self.limits.refusals.take(self._who, monotonic()):
            self._close(TOO_MANY)

    def failed(self, why: Failure) -> None:
        self.end(why)

    def end(self, why: Failure) -> None:
        if why is Failure.GONE:
            self._send(_words(t="gone"))
        self._close(ENDS[why])

    def _send(self, *what: bytes | str) -> None:
        """At once, in one piece, where the network takes it; else later."""
        busy = self._queue or self._sending_since or self._code
        if not busy and self._line is not None and self._line.give(*what):
            return
        self._queue.extend(what)
        self._bytes += sum(map(len, what))
        if len(self._queue) > MOST_QUEUED or (self._bytes > MOST_QUEUED_BYTES and len(self._queue) > 2):
            self._queue.clear()
            self._bytes = 0
            self._close(AGAIN)
        self._woken.set()

    def _close(self, code: int) -> None:
        self._code = self._code or code
        self._woken.set()

    # The connection ----------------------------------------------------------------------------

    async def serve(self, receive: Receive, send: Send, line: "Line | None" = None) -> None:
        """Until one of both ends it; by a line where the server gives one."""
        self._line = line
        self.board.join(self)
        self.entitled(self.right)
        self._send(self.board.presence(monotonic()))
        self.board.when_settled(self._ask)
        receiver = asyncio.ensure_future(self._receive(receive))
        try:
            await self._give(send)
        except OSError:
            pass  # it went away
        finally:
            receiver.cancel()
            self.board.leave(self)

    async def _give(self, send: Send) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            while self._queue:
                what = self._queue.popleft()
                self._bytes -= len(what)
                await self._give_one(send, what)
            if self._code:
                if self._code != 1000:
                    await send({"type": "websocket.close", "code": self._code})
                return

    async def _give_one(self, send: Send, what: bytes | str) -> None:
        self._sending_since = monotonic()
        await send({"type": "websocket.send", "bytes" if isinstance(what, bytes) else "text": what})
        self._sending_since = 0.0

    async def _receive(self, receive: Receive) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            data = message.get("bytes")
            if data is not None:
                while wait := self._hear(data):  # noqa: ASYNC110 (time must pass, nothing happens)
                    await asyncio.sleep(wait)
            else:
                self._hear_words(message.get("text") or "")
            if self._line is not None and self._line.heard:
                self._line.hear = self._hear  # from here on nothing waits for this task to wake
        self._close(1000)

    def _hear(self, data: bytes) -> float:
        """Take a message; or give the seconds after which it may come again, where somebody is too quick."""
        if self._code:
            return 0.0  # it is ending
        meter = self.limits.syncs if data[1:2] == b"\0" else self.limits.edits
        wait = meter.take(self._who, monotonic())
        if not wait:
            try:
                self._take(data)
            except MalformedError:
                self._close(BAD)
        return wait

    def _take(self, data: bytes) -> None:
        step, load = unframed(data)
        if step == STEP_1:
            self.board.when_settled(lambda: self._answer(load))
            return
        self._received += 1
        entry = Entry(self, self._received, load)
        if len(load) > MOST_BYTES:
            self.refused(entry.number, Why.LIMITS)
        elif step == STEP_2:
            self._synced = True
            held, self._held = self._held, []
            for one in (entry, *held):
                self.board.put(one)
        elif self._synced:
            self.board.put(entry)
        elif len(self._held) < MOST_HELD:
            self._held.append(entry)  # it builds on what comes with the second step
        else:
            raise MalformedError("no second step")

    def _ask(self) -> None:
        """What the client has that is not here, an update that was cut off above all, it shall give."""
        if not self.board.ended:
            self._send(framed(STEP_1, self.board.document.state))

    def _answer(self, state: bytes) -> None:
        if self.board.ended:
            return
        try:
            self._send(framed(STEP_2, self.board.document.since(state)))
        except ValueError:
            self._close(BAD)

    def _hear_words(self, text: str) -> None:
        if self.limits.words.take(self._who, monotonic()):
            return
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            self._close(BAD)
            return
        if not isinstance(said, dict) or said.get("t") != "editing":
            return  # of a later version
        note = said.get("note")
        if note is None:
            self.board.editing.pop(self, None)
        elif isinstance(note, str) and len(note) <= 12:
            self.board.editing[self] = note
