"""What a room of an upper floor supplies to hold its rooms live; it registers when it starts."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import ImproperlyConfigured

from cantiere.engine import live as rules_of
from cantiere.engine.live import Event, Refusal, Rules, State
from cantiere.foundation.live.tickets import Ticket

S = TypeVar("S")


class Receipt(NamedTuple):
    """What whoever acted gets: the place in the log and the server's time (milliseconds since 1970)."""

    seq: int
    at: int


@dataclass(slots=True)
class Entry:
    """An event that is let in, with what the log keeps beside it."""

    event: Event
    text: str  # the body as JSON, as it is kept
    key: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one room that are committed together, numbered in their order."""

    room: int
    name: str  # what the room is to its handler
    entries: Sequence[Entry]


class Handler(ABC, Generic[S]):
    """One kind of live room. All methods run in the thread of the writer, and none may take long."""

    kind: str
    rules: Rules[S]
    # Seconds between two frames for an audience; the part of its name before a colon counts.
    ticks: Mapping[str, float] = {}
    tick = 0.1
    # Audiences (the part before a colon) that are shown who is present: made anew when others are.
    attentive: frozenset[str] = frozenset()

    def load(self, log: Iterator[Event]) -> State[S]:
        """The state of a room from its log."""
        return rules_of.replay(self.rules, log)

    def decide(self, state: State[S], event: Event) -> Refusal | None:
        """Whether an event may enter the log; the pure rules know."""
        return rules_of.decide(self.rules, state, event)

    def record(self, batch: Batch) -> None:
        """Keep a batch; a kind that has tables of its own writes them here, in the same transaction."""
        from cantiere.foundation.live import actions

        actions.append(batch)

    @abstractmethod
    def frame(self, state: State[S], audience: str) -> Any:
        """All that an audience may see, as JSON can hold it: small and whole, it replaces the one before."""

    def place(self, state: State[S], ticket: Ticket) -> str:  # noqa: ARG002 (for kinds that move people)
        """The audience in which somebody belongs now; the ticket's, unless the kind moves people about.

        Empty where the room does not know: then only the page, which asks who may, gives a new ticket.
        """
        return ticket.audience

    def own(self, state: State[S], ticket: Ticket) -> Any:  # noqa: ARG002
        """What concerns this person alone, as JSON can hold it: given to them only, when they ask."""
        return None

    def board_right(self, state: State[S], ticket: Ticket, key: str) -> Any:  # noqa: ARG002
        """What somebody may do on a board of the room (a ``BoardRight``); ``None`` where it is not theirs."""
        return None

    def pace(self, audience: str) -> float:
        """Seconds between two frames for an audience."""
        return self.ticks.get(audience.partition(":")[0], self.tick)

    def urgent(self, event: Event) -> bool:
        """Whether an event is shown at once, whatever the pace."""
        return event.kind in rules_of.LEADING


def encoded(frame: object) -> bytes:
    """A frame as one line of JSON."""
    return json.dumps(frame, separators=(",", ":"), allow_nan=False).encode()


_handlers: dict[str, Handler[Any]] = {}


def register(handler: Handler[Any]) -> Handler[Any]:
    """Add a kind; also usable again after a reload."""
    if not handler.kind.isidentifier():
        raise ImproperlyConfigured(f"{handler.kind!r} names no kind of live room.")
    _handlers[handler.kind] = handler
    return handler


def handler_of(kind: str) -> Handler[Any]:
    """The handler of a kind; an unknown one is an error of the program."""
    try:
        return _handlers[kind]
    except KeyError as missing:
        raise ImproperlyConfigured(f"Nobody registered the live kind {kind!r}.") from missing
