"""When something is open: the only place that compares dates with now, and it is handed the time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class State(Enum):
    """Where a stretch of time stands."""

    TO_COME = "to_come"
    NOW = "now"
    DONE = "done"


@dataclass(frozen=True)
class Window:
    """Open from ``opens`` (included) to ``closes`` (excluded); a missing end is open on that side."""

    opens: datetime | None
    closes: datetime | None

    def state(self, now: datetime) -> State:
        """Whether it is to come, open, or over at ``now``."""
        if self.opens is not None and now < self.opens:
            return State.TO_COME
        if self.closes is not None and now >= self.closes:
            return State.DONE
        return State.NOW

    def is_open(self, now: datetime) -> bool:
        """Whether one may act at ``now``."""
        return self.state(now) is State.NOW


@dataclass(frozen=True)
class Days:
    """From one day to another, both included; either may be unknown."""

    first: date | None
    last: date | None

    def state(self, today: date) -> State:
        """Whether the stretch is to come, running, or over; without dates it is to come."""
        if self.first is None and self.last is None:
            return State.TO_COME
        if self.first is not None and today < self.first:
            return State.TO_COME
        if self.last is not None and today > self.last:
            return State.DONE
        return State.NOW

    @property
    def is_in_order(self) -> bool:
        """Whether the last day does not come before the first."""
        return self.first is None or self.last is None or self.first <= self.last
