"""The one writer: all that came in while the last commit was under way goes into the next one.

An answer is confirmed after its commit and never before. A batch is one transaction, so on SQLite the writer
takes the gate like any other; with PostgreSQL several processes write, each holding a room's row meanwhile.
"""

import atexit
import contextlib
import logging
import queue
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from django.db import DatabaseError, connection

from cantiere.foundation.live import presence, queries, questions
from cantiere.foundation.live.attendance import Attendance
from cantiere.foundation.live.books import Answer, Book, Shelf
from cantiere.foundation.live.commits import commit_patiently
from cantiere.foundation.live.handlers import encoded
from cantiere.foundation.live.news import OURSELVES
from cantiere.foundation.live.questions import Question
from cantiere.foundation.live.tickets import now

MOST_WAITING = 5_000
MOST_AT_ONCE = 1_000
LOOK_EVERY = 1.0
# A commit costs much the same for one answer as for fifty: while many come, they are let gather a moment.
LIVELY, GATHERING = 8, 0.002
SAY_EVERY = 0.1
FRESHER, DEARER = 4, 10  # frames made for one that a listener is offered; pause, in times of what making took
ELSEWHERE = ""  # no audience: the other processes
STATE = "\0"  # no audience: parts of this process that watch a room's state
logger = logging.getLogger(__name__)


class Shown(NamedTuple):
    """A frame made; ``mark`` is 0 where the log alone says what it shows, ``pace`` seconds between two."""

    mark: int
    text: bytes
    pace: float
    urgent: bool


class Listeners(Protocol):
    """Who hears of it: the hub."""

    attendance: Attendance

    def watched(self) -> dict[int, frozenset[str]]:
        """Rooms somebody listens to, each with its audiences."""

    def deliver(self, answers: Sequence[Answer | Question]) -> None:
        """Answers, and questions, whose outcome is known."""

    def publish(self, book: Book, frames: Mapping[str, Shown]) -> None:
        """New frames of a room."""

    def end(self, room: int) -> None:
        """The room is no more."""

    def say(self, room: int, seq: int) -> None:
        """Tell the other processes."""


class Writer:
    """A thread with a bounded queue before it."""

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners
        self._queue: queue.SimpleQueue[Answer | Question | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._shelf = Shelf()
        self._due: dict[tuple[int, str], float] = {}  # room and audience → when the next frame goes
        self._urgent: set[tuple[int, str]] = set()
        self._shown: dict[tuple[int, str], float] = {}
        self._dear = 0.0  # seconds that making the last frames took
        self._marks: dict[tuple[int, str], int] = {}  # frames made anew without an event, and when
        self._attended: dict[int, int] = {}
        self._hints: set[int] = set()
        self._looked = self._attended_at = self._said = 0.0
        self._lively = False
        self.batches = self.kept = 0

    # From any thread ---------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    def start(self) -> None:
        """Begin; nothing happens if it has."""
        if self.running:
            return
        # The thread must hand the interpreter back quickly: between two commits hundreds of readers wait.
        sys.setswitchinterval(0.002)
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="live writer", daemon=True)
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Keep what waits, then end."""
        self._stop.set()
        self._queue.put(None)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(20)
        atexit.unregister(self.stop)

    def put(self, one: Answer | Question) -> bool:
        """Queue an answer or a question; ``False`` when too many wait already."""
        if self._queue.qsize() >= MOST_WAITING:
            return False
        self._queue.put(one)
        return True

    def nudge(self, room: int, audience: str) -> None:
        """Make a frame anew though nothing was added to the log."""
        self._queue.put(Question(room, lambda *_: self._mark(room, audience), lambda _: None))

    def want(self, room: int, audience: str) -> None:
        """Somebody came who has seen nothing yet: what others wrote while nobody listened is read first."""
        self._hints.add(room)
        self._due[room, audience] = 0.0
        self._queue.put(None)

    def hint(self, room: int) -> None:
        """Another process says that a room changed."""
        self._hints.add(room)
        self._queue.put(None)

    # In the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while True:
                came = self._gather()
                if not came and self._stop.is_set():
                    self._withdraw()
                    return
                try:
                    self._turn(came)
                except Exception:
                    logger.exception("The live writer stumbled; it goes on.")
                    connection.close()
                    time.sleep(0.05)
        finally:
            connection.close()

    def _gather(self) -> list[Answer | Question]:
        """Everything that waits; if nothing does, wait for it or for the next frame that is due."""
        until = min([self._looked + LOOK_EVERY, *self._due.copy().values()])
        came: list[Answer | Question] = []
        with contextlib.suppress(queue.Empty):
            first = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            if first is not None:
                came.append(first)
        if self._lively:
            time.sleep(GATHERING)
        with contextlib.suppress(queue.Empty):
            while len(came) < MOST_AT_ONCE:
                more = self._queue.get_nowait()
                if more is not None:
                    came.append(more)
        self._lively = len(came) >= LIVELY
        return came

    def _turn(self, came: list[Answer | Question]) -> None:
        answers = [one for one in came if isinstance(one, Answer)]
        if answers:
            try:
                changed = commit_patiently(self._shelf, answers)
                self.batches += 1
                self.kept += len(answers)
            finally:
                self._listeners.deliver(answers)
            for room, urgent in changed.items():
                self._changed(room, urgent=urgent, ours=True)
        if len(answers) < len(came):
            self._answer([one for one in came if isinstance(one, Question)])
        self._look()
        self._attend()
        self._show()

    def _answer(self, asked: list[Question]) -> None:
        try:
            changed = questions.answer(self._shelf, asked)
        finally:
            self._listeners.deliver(asked)
        for room, urgent in changed.items():
            self._changed(room, urgent=urgent, ours=False)

    def _mark(self, room: int, audience: str) -> None:
        """A frame of the same number is due, and another than the one before."""
        self._marks[room, audience] = max(now(), self._marks.get((room, audience), 0) + 1)
        if audience in self._listeners.watched().get(room, ()):
            self._soon(room, audience)

    def _soon(self, room: int, audience: str, *, urgent: bool = False) -> None:
        """A frame is due. Several are made in the pace of an audience, unless they are dear: listeners take
        turns, and each is offered the latest.
        """
        target, pace = (room, audience), self._pace(room, audience)
        apart = max(pace / FRESHER, min(pace, self._dear * DEARER))
        when = 0.0 if urgent else self._shown.get(target, 0.0) + apart
        self._due[target] = min(when, self._due.get(target, when))
        if urgent:
            self._urgent.add(target)

    def _pace(self, room: int, audience: str) -> float:
        book = self._shelf.open(room)
        return book.handler.pace(audience) if book is not None and audience > STATE else SAY_EVERY

    def _changed(self, room: int, *, urgent: bool, ours: bool) -> None:
        audiences = self._listeners.watched().get(room, frozenset())
        for audience in (*audiences, ELSEWHERE) if ours else audiences:
            self._soon(room, audience, urgent=urgent)

    def _look(self) -> None:
        """Read what other processes wrote: at their hint, and once a second in any case."""
        moment = time.monotonic()
        hints, self._hints = self._hints, set()
        rooms = set(self._listeners.watched())
        if moment - self._looked < LOOK_EVERY:
            rooms &= hints
        else:
            self._looked = moment
        if not rooms:
            return
        heads = queries.heads(list(rooms))
        for room in rooms - heads.keys():
            self._shelf.forget([room])
            self._listeners.end(room)
        for room, head in heads.items():
            if not self._shelf.stands(head):
                _book, urgent = self._shelf.book(head)
                self._changed(room, urgent=urgent, ours=False)

    def _attend(self) -> None:
        """Frames that show who is there are made anew when others are; the processes tell each other."""
        moment, attendance = time.monotonic(), self._listeners.attendance
        if moment - self._attended_at < LOOK_EVERY:
            return
        self._attended_at = moment
        if presence.several() and moment - self._said >= presence.SAY_EVERY:
            self._said = moment
            presence.say(OURSELVES, {room: attendance.here(room) for room in attendance.rooms()})
            attendance.heard(presence.hear(OURSELVES))
        watched = self._listeners.watched()
        before, self._attended = self._attended, {room: attendance.changed(room) for room in watched}
        for room in (room for room, when in self._attended.items() if when != before.get(room, when)):
            for audience in watched[room]:
                if self._attentive(room, audience):
                    self._soon(room, audience)

    def _attentive(self, room: int, audience: str) -> bool:
        book = self._shelf.open(room)
        return book is not None and audience.partition(":")[0] in book.handler.attentive

    def _withdraw(self) -> None:
        if presence.several():
            presence.say(OURSELVES, {})

    def _show(self) -> None:
        moment = time.monotonic()
        due = [target for target, when in self._due.copy().items() if when <= moment]
        frames: dict[int, dict[str, Shown]] = defaultdict(dict)
        for room, audience in due:
            self._due.pop((room, audience), None)
            try:
                book = self._book(room)
            except DatabaseError:
                self._due[room, audience] = moment + LOOK_EVERY
                raise
            if book is None:
                self._listeners.end(room)
                continue
            self._shown[room, audience] = moment
            if audience == ELSEWHERE:
                self._listeners.say(room, book.seq)
                continue
            try:
                frames[room][audience] = self._frame(book, audience)
            except Exception:
                logger.exception("A frame of live room %s for %s could not be made.", room, audience)
        if frames:
            self._dear = time.monotonic() - moment
        for room, made in frames.items():
            book = self._shelf.open(room)
            if book is not None:
                self._listeners.publish(book, made)
        self._forget_old(moment)

    def _forget_old(self, moment: float) -> None:
        if len(self._shown) > MOST_WAITING:
            self._shown = {target: when for target, when in self._shown.items() if moment - when < 10}
        if len(self._marks) > MOST_WAITING:
            self._marks = {target: mark for target, mark in self._marks.items() if target in self._shown}

    def _frame(self, book: Book, audience: str) -> Shown:
        room = book.head.room
        urgent = (room, audience) in self._urgent
        self._urgent.discard((room, audience))
        if audience == STATE:
            return Shown(0, b"", 0.0, urgent)
        mark = self._marks.get((room, audience), 0)
        if self._attentive(room, audience):
            mark = max(mark, self._listeners.attendance.changed(room))
        text = encoded(book.handler.frame(book.state, audience))
        return Shown(mark, text, book.handler.pace(audience), urgent)

    def _book(self, room: int) -> Book | None:
        book = self._shelf.open(room)
        if book is not None:
            return book
        head = queries.heads([room]).get(room)
        return self._shelf.book(head)[0] if head is not None else None
