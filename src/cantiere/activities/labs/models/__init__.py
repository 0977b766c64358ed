"""The tables of laboratories."""

from cantiere.activities.labs.models.lab import Lab
from cantiere.activities.labs.models.outcome import BlockResult, Harvested, Verdict
from cantiere.activities.labs.models.participant import Participant
from cantiere.activities.labs.models.photo import Photo
from cantiere.activities.labs.models.script import Block, Group

__all__ = ["Block", "BlockResult", "Group", "Harvested", "Lab", "Participant", "Photo", "Verdict"]
