"""The laboratory as a live room: its rules, and a frame for each audience."""

from typing import Any

from cantiere.activities.labs import rights
from cantiere.activities.labs.rights import DESK, GROUP, NOTES, PHONE, SCREEN, takes_part
from cantiere.engine.board import BoardRight
from cantiere.engine.lab import LabRules, LabState, desk, frames
from cantiere.engine.live import Event, State
from cantiere.foundation.live.handlers import Handler
from cantiere.foundation.live.tickets import Ticket, now

KIND = "lab"
__all__ = ["DESK", "GROUP", "KIND", "NOTES", "PHONE", "SCREEN", "LabHandler"]
URGENT = frozenset({"go", "timer", "show", "seats", "seat", "call", "say", "freeze", "focus", "wall", "end"})


class LabHandler(Handler[LabState]):
    """Frames of a laboratory; audiences are phone, group:KEY, screen, desk and notes."""

    kind = KIND
    rules = LabRules()
    ticks = {PHONE: 1.0, GROUP: 1.0, SCREEN: 0.1, DESK: 0.25, NOTES: 1.0}
    attentive = frozenset({DESK})

    def frame(self, state: State[LabState], audience: str) -> Any:
        """All that an audience may see now."""
        sort, _colon, key = audience.partition(":")
        moment = now()
        if sort == GROUP:
            return frames.group(state, key, moment)
        if sort == DESK:
            return desk.stirred(state, moment)
        return {PHONE: frames.phone, SCREEN: frames.screen, NOTES: frames.notes}[sort](state, moment)

    def place(self, state: State[LabState], ticket: Ticket) -> str:
        """With one's group while one sits in it, else with everybody; screens and note-takers stay.

        A desk asks its page for another ticket, which asks whether they still may.
        """
        if ticket.audience == DESK:
            return ""
        if not takes_part(ticket):
            return ticket.audience
        group = state.own.group_of(ticket.actor)
        return f"{GROUP}:{group}" if group else PHONE

    def own(self, state: State[LabState], ticket: Ticket) -> Any:
        """What somebody answered, and where they sit."""
        return frames.own(state, ticket.actor) if takes_part(ticket) else {}

    def board_right(self, state: State[LabState], ticket: Ticket, key: str) -> BoardRight | None:
        """What somebody may do on a board."""
        return rights.board_right(state, ticket, key)

    def urgent(self, event: Event) -> bool:
        """What the facilitator does is seen at once."""
        return event.kind in URGENT or super().urgent(event)
