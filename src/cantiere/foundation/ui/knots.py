"""A knot of the thread, as pages hand it to ``{% thread %}``."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

STATES = {"done": _("Done"), "now": _("We are here"), "to_come": _("To come")}


@dataclass(frozen=True)
class Knot:
    """One step in words; ``bend`` when the way to the next one was paused or re-planned."""

    label: str
    state: Literal["done", "now", "to_come"] = "to_come"
    url: str = ""
    note: str = ""
    bend: bool = False
    state_words: str = ""

    @property
    def words(self) -> str:
        """The state in words."""
        return self.state_words or str(STATES[self.state])
