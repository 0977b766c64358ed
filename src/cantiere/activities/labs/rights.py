"""Who may do what on the boards of a laboratory: on one's own table's while its block runs, unless frozen."""

from collections.abc import Collection, Mapping

from django.utils.crypto import salted_hmac

from cantiere.engine.board import BoardRight
from cantiere.engine.lab import GroupsPlan, LabState
from cantiere.engine.lab.layout import blocks_on, board_of
from cantiere.engine.live import State
from cantiere.foundation.live.tickets import Ticket

PHONE, GROUP, SCREEN, DESK, NOTES = "phone", "group", "screen", "desk", "notes"
LOOKING = BoardRight("")


def takes_part(ticket: Ticket) -> bool:
    """Whether the bearer is one of those who answer."""
    return ticket.audience.partition(":")[0] in {PHONE, GROUP}


def author_of(room: int, actor: str) -> str:
    """What somebody's notes are signed with: the same on all boards of a room, and leading to nobody."""
    return salted_hmac("cantiere.labs.author", f"{room} {actor}", algorithm="sha256").hexdigest()[:12]


def board_right(state: State[LabState], ticket: Ticket, key: str) -> BoardRight | None:
    """What the bearer may do on a board now; ``None`` where it is no board of theirs."""
    lab = state.own
    plans = blocks_on(lab.script, key)
    if not plans:
        return None
    author = author_of(state.room, ticket.actor)
    if ticket.audience == DESK:
        plan = plans.get(lab.current) or next(iter(plans.values()))
        return BoardRight(author, lead=True, dots=plan.dots)
    if not takes_part(ticket):
        return LOOKING
    sits = {block for block in plans if _sits(lab, block, ticket.actor, key)}
    return _of_table(lab, plans, sits, ticket.actor, author) if sits else None


def _sits(lab: LabState, block: str, actor: str, board: str) -> bool:
    seat = lab.seats_in(block).get(actor, "")
    return bool(seat) and board_of(lab.script, block, seat) == board


def _of_table(
    lab: LabState, plans: Mapping[str, GroupsPlan], sits: Collection[str], actor: str, author: str
) -> BoardRight:
    """Of somebody who sits at the board's table in some blocks: afterwards they may still read."""
    block = lab.current
    if block not in sits or lab.ended:
        return BoardRight(author)
    plan, seat = plans[block], lab.seats_in(block)[actor]
    writes = seat not in lab.frozen.get(block, ())
    focus = lab.focus.get(block, "")
    areas = frozenset({focus}) if focus else None
    return BoardRight(author, add=writes, shape=writes and plan.shape, dots=plan.dots, areas=areas)
