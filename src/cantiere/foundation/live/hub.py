"""Who listens, and the latest each audience was shown. It lives on the event loop.

Each listener has one slot that holds the latest frame, never a queue: a phone that reads slowly skips what is
out of date, and one that does not read at all holds up nobody but itself.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

from cantiere.foundation.live.books import Answer, Book
from cantiere.foundation.live.news import Alone, Backplane
from cantiere.foundation.live.tickets import Ticket
from cantiere.foundation.live.writer import Writer

SLICE = 64  # listeners served before others on the loop have their turn


class Frame:
    """The whole state as one audience sees it, ready to be sent."""

    __slots__ = ("event", "id", "text")

    def __init__(self, number: str, text: bytes) -> None:
        """``number`` is room.epoch.seq, ``text`` one line of JSON."""
        self.id = number
        self.text = text
        self.event = b"id: " + number.encode() + b"\ndata: " + text + b"\n\n"


class Listener(Protocol):
    """One connection that wants news."""

    ticket: Ticket

    def offer(self, frame: Frame) -> None:
        """Take the latest frame; never waits."""

    def end(self) -> None:
        """Nothing comes any more."""


class Channel:
    """One audience of one room."""

    def __init__(self) -> None:
        self.listeners: dict[Listener, None] = {}
        self.frame: Frame | None = None
        self.spreading = False
        self.stale = False


class Hub:
    """Channels of this process, and the writer that feeds them."""

    def __init__(self, backplane: Backplane | None = None) -> None:
        self.writer = Writer(self)
        self.backplane = backplane or Alone()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[tuple[int, str], Channel] = {}
        self._watched: dict[int, frozenset[str]] = {}
        self._revoked: dict[int, dict[str, int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.streams: Counter[str] = Counter()  # open ones by actor
        self.open = self.sent = 0
        self._closing = False

    def bind(self) -> None:
        """Begin on the running loop."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        self._closing = False
        self._channels.clear()
        self._watched, self._revoked = {}, {}
        self.writer.start()
        self.backplane.start(self.writer.hint)

    def close(self) -> None:
        """The server stops: all streams end. Answers under way are still kept."""
        if self._closing:
            return
        self._closing = True
        for channel in self._channels.values():
            for listener in list(channel.listeners):
                listener.end()

    def stop(self) -> None:
        """End writer and backplane; what waits is kept first."""
        self.backplane.stop()
        self.writer.stop()
        self._loop = None

    # On the loop -------------------------------------------------------------------------------

    def join(self, listener: Listener) -> None:
        """Let a listener hear; it is offered the present state at once, or as soon as it is read."""
        ticket = listener.ticket
        place = (ticket.room, ticket.audience)
        channel = self._channels.get(place)
        if channel is None:
            channel = self._channels[place] = Channel()
            audiences = self._watched.get(ticket.room, frozenset()) | {ticket.audience}
            self._watched = {**self._watched, ticket.room: audiences}
        channel.listeners[listener] = None
        self.streams[f"{ticket.room}/{ticket.actor}"] += 1
        self.open += 1
        if self._closing:
            listener.end()
        elif channel.frame is None:
            self.writer.want(*place)
        else:
            listener.offer(channel.frame)

    def leave(self, listener: Listener) -> None:
        """Forget a listener; a channel nobody listens to is given up with its frame."""
        ticket = listener.ticket
        place = (ticket.room, ticket.audience)
        channel = self._channels.get(place)
        if channel is None or listener not in channel.listeners:
            return
        del channel.listeners[listener]
        self.open -= 1
        actor = f"{ticket.room}/{ticket.actor}"
        self.streams[actor] -= 1
        if self.streams[actor] <= 0:
            del self.streams[actor]
        if channel.listeners:
            return
        del self._channels[place]
        audiences = self._watched.get(ticket.room, frozenset()) - {ticket.audience}
        others = {room: of_room for room, of_room in self._watched.items() if room != ticket.room}
        self._watched = {**others, ticket.room: audiences} if audiences else others
        if not audiences:
            self._revoked.pop(ticket.room, None)

    def holds(self, ticket: Ticket) -> bool:
        """Whether a ticket still counts, as far as this process has heard; the writer knows for certain."""
        return ticket.made > self._revoked.get(ticket.room, {}).get(ticket.actor, 0)

    def _publish(
        self, room: int, epoch: int, seq: int, frames: dict[str, bytes], revoked: dict[str, int]
    ) -> None:
        if room in self._watched:
            self._revoke(room, revoked)
        for audience, text in frames.items():
            channel = self._channels.get((room, audience))
            if channel is None:
                continue
            channel.frame = Frame(f"{room}.{epoch}.{seq}", text)
            channel.stale = True
            if not channel.spreading:
                channel.spreading = True
                self._spawn(self._spread(channel))

    def _revoke(self, room: int, revoked: dict[str, int]) -> None:
        before = self._revoked.get(room, {})
        if revoked == before:
            return
        self._revoked[room] = revoked
        for audience in self._watched[room]:
            channel = self._channels[room, audience]
            for listener in [one for one in channel.listeners if not self.holds(one.ticket)]:
                listener.end()

    def _end(self, room: int) -> None:
        for audience in self._watched.get(room, frozenset()):
            for listener in list(self._channels[room, audience].listeners):
                listener.end()

    async def _spread(self, channel: Channel) -> None:
        """Offer the latest to everyone, in slices; what comes meanwhile is what the rest are offered."""
        try:
            while channel.stale:
                channel.stale = False
                for number, listener in enumerate(list(channel.listeners), 1):
                    if channel.frame is not None and listener in channel.listeners:
                        listener.offer(channel.frame)
                        self.sent += 1
                    if number % SLICE == 0:
                        await asyncio.sleep(0)
        finally:
            channel.spreading = False

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # From the writer's thread ------------------------------------------------------------------

    def watched(self) -> dict[int, frozenset[str]]:
        return self._watched  # replaced as a whole, never changed

    def deliver(self, answers: Sequence[Answer]) -> None:
        self._on_loop(_deliver, answers)

    def publish(self, book: Book, frames: dict[str, bytes]) -> None:
        self._on_loop(self._publish, book.head.room, book.epoch, book.seq, frames, dict(book.state.revoked))

    def end(self, room: int) -> None:
        self._on_loop(self._end, room)

    def say(self, room: int, seq: int) -> None:
        self.backplane.say(room, seq)

    def _on_loop(self, act: Any, *args: Any) -> None:
        loop = self._loop
        if loop is None:
            if act is _deliver:
                _deliver(*args)
            return
        with contextlib.suppress(RuntimeError):  # the loop ended; so did those who waited
            loop.call_soon_threadsafe(act, *args)


def _deliver(answers: Sequence[Answer]) -> None:
    for answer in answers:
        answer.done(answer.outcome)
