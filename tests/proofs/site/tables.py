"""A toy room with boards: whoever leads says what the others may do on them."""

from dataclasses import dataclass
from typing import Any

from cantiere.engine.board import BoardRight
from cantiere.engine.live import Event, Reason, Refusal, Rules, State
from cantiere.foundation.live.handlers import Handler
from cantiere.foundation.live.tickets import Ticket


@dataclass
class Mode:
    """What those who do not lead may do."""

    add: bool = True
    shape: bool = False
    dots: int = 3
    areas: tuple[str, ...] | None = None


class TableRules(Rules[Mode]):
    def fresh(self) -> Mode:
        return Mode()

    def judge(self, own: Mode, event: Event) -> Refusal | None:
        if not event.lead:
            return Refusal(Reason.FORBIDDEN)
        known = event.kind == "mode" and event.body.keys() <= set(Mode.__annotations__)
        return None if known else Refusal(Reason.WRONG)

    def step(self, own: Mode, event: Event) -> Mode:
        return Mode(**event.body) if event.kind == "mode" else own

    def needs_open(self, event: Event) -> bool:
        return False


class Tables(Handler[Mode]):
    """Boards ``t1``, ``t2`` …: whoever is at ``group:t1`` works on ``t1``, whoever leads on all."""

    kind = "tables"
    rules = TableRules()

    def frame(self, state: State[Mode], audience: str) -> Any:
        return {"add": state.own.add}

    def urgent(self, event: Event) -> bool:
        return True

    def board_right(self, state: State[Mode], ticket: Ticket, key: str) -> BoardRight | None:
        if not key.startswith("t"):
            return None
        mode = state.own
        if ticket.lead:
            return BoardRight(author=f"by-{ticket.actor}", add=True, shape=True, lead=True, dots=mode.dots)
        if ticket.audience != f"group:{key}":
            return None
        return BoardRight(
            author=f"by-{ticket.actor}",
            add=mode.add,
            shape=mode.shape,
            dots=mode.dots,
            areas=None if mode.areas is None else frozenset(mode.areas),
        )
