"""One audience of one room: who listens, and each one's turn to be offered the latest.

Thousands cannot be served in one instant. So they stand in groups that take turns, each at the pace of the
audience after its own last turn, and each is offered what is the latest then: nobody is shown what was new
when others had their turn, and between two groups the loop belongs to whoever votes.
"""

import asyncio
from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import Protocol

from cantiere.foundation.live.tickets import Ticket

TOGETHER = 64  # listeners served before others on the loop have their turn
NEARLY = 0.002  # a turn that comes as soon as this comes now


class Frame:
    """The whole state as one audience sees it, ready to be sent."""

    __slots__ = ("event", "id", "made", "text")

    def __init__(self, number: str, text: bytes) -> None:
        """``number`` is room.epoch.seq and perhaps a mark, ``text`` one line of JSON."""
        self.id = number
        self.text = text
        self.event = b"id: " + number.encode() + b"\ndata: " + text + b"\n\n"
        self.made = monotonic()


class Listener(Protocol):
    """One connection that wants news."""

    ticket: Ticket

    def offer(self, frame: Frame) -> None:
        """Take the latest frame; never waits."""

    def end(self) -> None:
        """Nothing comes any more."""


class _Group:
    """Listeners served together; ``frame`` is what they were offered, ``due`` when their next turn is."""

    __slots__ = ("due", "frame", "listeners")

    def __init__(self, frame: Frame | None) -> None:
        self.listeners: dict[Listener, None] = {}
        self.frame = frame
        self.due = 0.0


class Channel:
    """On the loop only."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self._pace = 0.0
        self._groups: deque[_Group] = deque()  # the one served longest ago comes first
        self._open: _Group | None = None  # has a place left
        self._of: dict[Listener, _Group] = {}
        self._turn: asyncio.Handle | None = None

    def __len__(self) -> int:
        return len(self._of)

    def __iter__(self) -> Iterator[Listener]:
        return iter(list(self._of))

    def __contains__(self, listener: Listener) -> bool:
        return listener in self._of

    def add(self, listener: Listener) -> None:
        """Someone who was offered the present frame, if there is one."""
        if self._open is None or len(self._open.listeners) >= TOGETHER:
            self._open = _Group(self.frame)
            self._groups.append(self._open)
        self._open.listeners[listener] = None
        self._of[listener] = self._open

    def remove(self, listener: Listener) -> None:
        """Who left is offered nothing more."""
        group = self._of.pop(listener)
        del group.listeners[listener]
        if not group.listeners:
            self._groups.remove(group)
            if group is self._open:
                self._open = None
        elif self._open is None:
            self._open = group

    def show(self, frame: Frame, pace: float, *, urgent: bool = False) -> None:
        """Offer a frame to everyone: at ``pace`` seconds after each one's last, or at once."""
        self.frame, self._pace = frame, pace
        if urgent:
            for group in self._groups:
                group.due = 0.0
        if self._turn is None or urgent:
            self.rest()
            self._turn = asyncio.get_running_loop().call_soon(self._serve)

    def rest(self) -> None:
        """Offer nothing until the next frame."""
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None

    def _serve(self) -> None:
        """The turn of the group that was served longest ago."""
        self._turn = None
        frame = self.frame
        if frame is None or not self._groups or self._groups[0].frame is frame:
            return
        loop, moment, group = asyncio.get_running_loop(), monotonic(), self._groups[0]
        late = moment - group.due
        if late < -NEARLY:
            self._turn = loop.call_later(-late, self._serve)
            return
        self._turn = loop.call_soon(self._serve)
        self._groups.rotate(-1)
        # A turn that was held up a little does not put off the next ones: the pace is kept on the whole.
        group.frame, group.due = frame, moment + self._pace - (late if late < self._pace / 2 else 0.0)
        for listener in list(group.listeners):
            if listener in group.listeners:
                listener.offer(frame)
