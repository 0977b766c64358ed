"""The two rooms a laboratory is led in: the real one, and the one of its rehearsal."""

from cantiere.activities.labs.live import KIND
from cantiere.activities.labs.models import Lab
from cantiere.engine.lab import Script
from cantiere.foundation.live.models import LiveRoom

RUN, REHEARSE = "regia", "prova"  # as their addresses call them
REHEARSALS = "-rehearsal"


def script_of(lab: Lab) -> Script:
    """The run sheet and the groups as the rules read them."""
    return Script(
        {block.key: block.step for block in lab.blocks.all()},
        {group.key: group.table for group in lab.groups.all()},
    )


def rehearsal_key(lab: Lab) -> str:
    """What the live rooms call the rehearsal of a laboratory."""
    return f"{lab.pk}{REHEARSALS}"


def rehearsal_of(lab: Lab) -> LiveRoom | None:
    """The room of a rehearsal, while there is one."""
    return LiveRoom.objects.filter(kind=KIND, key=rehearsal_key(lab)).first()


def room_in(lab: Lab, hall: str) -> int | None:
    """The live room of a hall; ``None`` while nothing was begun there."""
    if hall == REHEARSE:
        room = rehearsal_of(lab)
        return room.pk if room is not None else None
    return lab.room_id if lab.started_on is not None else None
