"""When each block of a run sheet begins."""

from collections.abc import Sequence
from datetime import datetime, timedelta

Session = tuple[datetime, datetime]


def starts(minutes: Sequence[int], sessions: Sequence[Session]) -> list[datetime | None]:
    """When each of the blocks begins, the first with the first session.

    A block that would begin at the end of a session, or after it, begins with the next one; after the last
    session the clock runs on. Without sessions nobody knows.
    """
    found: list[datetime | None] = []
    ahead = list(sessions)
    clock = ahead[0][0] if ahead else None
    for length in minutes:
        if clock is None:
            found.append(None)
            continue
        while len(ahead) > 1 and clock >= ahead[0][1]:
            ahead.pop(0)
            clock = ahead[0][0]
        found.append(clock)
        clock += timedelta(minutes=length)
    return found


def length(sessions: Sequence[Session]) -> int:
    """The minutes that all sessions have together."""
    return sum(int((ends - begins).total_seconds()) // 60 for begins, ends in sessions)
