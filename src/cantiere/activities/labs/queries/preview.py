"""What participants will see of a block as it is written now, by the frames of a running laboratory."""

from typing import Any

from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Block
from cantiere.activities.labs.queries.halls import script_of
from cantiere.engine.lab import HarvestPlan, LabRules, VotePlan, frames
from cantiere.engine.live import Event, replay

LEAD, SAMPLES = "lead-preview", 3


def phone_of(block: Block) -> dict[str, Any]:
    """The frame of a phone when this block has just begun; a vote has some notes made up for it."""
    script = script_of(block.lab)
    happened = [("script", "", script.as_json()), ("go", "", {"block": block.key})]
    plan = block.read_plan
    if isinstance(plan, VotePlan):
        source = script.blocks.get(plan.of)
        slot = source.plan.of if source is not None and isinstance(source.plan, HarvestPlan) else plan.of
        items = [
            {
                "ref": str(n),
                "text": _("Note %(number)s from the tables") % {"number": n},
                "group": "",
                "count": 1,
            }
            for n in range(1, SAMPLES + 1)
        ]
        happened.append(("wall", slot, {"items": items}))
    log = (Event(kind, slot, LEAD, body, 0, True, n) for n, (kind, slot, body) in enumerate(happened, 1))
    return frames.phone(replay(LabRules(), log), 0)
