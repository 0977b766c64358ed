"""The rules of a live room: a numbered log, and what follows from it.

A room is its log. Everything shown of it is :func:`replay` of the log, so that a process that was away and
one that was there hold the same state. Whether an event may enter the log is decided before
(:func:`decide`); entering it is then a plain step (:func:`apply`) that cannot fail.

What every room shares is here: doors that open and close with a grace, tickets called back. What a poll, a
wall of ideas or a board adds is its :class:`Rules`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

S = TypeVar("S")

OPEN, CLOSE, REVOKE = "open", "close", "revoke"
LEADING = frozenset({OPEN, CLOSE, REVOKE})
# Milliseconds an answer on its way is still taken after the closing, by the server's own receipt.
GRACE, LONGEST_GRACE = 3_000, 60_000
WHOLE_ROOM = ""


class Event(NamedTuple):
    """Something somebody did; ``at`` is when the server received it, in milliseconds since 1970."""

    kind: str
    slot: str  # the question, board or step inside the room; empty for the room itself
    actor: str  # an opaque name given by whoever made the ticket
    body: Mapping[str, Any]
    at: int
    lead: bool = False  # whether the actor runs the room; decided upon, not kept
    seq: int = 0  # the place in the log; 0 before it has one


class Reason(StrEnum):
    """Why an event does not enter the log."""

    CLOSED = "closed"
    NOT_OPEN = "not_open"
    FORBIDDEN = "forbidden"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that is not taken; ``at`` is the closing time where that is the reason."""

    reason: Reason
    at: int | None = None
    detail: str = ""  # a word for the program that asked, never a sentence for people


@dataclass(frozen=True, slots=True)
class Door:
    """Answers are taken from ``opened`` to ``closes`` (included; ``None`` while nobody closed it)."""

    opened: int
    closed: int | None = None
    closes: int | None = None

    def takes(self, at: int) -> bool:
        """Whether something received at ``at`` is in time."""
        return self.closes is None or at <= self.closes


class Rules(ABC, Generic[S]):
    """What a kind of room adds to the shared ones."""

    @abstractmethod
    def fresh(self) -> S:
        """The state of a room in which nothing happened."""

    @abstractmethod
    def judge(self, own: S, event: Event) -> Refusal | None:
        """Whether the event may enter; nothing is changed."""

    @abstractmethod
    def step(self, own: S, event: Event) -> S:
        """The state after an event that entered. The old state is given up and may be reused."""

    def needs_open(self, event: Event) -> bool:
        """Whether somebody must have opened the event's slot before."""
        return event.slot != WHOLE_ROOM

    def passes_doors(self, event: Event) -> bool:  # noqa: ARG002 (for rules that know such events)
        """Whether a closed slot does not keep the event out: what whoever leads does with what came in."""
        return False


@dataclass(slots=True)
class State(Generic[S]):
    """All that follows from a log up to ``seq``."""

    own: S
    seq: int = 0
    doors: dict[str, Door] = field(default_factory=dict)
    revoked: dict[str, int] = field(default_factory=dict)  # actor → tickets made up to then are void
    room: int = field(default=0, compare=False)  # its number, for a handler; no rule may depend on it

    def accepts_ticket(self, actor: str, made: int) -> bool:
        """Whether a ticket made at ``made`` (milliseconds) was not called back since."""
        return made > self.revoked.get(actor, 0)


def fresh(rules: Rules[S]) -> State[S]:
    """The state of an empty log."""
    return State(rules.fresh())


def decide(rules: Rules[S], state: State[S], event: Event) -> Refusal | None:
    """Whether an event may enter the log now."""
    if event.kind in LEADING:
        return _decide_leading(state, event)
    for slot in () if rules.passes_doors(event) else (WHOLE_ROOM, event.slot):
        door = state.doors.get(slot)
        if door is not None and not door.takes(event.at):
            return Refusal(Reason.CLOSED, door.closes)
    if event.slot not in state.doors and rules.needs_open(event):
        return Refusal(Reason.NOT_OPEN)
    return rules.judge(state.own, event)


def _decide_leading(state: State[S], event: Event) -> Refusal | None:
    if not event.lead:
        return Refusal(Reason.FORBIDDEN)
    if event.kind == REVOKE:
        named = isinstance(event.body.get("actor"), str) and event.body["actor"] != ""
        return None if named else Refusal(Reason.WRONG, detail="actor")
    if event.kind == CLOSE:
        grace = event.body.get("grace", GRACE)
        if not isinstance(grace, int) or isinstance(grace, bool) or not 0 <= grace <= LONGEST_GRACE:
            return Refusal(Reason.WRONG, detail="grace")
        if event.slot != WHOLE_ROOM and event.slot not in state.doors:
            return Refusal(Reason.NOT_OPEN)
    return None


def apply(rules: Rules[S], state: State[S], event: Event) -> State[S]:
    """The state after an event of the log; the numbers follow one another without a gap."""
    if event.seq != state.seq + 1:
        raise ValueError(f"Event {event.seq} after {state.seq}.")
    state.seq = event.seq
    if event.kind == OPEN:
        state.doors[event.slot] = Door(event.at)
    elif event.kind == CLOSE:
        _close(state, event)
    elif event.kind == REVOKE:
        state.revoked[event.body["actor"]] = event.at
    state.own = rules.step(state.own, event)
    return state


def _close(state: State[S], event: Event) -> None:
    """The first closing counts: a second one does not let in whom the first kept out."""
    door = state.doors.get(event.slot, Door(0))
    if door.closed is None:
        closes = event.at + event.body.get("grace", GRACE)
        state.doors[event.slot] = Door(door.opened, event.at, closes)


def replay(rules: Rules[S], events: Iterable[Event], state: State[S] | None = None) -> State[S]:
    """What a log leads to, from the beginning or from a state that knows its first part."""
    reached = state or fresh(rules)
    for event in events:
        reached = apply(rules, reached, event)
    return reached
