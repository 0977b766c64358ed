"""How quickly somebody may act in a live room: buckets in memory, this being too quick for a table."""

from dataclasses import dataclass

MOST_KEPT = 50_000


class Meter:
    """Lets ``rate`` a second through for each name, and ``burst`` at once after a pause."""

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._left: dict[str, tuple[float, float]] = {}  # name → what is left, when that was

    def take(self, name: str, moment: float) -> float:
        """Take one; gives 0, or the seconds to wait. ``moment`` is a monotonic clock's."""
        left, since = self._left.get(name, (self.burst, moment))
        left = min(self.burst, left + (moment - since) * self.rate)
        if left < 1:
            return (1 - left) / self.rate
        if len(self._left) >= MOST_KEPT:
            self._forget(moment)
        self._left[name] = (left - 1, moment)
        return 0.0

    def _forget(self, moment: float) -> None:
        """Whoever paused long enough is as good as new; if nobody did, the oldest half goes."""
        enough = self.burst / self.rate
        kept = {name: row for name, row in self._left.items() if moment - row[1] < enough}
        if len(kept) >= MOST_KEPT:
            kept = dict(list(kept.items())[len(kept) // 2 :])
        self._left = kept


@dataclass
class Meters:
    """The table of live limits. Those by address are wide: a town hall is one address."""

    actor: Meter
    renewals: Meter  # tickets asked for anew, by actor
    address: Meter
    forged: Meter  # tickets that were refused, by address
    streams: int = 4  # open at once, by actor
    streams_in_all: int = 15_000


def usual() -> Meters:
    """What is let through unless a test says otherwise."""
    return Meters(
        actor=Meter(5, 20),
        renewals=Meter(1, 10),
        address=Meter(2_000, 6_000),
        forged=Meter(20, 200),
    )
