"""What somebody sees of a running laboratory, asked of the one who writes its log."""

from dataclasses import dataclass
from typing import Any

from cantiere.activities.labs.live import PHONE
from cantiere.activities.labs.models import Lab
from cantiere.engine.board import BoardRight
from cantiere.engine.live import State
from cantiere.foundation.live import submit, tickets
from cantiere.foundation.live.handlers import Handler
from cantiere.foundation.live.tickets import Ticket


@dataclass(frozen=True)
class Sight:
    """The audience somebody belongs to, its frame, and what concerns them alone, as the phone hears it."""

    audience: str
    frame: dict[str, Any]
    own: dict[str, Any]
    out: bool  # shown out by whoever leads
    boards: bool  # whether somewhere in the run sheet there are boards


def look(room: int, actor: str, audience: str = PHONE) -> Sight:
    """What ``actor`` sees now."""
    moment = tickets.now()
    ticket = Ticket(room, actor, audience, False, moment, moment)

    def see(state: State[Any], handler: Handler[Any]) -> Sight:
        place = handler.place(state, ticket)
        lab = state.own
        boards = any(getattr(block.plan, "areas", ()) for block in lab.script.blocks.values())
        return Sight(place, handler.frame(state, place), handler.own(state, ticket), actor in lab.out, boards)

    seen: Sight = submit.ask(room=room, ask=see)
    return seen


def first_here(room: int) -> str:
    """The name in the log of whoever came in first and still takes part; empty where nobody did."""

    def see(state: State[Any], _handler: Handler[Any]) -> str:
        return next((each for each in state.own.people if each not in state.own.out), "")

    found: str = submit.ask(room=room, ask=see)
    return found


def right_on(room: int, actor: str, key: str) -> BoardRight | None:
    """What a participant may do on a board now; ``None`` where it is not theirs."""
    moment = tickets.now()
    ticket = Ticket(room, actor, PHONE, False, moment, moment)
    right: BoardRight | None = submit.ask(
        room=room, ask=lambda state, handler: handler.board_right(state, ticket, key)
    )
    return right


def link_of(lab: Lab, group: str) -> str:
    """Where a group meets by video; empty where it has no call, or there is no such group."""
    return lab.groups.filter(key=group).values_list("link", flat=True).first() or ""
