"""Who listens to which room in this process, and what the other processes say of themselves.

Changed on the event loop only; read from any thread. Somebody whose stream ended stays for a moment: a phone
that changes its group or asks again every half minute has not left.
"""

from collections import Counter
from collections.abc import Mapping

from cantiere.foundation.live.tickets import now

LINGERS = 5.0  # seconds


class Attendance:
    """Open streams by room and actor; an actor with none left lingers until :meth:`forget`."""

    def __init__(self) -> None:
        self._here: dict[int, Counter[str]] = {}
        self._elsewhere: Mapping[int, frozenset[str]] = {}
        self._changed: dict[int, int] = {}

    def come(self, room: int, actor: str) -> None:
        """A stream opens."""
        here = self._here.setdefault(room, Counter())
        if actor not in here:
            self._change(room)
        here[actor] += 1

    def go(self, room: int, actor: str) -> None:
        """A stream ended; whoever calls this calls :meth:`forget` after :data:`LINGERS`."""
        self._here[room][actor] -= 1

    def forget(self, room: int, actor: str) -> None:
        """Whoever did not come back is gone."""
        here = self._here.get(room)
        if here is None or here.get(actor, 1) > 0:
            return
        del here[actor]
        self._change(room)
        if not here:
            del self._here[room]

    def streams(self, room: int, actor: str) -> int:
        """How many streams somebody has open."""
        here = self._here.get(room)
        return here.get(actor, 0) if here else 0

    def here(self, room: int) -> list[str]:
        """The actors in this process."""
        return list(self._here.get(room, ()))

    def rooms(self) -> list[int]:
        """The rooms in which somebody is, in this process."""
        return list(self._here)

    def present(self, room: int) -> frozenset[str]:
        """The actors in all processes."""
        return self._elsewhere.get(room, frozenset()).union(self.here(room))

    def changed(self, room: int) -> int:
        """When the actors were last others than before, in milliseconds; 0 where nobody is or was."""
        return self._changed.get(room, 0)

    def heard(self, elsewhere: Mapping[int, frozenset[str]]) -> None:
        """What the other processes say now; from the writer's thread."""
        before, self._elsewhere = self._elsewhere, elsewhere
        for room in before.keys() | elsewhere.keys():
            if before.get(room) != elsewhere.get(room):
                self._change(room)

    def _change(self, room: int) -> None:
        # Never the same twice, for it tells one frame from the next.
        self._changed[room] = max(now(), self._changed.get(room, 0) + 1)
