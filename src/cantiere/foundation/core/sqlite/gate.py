"""A first-in first-out gate: one holder, the others in order of arrival.

SQLite's own busy handler lets unlucky threads starve for seconds under load; a queue in front of
``BEGIN IMMEDIATE`` bounds the longest wait by the number of those before you (OWASP ASVS 5.0, 15.4.4).
"""

import threading
import time
from collections import deque
from collections.abc import Callable

# How often those who wait look whether the holder is still alive.
LOOK_EVERY = 0.5


class GateTimeoutError(Exception):
    """Nobody let this thread through in time."""


class _Turn:
    """One thread's place in the queue, and what frees the database should it die while holding."""

    def __init__(self, bury: Callable[[], None]) -> None:
        self.thread = threading.current_thread()
        self.bury = bury
        self.come = threading.Event()


class Gate:
    """Fair mutual exclusion between the threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Turn] = deque()
        self._holder: _Turn | None = None

    @property
    def held(self) -> bool:
        return self._holder is not None

    def acquire(self, timeout: float, bury: Callable[[], None] = lambda: None) -> None:
        """Wait for one's turn; :class:`GateTimeoutError` after ``timeout`` seconds.

        ``bury`` is called by another thread if this one ends without releasing.
        """
        turn = _Turn(bury)
        with self._lock:
            if self._holder is None:
                self._holder = turn
                return
            self._waiting.append(turn)
        ends = time.monotonic() + timeout
        while not turn.come.wait(max(0.0, min(LOOK_EVERY, ends - time.monotonic()))):
            self._pass_on_from_the_dead()
            if time.monotonic() < ends:
                continue
            with self._lock:
                if turn.come.is_set():
                    return
                self._waiting.remove(turn)
            raise GateTimeoutError

    def release(self) -> None:
        """Hand the gate to the next in the queue."""
        with self._lock:
            self._next()

    def _next(self) -> None:
        self._holder = self._waiting.popleft() if self._waiting else None
        if self._holder is not None:
            self._holder.come.set()

    def _pass_on_from_the_dead(self) -> None:
        with self._lock:
            dead = self._holder
            if dead is None or dead.thread.is_alive():
                return
            dead.bury()
            self._next()


_gates: dict[str, Gate] = {}
_gates_lock = threading.Lock()


def gate_for(database: str) -> Gate:
    """The one gate of a database file in this process."""
    with _gates_lock:
        return _gates.setdefault(database, Gate())
