"""The chair of a running laboratory: whatever its facilitators do goes into its log, once."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.models import Lab
from cantiere.engine.lab import LabState
from cantiere.engine.live import State
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.live.books import Failure
from cantiere.foundation.live.submit import NotTakenError, ask, submit

T = TypeVar("T")
REFUSALS = {
    "closed": _("The laboratory is over: nothing more is taken."),
    "not_open": _("This was never opened, so it cannot be closed."),
    "busy": _("This could not be kept just now. Try again in a few seconds."),
    "moved": _("Somebody else moved on meanwhile: this page now shows where you are."),
    "block": _("This part of the run sheet is not there any more."),
    "ref": _("This idea is not there any more."),
    "refs": _("Choose two ideas at least, none of them merged already."),
    "text": _("Write at most 300 letters."),
    "people": _("Say how many people spoke: from 1 to 500."),
    "seat": _("This person or this group is not there any more."),
    "actor": _("This person is not there any more."),
    "items": _("At most 400 things fit on the wall."),
    "nothing_chosen": _("Nothing was entered."),
    "nothing_written": _("Nothing was entered."),
    "more_hands": _("There are more hands than people allow: check the numbers."),
    "too_long": _("Too long: an idea has at most 500 letters, a word 40."),
    "too_many": _("More than one person may give: split it over several lines."),
    "not_all_points": _("The points must be 100 in all."),
    "not_points": _("Points are whole numbers."),
    "ranked_twice": _("Two have the same place."),
}
OTHERWISE = _("This was not taken. Look at the page again, then retry.")
HOUSE = "house"
"""The name under which the laboratory itself acts."""


@dataclass(frozen=True)
class Chair:
    """Somebody who leads ``room``, by a form with ``key``: sent twice, what it asks counts once.

    Whoever makes a chair has checked that they may, in this very request. Co-facilitators have a chair each;
    nobody owns the room. A ``rehearsal`` has a room of its own.
    """

    lab: Lab
    room: int
    by: Person | None
    key: str
    rehearsal: bool = False

    @property
    def actor(self) -> str:
        """Who acts, as the log calls them: it says nothing of them outside of this laboratory."""
        if self.by is None:
            return HOUSE
        named = salted_hmac("cantiere.labs.lead", f"{self.lab.pk}.{self.by.pk}", algorithm="sha256")
        return f"lead-{named.hexdigest()[:16]}"

    def does(self, kind: str, slot: str = "", *, intent: str = "", **body: Any) -> None:
        """Put an event in the log; :class:`ValidationError` in words where the rules refuse it.

        ``intent`` tells what was asked where the body also holds a time: asked twice by one form, it is
        still the same.
        """
        meant = intent or json.dumps(body, sort_keys=True)
        key = hashlib.blake2b(f"{self.key}\0{kind}\0{slot}\0{meant}".encode(), digest_size=16).hexdigest()
        try:
            submit(room=self.room, actor=self.actor, kind=kind, slot=slot, body=body, key=key, lead=True)
        except NotTakenError as refused:
            if refused.outcome is not Failure.CONFLICT:  # the same form, a moment later: it was done then
                raise ValidationError(_words(refused)) from refused
        except ValueError as no_event:
            raise ValidationError(OTHERWISE) from no_event

    def asks(self, question: Callable[[State[LabState]], T]) -> T:
        """What the state says now; nothing of the state itself may be given."""
        found: T = ask(room=self.room, ask=lambda state, _handler: question(state))
        return found


def _words(refused: NotTakenError) -> Any:
    outcome = refused.outcome
    if isinstance(outcome, Failure):
        return REFUSALS.get(outcome.value, OTHERWISE)
    return REFUSALS.get(outcome.detail or outcome.reason.value, OTHERWISE)
