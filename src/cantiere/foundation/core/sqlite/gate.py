"""A first-in first-out gate: one holder, the others in order of arrival.

SQLite's own busy handler lets unlucky threads starve for seconds under load; a queue in front of
``BEGIN IMMEDIATE`` bounds the longest wait by the number of those before you (OWASP ASVS 5.0, 15.4.4).
"""

import threading
from collections import deque


class GateTimeoutError(Exception):
    """Nobody let this thread through in time."""


class Gate:
    """Fair mutual exclusion between the threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def acquire(self, timeout: float) -> None:
        """Wait for one's turn; raises :class:`GateTimeoutError` after ``timeout`` seconds."""
        with self._lock:
            if not self._held:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return
        with self._lock:
            if turn.is_set():
                return
            self._waiting.remove(turn)
        raise GateTimeoutError

    def release(self) -> None:
        """Hand the gate to the next in the queue."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


_gates: dict[str, Gate] = {}
_gates_lock = threading.Lock()


def gate_for(database: str) -> Gate:
    """The one gate of a database file in this process."""
    with _gates_lock:
        return _gates.setdefault(database, Gate())
