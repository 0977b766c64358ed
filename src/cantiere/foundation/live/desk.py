"""What a request means, whoever carries it: tickets first, then limits, then what was sent."""

import hashlib
import json
import logging
import random
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from json import JSONDecoder, JSONEncoder
from time import monotonic
from typing import Any, NamedTuple, NoReturn

from cantiere.engine.live import Reason, Refusal, State
from cantiere.foundation.live import meters, tickets
from cantiere.foundation.live.boards.keeper import Keeper
from cantiere.foundation.live.books import Answer, Failure, Outcome
from cantiere.foundation.live.handlers import Handler, Receipt, encoded
from cantiere.foundation.live.hub import Hub
from cantiere.foundation.live.news import chosen
from cantiere.foundation.live.questions import BusyError, GoneError, Question
from cantiere.foundation.live.tickets import Ticket

MOST_BYTES = 16_384
LONGEST_WAIT = 25.0
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_HEX = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,31}")
_SLOT = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
logger = logging.getLogger(__name__)


class Reply(NamedTuple):
    """An answer to a request; ``wait`` is when to come again, in seconds."""

    status: int
    body: bytes = b""
    wait: int = 0


def _error(status: int, word: str, **more: object) -> Reply:
    return Reply(status, json.dumps({"error": word, **more}).encode())


NO_TICKET = _error(403, "ticket")
WRONG = _error(422, "wrong")
TOO_LARGE = _error(413, "too_large")
CONFLICT = _error(409, "conflict")
NOWHERE = _error(404, "nowhere")
BROKEN = _error(500, "broken")
_REASONS = {
    Reason.CLOSED: (410, "closed"),
    Reason.NOT_OPEN: (409, "not_open"),
    Reason.FORBIDDEN: (403, "forbidden"),
    Reason.WRONG: (422, "wrong"),
}


def come_again(status: int, word: str, seconds: float) -> Reply:
    """Too many, or too quick: when to return, not all at the same moment."""
    wait = int(seconds) + random.randint(1, 4)  # noqa: S311 (only to spread them out)
    return Reply(status, b'{"error":"%s","wait":%d}' % (word.encode(), wait), wait)


def reply_to(outcome: Outcome) -> Reply:
    """What became of an answer, for whoever sent it."""
    if isinstance(outcome, Receipt):
        return Reply(200, b'{"seq":%d,"at":%d}' % outcome)
    if isinstance(outcome, Refusal):
        status, word = _REASONS[outcome.reason]
        more: dict[str, object] = {} if outcome.at is None else {"at": outcome.at}
        return _error(status, word, **more, **({"detail": outcome.detail} if outcome.detail else {}))
    if outcome is Failure.BUSY:
        return come_again(503, "busy", 0)
    return {Failure.TICKET: NO_TICKET, Failure.CONFLICT: CONFLICT, Failure.BROKEN: BROKEN}[outcome]


class WrongError(ValueError):
    """What was sent is no event."""


def _not_a_number(name: str) -> NoReturn:
    raise WrongError(name)


_encode = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_decoder = JSONDecoder(parse_constant=_not_a_number)


def key_of(text: str) -> bytes:
    """A key as it is kept: 32 hexadecimal digits are its 128 bits, other words are digested to as many."""
    if _HEX.fullmatch(text):
        return bytes.fromhex(text)
    if not _KEY.fullmatch(text):
        raise WrongError("key")
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def answer_of(
    ticket: Ticket,
    *,
    key: object,
    kind: object,
    slot: object,
    body: object,
    done: Callable[[Outcome], None],
) -> Answer:
    """An answer ready for the writer; :class:`WrongError` where it has not the shape of one."""
    if not (isinstance(key, str) and isinstance(kind, str) and isinstance(slot, str)):
        raise WrongError("key, kind and slot are words")
    if not isinstance(body, dict) or not _WORD.fullmatch(kind) or not _SLOT.fullmatch(slot):
        raise WrongError("kind, slot or body")
    try:
        text = _encode(body)
        meant = f"{ticket.actor}\0{kind}\0{slot}\0{text}".encode()
    except (ValueError, RecursionError, TypeError) as wrong:
        raise WrongError("body") from wrong
    if "\\u0000" in text:  # neither a database nor a screen could hold it
        raise WrongError("body")
    return Answer(
        room=ticket.room,
        kind=kind,
        slot=slot,
        actor=ticket.actor,
        body=body,
        text=text,
        key=key_of(key),
        digest=hashlib.blake2b(meant, digest_size=16).digest(),
        at=tickets.now(),
        made=ticket.made,
        lead=ticket.lead,
        done=done,
    )


class Desk:
    """Takes requests of the live part in this process."""

    def __init__(self, hub: Hub, limits: meters.Meters | None = None) -> None:
        self.hub = hub
        self.limits = limits or meters.usual()
        self.boards = Keeper(hub)
        self.refused = 0

    def admit(self, room: int, text: str, address: str) -> Ticket | Reply:
        """The ticket, or the one refusal for whatever is wrong with it."""
        moment = monotonic()
        wait = self.limits.address.take(address, moment)
        if wait:
            return come_again(429, "too_many", wait)
        ticket = tickets.read(text, room)
        if ticket is not None and self.hub.holds(ticket):
            return ticket
        self.refused += 1
        wait = self.limits.forged.take(address, moment)
        return come_again(429, "too_many", wait) if wait else NO_TICKET

    def act(
        self, room: int, text: str, body: bytes, address: str, done: Callable[[Outcome], None]
    ) -> Reply | None:
        """Hand an answer to the writer; ``None`` means that ``done`` hears the outcome on the loop."""
        ticket = self.admit(room, text, address)
        if isinstance(ticket, Reply):
            return ticket
        if len(body) > MOST_BYTES:
            return TOO_LARGE
        wait = self.limits.actor.take(f"{room}/{ticket.actor}", monotonic())
        if wait:
            return come_again(429, "too_many", wait)
        try:
            sent = _decoder.decode(body.decode())
            if not isinstance(sent, dict) or not sent.keys() <= {"key", "kind", "slot", "body"}:
                return WRONG
            answer = answer_of(
                ticket,
                key=sent.get("key"),
                kind=sent.get("kind"),
                slot=sent.get("slot", ""),
                body=sent.get("body", {}),
                done=done,
            )
        except (ValueError, RecursionError):
            return WRONG
        return None if self.hub.writer.put(answer) else come_again(503, "busy", 1)

    def listen(self, room: int, text: str, address: str) -> Ticket | Reply:
        """The ticket of somebody who may open a stream."""
        ticket = self.admit(room, text, address)
        if isinstance(ticket, Reply):
            return ticket
        if self.hub.attendance.streams(room, ticket.actor) >= self.limits.streams:
            return come_again(429, "too_many", 5)
        return ticket if self.hub.open < self.limits.streams_in_all else come_again(503, "busy", 10)

    def renew(self, room: int, text: str, address: str, done: Callable[[Reply], None]) -> Reply | None:
        """A fresh ticket for one that still counts, for the place where its bearer belongs now, with what
        concerns them alone; ``None`` means that ``done`` hears it on the loop.
        """
        ticket = self.admit(room, text, address)
        if isinstance(ticket, Reply):
            return ticket
        wait = self.limits.renewals.take(f"{room}/{ticket.actor}", monotonic())
        if wait:
            return come_again(429, "too_many", wait)
        question = Question(room, partial(_renewed, ticket), lambda outcome: done(_renewal(outcome)))
        return None if self.hub.writer.put(question) else come_again(503, "busy", 1)


def _renewed(ticket: Ticket, state: State[Any], handler: Handler[Any]) -> Reply:
    if not state.accepts_ticket(ticket.actor, ticket.made):
        return NO_TICKET
    audience = handler.place(state, ticket)
    fresh = tickets.renew(ticket, audience) if audience else None
    if fresh is None:
        return NO_TICKET
    own = handler.own(state, ticket)
    return Reply(200, encoded({"ticket": fresh, "audience": audience, "own": own}))


def _renewal(outcome: Reply | Exception) -> Reply:
    if isinstance(outcome, Reply):
        return outcome
    if isinstance(outcome, GoneError):
        return NO_TICKET
    if isinstance(outcome, BusyError):
        return come_again(503, "busy", 0)
    logger.error("A place in a live room could not be told.", exc_info=outcome)
    return BROKEN


_desk: Desk | None = None
_making = threading.Lock()


def the_desk() -> Desk:
    """The one of this process."""
    global _desk  # noqa: PLW0603
    with _making:
        if _desk is None:
            _desk = Desk(Hub(chosen()))
        return _desk


@dataclass(frozen=True, slots=True)
class Figures:
    """How this process is doing: who listens, what waits, what was kept since it began, tickets refused."""

    listening: int
    waiting: int
    kept: int
    refused: int


def figures() -> Figures:
    """Of this process; another one has its own."""
    desk = the_desk()
    writer = desk.hub.writer
    return Figures(desk.hub.open, writer.waiting, writer.kept, desk.refused)
