"""The run sheet as its pages show it: when each block begins, whether all of it fits, what cannot run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from types import MappingProxyType

from cantiere.activities.labs.models import Block, Group, Lab
from cantiere.activities.labs.sentences import sentences
from cantiere.engine.lab import Block as Step
from cantiere.engine.lab import timetable
from cantiere.engine.lab.checking import missing
from cantiere.foundation.live.models import LiveEvent
from cantiere.programmes.models import Appointment


@dataclass(frozen=True)
class Timed:
    """A block with the moment it begins, if the day is set; ``opens_session`` where a later session begins.

    ``offset`` are the minutes of all blocks before it.
    """

    block: Block
    starts: datetime | None
    opens_session: bool = False
    offset: int = 0
    missing: Sequence[str] = ()

    @property
    def ends(self) -> datetime | None:
        """When the next one should begin."""
        return self.starts + timedelta(minutes=self.block.minutes) if self.starts else None


@dataclass(frozen=True)
class Sheet:
    """The whole run sheet, for its team."""

    lab: Lab
    rows: Sequence[Timed]
    groups: Sequence[Group]
    sessions: Sequence[Appointment] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Minutes of all blocks."""
        return sum(row.block.minutes for row in self.rows)

    @property
    def planned(self) -> int:
        """Minutes of all sessions; 0 while no day is set."""
        return timetable.length([(each.starts, each.ends) for each in self.sessions])

    @property
    def over(self) -> int:
        """Minutes that do not fit."""
        return max(self.total - self.planned, 0) if self.planned else 0

    @property
    def left(self) -> int:
        """Minutes nobody has planned for."""
        return max(self.planned - self.total, 0)

    @property
    def can_run(self) -> bool:
        """Whether nothing is missing in any block."""
        return bool(self.rows) and not any(row.missing for row in self.rows)


def timed(
    blocks: Iterable[Block],
    sessions: Sequence[Appointment],
    wrong: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[Timed]:
    """Each block with the moment it begins; ``wrong`` is what keeps some from running, by their keys."""
    rows = list(blocks)
    times = [(each.starts, each.ends) for each in sessions]
    minutes = [block.minutes for block in rows]
    later = {start for start, _end in times[1:]}
    return [
        Timed(block, at, at in later, offset, wrong.get(block.key, ()))
        for block, at, offset in zip(
            rows, timetable.starts(minutes, times), accumulate([0, *minutes]), strict=False
        )
    ]


def sheet_of(lab: Lab) -> Sheet:
    """Read the run sheet; three queries."""
    blocks = list(lab.blocks.all())
    groups = list(lab.groups.select_related("facilitator"))
    sessions = list(lab.activity.appointments.order_by("starts", "pk"))
    return Sheet(lab, timed(blocks, sessions, missing_of(blocks, groups)), groups, sessions)


def missing_of(blocks: Sequence[Block], groups: Sequence[Group]) -> dict[str, list[str]]:
    """What keeps blocks from running, in sentences by the key of the block."""
    tables = {group.key for group in groups}
    steps: list[Step] = []
    found: dict[str, list[str]] = {}
    for block in blocks:
        step = block.step
        if wrong := missing(step, steps, tables):
            found[block.key] = sentences(wrong)
        steps.append(step)
    return found


def answered(block: Block) -> bool:
    """Whether people answered it in a laboratory that runs: what they said stands on its question."""
    given = LiveEvent.objects.filter(room=block.lab.room_id, slot=block.key, kind__in=("answer", "paper"))
    return block.lab.is_running and given.exists()


def followers(block: Block) -> list[Block]:
    """The blocks that take their groups, notes or ideas from this one."""
    return [each for each in block.lab.blocks.all() if each.plan.get("of") == block.key]
