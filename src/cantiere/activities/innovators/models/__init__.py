"""The tables of the room."""

from cantiere.activities.innovators.models.innovator import (
    Innovator,
    InnovatorQuerySet,
    OwnInnovator,
    PublicationConsent,
)
from cantiere.activities.innovators.models.innovator_map import Departure, InnovatorMap, Refusal
from cantiere.activities.innovators.models.nomination import Letter, Nomination

__all__ = [
    "Departure",
    "Innovator",
    "InnovatorMap",
    "InnovatorQuerySet",
    "Letter",
    "Nomination",
    "OwnInnovator",
    "PublicationConsent",
    "Refusal",
]
