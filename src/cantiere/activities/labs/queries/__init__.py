"""Reading laboratories: who may come in, who takes part, what is happening."""

from cantiere.activities.labs.queries.entrance import Entrance, entrance, joined, lab_by_code, participant
from cantiere.activities.labs.queries.ground import ground_of
from cantiere.activities.labs.queries.sight import Sight, first_here, link_of, look, right_on

__all__ = [
    "Entrance",
    "Sight",
    "entrance",
    "first_here",
    "ground_of",
    "joined",
    "lab_by_code",
    "link_of",
    "look",
    "participant",
    "right_on",
]
