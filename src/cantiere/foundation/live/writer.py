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
from collections.abc import Sequence
from typing import Protocol

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from cantiere.foundation.live import queries
from cantiere.foundation.live.books import Answer, Book, Failure, Shelf
from cantiere.foundation.live.handlers import encoded

MOST_WAITING = 5_000
MOST_AT_ONCE = 1_000
LOOK_EVERY = 1.0
# A commit costs much the same for one answer as for fifty: while many come, they are let gather a moment.
LIVELY, GATHERING = 8, 0.002
SAY_EVERY = 0.1
ELSEWHERE = ""  # no audience: the other processes
logger = logging.getLogger(__name__)


class Listeners(Protocol):
    """Who hears of it: the hub."""

    def watched(self) -> dict[int, frozenset[str]]:
        """Rooms somebody listens to, each with its audiences."""

    def deliver(self, answers: Sequence[Answer]) -> None:
        """Answers whose outcome is known."""

    def publish(self, book: Book, frames: dict[str, bytes]) -> None:
        """New frames of a room."""

    def end(self, room: int) -> None:
        """The room is no more."""

    def say(self, room: int, seq: int) -> None:
        """Tell the other processes."""


def commit(shelf: Shelf, answers: Sequence[Answer]) -> dict[int, bool]:
    """Decide and keep answers in one transaction; gives the rooms that changed, and whether urgently."""
    by_room: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_room[answer.room].append(answer)
    changed: dict[int, bool] = {}
    try:
        with transaction.atomic():
            heads = queries.heads(list(by_room), lock=True)
            for room, head in heads.items():
                book, urgent = shelf.book(head)
                batch = book.take(by_room[room])
                if batch.entries:
                    book.handler.record(batch)
                if batch.entries or urgent:
                    changed[room] = urgent or any(book.handler.urgent(one.event) for one in batch.entries)
            for room in by_room.keys() - heads.keys():
                for answer in by_room[room]:
                    answer.outcome = Failure.TICKET
    except BaseException:
        for answer in answers:
            answer.outcome = Failure.BUSY  # whatever was decided, nothing is kept
        shelf.forget(by_room)
        raise
    return changed


def commit_patiently(shelf: Shelf, answers: Sequence[Answer]) -> dict[int, bool]:
    """:func:`commit`, again where the database was away for a moment, one by one where one is poison."""
    for last in (False, True):
        try:
            return commit(shelf, answers)
        except (OperationalError, InterfaceError):
            logger.warning("Live answers could not be kept%s.", "" if last else "; once more", exc_info=last)
            if not connection.in_atomic_block:
                connection.close()
        except Exception:
            if len(answers) == 1:
                logger.exception("A live answer could not be kept.")
                answers[0].outcome = Failure.BROKEN
                return {}
            changed: dict[int, bool] = {}
            for answer in answers:
                changed |= commit_patiently(shelf, [answer])
            return changed
    return {}


class Writer:
    """A thread with a bounded queue before it."""

    def __init__(self, listeners: Listeners) -> None:
        self._listeners = listeners
        self._queue: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._shelf = Shelf()
        self._due: dict[tuple[int, str], float] = {}  # room and audience → when the next frame goes
        self._shown: dict[tuple[int, str], float] = {}
        self._hints: set[int] = set()
        self._looked = 0.0
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

    def put(self, answer: Answer) -> bool:
        """Queue an answer; ``False`` when too many wait already."""
        if self._queue.qsize() >= MOST_WAITING:
            return False
        self._queue.put(answer)
        return True

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
                answers = self._gather()
                if not answers and self._stop.is_set():
                    return
                try:
                    self._turn(answers)
                except Exception:
                    logger.exception("The live writer stumbled; it goes on.")
                    connection.close()
                    time.sleep(0.05)
        finally:
            connection.close()

    def _gather(self) -> list[Answer]:
        """Everything that waits; if nothing does, wait for it or for the next frame that is due."""
        until = min([self._looked + LOOK_EVERY, *self._due.copy().values()])
        answers: list[Answer] = []
        with contextlib.suppress(queue.Empty):
            first = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            if first is not None:
                answers.append(first)
        if self._lively:
            time.sleep(GATHERING)
        with contextlib.suppress(queue.Empty):
            while len(answers) < MOST_AT_ONCE:
                more = self._queue.get_nowait()
                if more is not None:
                    answers.append(more)
        self._lively = len(answers) >= LIVELY
        return answers

    def _turn(self, answers: list[Answer]) -> None:
        if answers:
            try:
                changed = commit_patiently(self._shelf, answers)
                self.batches += 1
                self.kept += len(answers)
            finally:
                self._listeners.deliver(answers)
            for room, urgent in changed.items():
                self._changed(room, urgent=urgent, ours=True)
        self._look()
        self._show()

    def _changed(self, room: int, *, urgent: bool, ours: bool) -> None:
        book = self._shelf.open(room)
        if book is None:
            return
        moment = time.monotonic()
        audiences = self._listeners.watched().get(room, frozenset())
        for audience in (*audiences, ELSEWHERE) if ours else audiences:
            pace = book.handler.pace(audience) if audience else SAY_EVERY
            when = moment if urgent else self._shown.get((room, audience), 0.0) + pace
            self._due[room, audience] = min(when, self._due.get((room, audience), when))

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

    def _show(self) -> None:
        moment = time.monotonic()
        due = [target for target, when in self._due.copy().items() if when <= moment]
        frames: dict[int, dict[str, bytes]] = defaultdict(dict)
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
                frames[room][audience] = encoded(book.handler.frame(book.state, audience))
            except Exception:
                logger.exception("A frame of live room %s for %s could not be made.", room, audience)
        for room, made in frames.items():
            book = self._shelf.open(room)
            if book is not None:
                self._listeners.publish(book, made)
        if len(self._shown) > MOST_WAITING:
            self._shown = {target: when for target, when in self._shown.items() if moment - when < 10}

    def _book(self, room: int) -> Book | None:
        book = self._shelf.open(room)
        if book is not None:
            return book
        head = queries.heads([room]).get(room)
        return self._shelf.book(head)[0] if head is not None else None
