"""The tables of the room."""

from cantiere.thread.contributions.models.contribution import ActorKind, Contribution, Wording
from cantiere.thread.contributions.models.receipt import Receipt
from cantiere.thread.contributions.models.step import ANSWERS, Step
from cantiere.thread.contributions.models.theme import Coding, Theme

__all__ = ["ANSWERS", "ActorKind", "Coding", "Contribution", "Receipt", "Step", "Theme", "Wording"]
