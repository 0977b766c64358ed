"""Wakes the workers of this process when something was put in the queue."""

import threading


class Bell:
    """Rings for everyone who waits; a ring between two waits is not missed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        return self._rings

    def ring(self) -> None:
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """Until it rings more often than ``heard``, or the time is over; gives the rings so far."""
        with self._changed:
            self._changed.wait_for(lambda: self._rings > heard, seconds)
            return self._rings


bell = Bell()
