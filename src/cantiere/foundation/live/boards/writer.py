"""The one writer of boards in this process: what came in during the last commit goes into the next.

It also reads, so that the event loop never waits for the database. It works in a thread; what came of it is
heard on the loop.
"""

import atexit
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cantiere.foundation.live.boards import storage
from cantiere.foundation.live.boards.storage import Compaction, Flush, Head, Place, Stored

MOST_AT_ONCE = 500
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Load:
    """A board from the database; ``None`` where its room is no more."""

    place: Place
    done: Callable[[Stored | Exception | None], None]


@dataclass(slots=True)
class Look:
    """What others committed: boards with the last update known of each → their heads, and what was missed."""

    known: dict[Place, int]
    done: Callable[[dict[Place, tuple[Head, list[bytes]]]], None]


@dataclass(slots=True)
class Keep:
    """A flush to be committed."""

    flush: Flush
    done: Callable[[Flush], None]


@dataclass(slots=True)
class Say:
    """Tell other processes that a board changed."""

    act: Callable[[], None]


Job = Load | Look | Keep | Say | Compaction
Hand = Callable[..., None]  # calls a function on the loop


class Writer:
    """A thread with a queue before it; each board has at most one flush in it."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._queue: queue.SimpleQueue[tuple[Job, ...]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self.commits = 0

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin; nothing happens if it has."""
        if not self.running:
            self._thread = threading.Thread(target=self._run, name="board writer", daemon=True)
            self._thread.start()
            atexit.register(self.stop)

    def stop(self) -> None:
        """Do what waits, then end."""
        if self.running and self._thread is not None:
            self._queue.put(())
            self._thread.join(20)
        atexit.unregister(self.stop)

    def put(self, *jobs: Job) -> None:
        """Have jobs done, those given together in one commit."""
        self._queue.put(jobs)

    # In the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while jobs := self._gather():
                try:
                    self._turn(jobs)
                except Exception:
                    logger.exception("The writer of boards stumbled; it goes on.")
                    connection.close()
                    time.sleep(0.05)
        finally:
            connection.close()

    def _gather(self) -> list[Job]:
        """Everything that waits; nothing where it is time to end."""
        jobs = list(self._queue.get())
        with contextlib.suppress(queue.Empty):
            while jobs and len(jobs) < MOST_AT_ONCE:
                more = self._queue.get_nowait()
                jobs.extend(more)
                if not more:
                    self._queue.put(())  # to be seen again when this is done
                    break
        return jobs

    def _turn(self, jobs: Sequence[Job]) -> None:
        keeps = [job for job in jobs if isinstance(job, Keep)]
        compactions = [job for job in jobs if isinstance(job, Compaction)]
        if keeps or compactions:
            try:
                storage.commit_patiently([keep.flush for keep in keeps], compactions)
                self.commits += 1
            finally:
                self._hand(_tell, [(keep.done, keep.flush) for keep in keeps])
        for job in jobs:
            if isinstance(job, Load):
                self._hand(job.done, _loaded(job.place))
            elif isinstance(job, Look):
                self._hand(job.done, _missed(job.known))
            elif isinstance(job, Say):
                job.act()


def _tell(done: Sequence[tuple[Callable[[Any], None], Any]]) -> None:
    for hear, what in done:
        hear(what)


def _loaded(place: Place) -> Stored | Exception | None:
    try:
        stored = storage.load(place)
        return stored if stored.board or storage.exists(place[0]) else None
    except Exception as broken:
        logger.exception("A board could not be read.")
        connection.close()
        return broken


def _missed(known: dict[Place, int]) -> dict[Place, tuple[Head, list[bytes]]]:
    heads = storage.heads_in({room for room, _key in known})
    return {
        place: (heads[place], storage.missed(heads[place], seq) if heads[place].seq > seq else [])
        for place, seq in known.items()
        if place in heads
    }
