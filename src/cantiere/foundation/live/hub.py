"""Who listens, and the latest each audience was shown. It lives on the event loop.

Each listener has one slot that holds the latest frame, never a queue: a phone that reads slowly skips what is
out of date, and one that does not read at all holds up nobody but itself.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from cantiere.foundation.live.attendance import LINGERS, Attendance
from cantiere.foundation.live.books import Answer, Book
from cantiere.foundation.live.channel import Channel, Frame, Listener
from cantiere.foundation.live.news import Alone, Backplane
from cantiere.foundation.live.questions import Ask, BusyError, Question
from cantiere.foundation.live.tickets import Ticket
from cantiere.foundation.live.writer import STATE, Shown, Writer

logger = logging.getLogger(__name__)


class Hub:
    """Channels of this process, and the writer that feeds them."""

    def __init__(self, backplane: Backplane | None = None) -> None:
        self.writer = Writer(self)
        self.backplane = backplane or Alone()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[tuple[int, str], Channel] = {}
        self._watched: dict[int, frozenset[str]] = {}
        self._revoked: dict[int, dict[str, int]] = {}
        self._watchers: dict[int, dict[Callable[[], None], None]] = {}
        self.attendance = Attendance()
        self.open = 0
        self._closing = False

    def bind(self) -> None:
        """Begin on the running loop."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop = loop
        self._closing = False
        self._channels.clear()
        self._watched, self._revoked, self._watchers = {}, {}, {}
        self.attendance = Attendance()
        self.writer.start()
        self.backplane.start(self.writer.hint)

    def close(self) -> None:
        """The server stops: all streams end. Answers under way are still kept."""
        if self._closing:
            return
        self._closing = True
        for channel in self._channels.values():
            for listener in channel:
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
            self._follow(*place)
        channel.add(listener)
        self.attendance.come(ticket.room, ticket.actor)
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
        if channel is None or listener not in channel:
            return
        channel.remove(listener)
        self.open -= 1
        self.attendance.go(ticket.room, ticket.actor)
        self._later(LINGERS, self.attendance.forget, ticket.room, ticket.actor)
        if not channel:
            channel.rest()
            del self._channels[place]
            self._follow_no_more(*place)

    def _follow(self, room: int, audience: str) -> None:
        audiences = self._watched.get(room, frozenset()) | {audience}
        self._watched = {**self._watched, room: audiences}

    def _follow_no_more(self, room: int, audience: str) -> None:
        audiences = self._watched.get(room, frozenset()) - {audience}
        others = {other: of_room for other, of_room in self._watched.items() if other != room}
        self._watched = {**others, room: audiences} if audiences else others
        if not audiences:
            self._revoked.pop(room, None)

    def present(self, room: int) -> frozenset[str]:
        """The actors with an open stream, in all processes; from any thread."""
        return self.attendance.present(room)

    def nudge(self, room: int, audience: str) -> None:
        """Have a frame made anew though nothing was added to the log; from any thread."""
        self.writer.nudge(room, audience)

    def watch(self, room: int, changed: Callable[[], None]) -> Callable[[], None]:
        """Call ``changed`` on the loop whenever the room's state may be another; what this gives ends it.

        That is at most every 0.1 s, at once where something is urgent, and when the room is gone.
        """
        watchers = self._watchers.setdefault(room, {})
        call = partial(changed)  # the same function may watch twice
        watchers[call] = None
        self._follow(room, STATE)

        def end() -> None:
            watchers.pop(call, None)
            if not watchers and self._watchers.pop(room, None) is not None:
                self._follow_no_more(room, STATE)

        return end

    def ask(self, room: int, ask: Ask) -> asyncio.Future[Any]:
        """What ``ask(state, handler)`` gives in the writer's thread, from the state as the log has it now.

        It changes nothing and keeps nothing of the state. The future ends with ``GoneError`` where there is
        no such room, with ``BusyError`` where too many wait.
        """
        heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if not self.writer.put(Question(room, ask, partial(_settle, heard))):
            heard.set_exception(BusyError())
        return heard

    def holds(self, ticket: Ticket) -> bool:
        """Whether a ticket still counts, as far as this process has heard; the writer knows for certain."""
        return ticket.made > self._revoked.get(ticket.room, {}).get(ticket.actor, 0)

    def _publish(self, room: int, number: str, frames: Mapping[str, Shown], revoked: dict[str, int]) -> None:
        if room in self._watched:
            self._revoke(room, revoked)
        if STATE in frames:
            self._tell(room)
        for audience, shown in frames.items():
            channel = self._channels.get((room, audience))
            if channel is not None:
                frame = Frame(f"{number}.{shown.mark}" if shown.mark else number, shown.text)
                channel.show(frame, shown.pace, urgent=shown.urgent)

    def _revoke(self, room: int, revoked: dict[str, int]) -> None:
        before = self._revoked.get(room, {})
        if revoked == before:
            return
        self._revoked[room] = revoked
        for listener in self._listeners(room):
            if not self.holds(listener.ticket):
                listener.end()

    def _end(self, room: int) -> None:
        for listener in self._listeners(room):
            listener.end()
        self._tell(room)

    def _listeners(self, room: int) -> list[Listener]:
        places = [(room, audience) for audience in self._watched.get(room, frozenset()) - {STATE}]
        return [listener for place in places for listener in self._channels[place]]

    def _tell(self, room: int) -> None:
        for changed in list(self._watchers.get(room, ())):
            try:
                changed()
            except Exception:
                logger.exception("A part that watches live room %s stumbled.", room)

    def _later(self, seconds: float, act: Callable[..., None], *args: Any) -> None:
        if self._loop is not None:
            self._loop.call_later(seconds, act, *args)

    # From the writer's thread ------------------------------------------------------------------

    def watched(self) -> dict[int, frozenset[str]]:
        return self._watched  # replaced as a whole, never changed

    def deliver(self, answers: Sequence[Answer | Question]) -> None:
        if not self._on_loop(_deliver, answers):
            _deliver(answers)  # phones are gone by now, but jobs still wait

    def publish(self, book: Book, frames: Mapping[str, Shown]) -> None:
        room = book.head.room
        self._on_loop(
            self._publish, room, f"{room}.{book.epoch}.{book.seq}", frames, dict(book.state.revoked)
        )

    def end(self, room: int) -> None:
        self._on_loop(self._end, room)

    def say(self, room: int, seq: int) -> None:
        self.backplane.say(room, seq)

    def _on_loop(self, act: Any, *args: Any) -> bool:
        """Whether there is a loop that will do it."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            if self._loop is not None:
                self._loop.call_soon_threadsafe(act, *args)
                return True
        return False


def _deliver(answers: Sequence[Answer | Question]) -> None:
    for answer in answers:
        answer.done(answer.outcome)


def _settle(heard: asyncio.Future[Any], outcome: Any) -> None:
    if heard.done():
        return
    if isinstance(outcome, BaseException):
        heard.set_exception(outcome)
    else:
        heard.set_result(outcome)
