"""How much one may do on boards; what is behind one address is counted by the live part itself."""

from dataclasses import dataclass, field

from cantiere.foundation.live.meters import Meter


@dataclass
class Limits:
    """Meters by person and room; ``streams`` is how many connections one person may have open on boards."""

    edits: Meter = field(default_factory=lambda: Meter(20, 40))
    syncs: Meter = field(default_factory=lambda: Meter(1, 8))  # the whole document may be asked for
    words: Meter = field(default_factory=lambda: Meter(5, 20))
    refusals: Meter = field(default_factory=lambda: Meter(0.5, 60))  # each may cost making a document anew
    streams: int = 6
    streams_in_all: int = 10_000
