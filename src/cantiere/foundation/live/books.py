"""What this process knows of rooms: the state after each log, caught up before anything is decided."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from cantiere.engine import live as rules_of
from cantiere.engine.live import LEADING, Event, Refusal, State
from cantiere.foundation.live import queries
from cantiere.foundation.live.handlers import Batch, Entry, Handler, Receipt, handler_of
from cantiere.foundation.live.queries import Head, Known

MOST_BOOKS = 300
logger = logging.getLogger(__name__)


class Failure(StrEnum):
    """Why an answer got no receipt, where it is not a matter of the room's rules."""

    TICKET = "ticket"  # called back, or its room is no more
    CONFLICT = "conflict"  # the key was used for something else
    BUSY = "busy"  # not kept; come again
    BROKEN = "broken"  # not kept, and coming again does not help


Outcome = Receipt | Refusal | Failure


class Answer:
    """Something somebody sent in, on its way to the log; ``done`` hears what became of it."""

    __slots__ = (
        "actor", "at", "body", "digest", "done", "key", "kind", "lead", "made", "outcome", "room", "slot",
        "text",
    )  # fmt: skip

    def __init__(
        self,
        *,
        room: int,
        kind: str,
        slot: str,
        actor: str,
        body: Mapping[str, Any],
        text: str,
        key: bytes,
        digest: bytes,
        at: int,
        made: int,
        lead: bool,
        done: Callable[[Outcome], None],
    ) -> None:
        """``made`` is when the ticket was given, ``at`` when the answer was received (milliseconds)."""
        self.room, self.kind, self.slot, self.actor = room, kind, slot, actor
        self.body, self.text, self.key, self.digest = body, text, key, digest
        self.at, self.made, self.lead, self.done = at, made, lead, done
        self.outcome: Outcome = Failure.BUSY


class Book:
    """One room: its handler, its state, and where in the log each key is."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.handler: Handler[Any] = handler_of(head.kind)
        self._keys: dict[bytes, int] = {}
        log = self._log(after=0)
        self.state: State[Any] = self.handler.load(log)
        for _rest in log:  # a kind may know more than its log, but the keys must all be read
            pass
        self.state.room = head.room
        self.epoch = head.epoch

    @property
    def seq(self) -> int:
        return self.state.seq

    def _log(self, after: int) -> Iterator[Event]:
        for event, key in queries.keyed_log(self.head.room, after):
            self._keys[key] = event.seq
            yield event

    def catch_up(self) -> bool:
        """Apply what other processes added since; tells whether that was anything urgent."""
        urgent = False
        for event in self._log(after=self.state.seq):
            self.state = rules_of.apply(self.handler.rules, self.state, event)
            urgent = urgent or event.kind in LEADING or self.handler.urgent(event)
        return urgent

    def take(self, answers: Sequence[Answer]) -> Batch:
        """Decide each answer in its order, on the state that those before it made."""
        keys = self._keys
        seen = queries.known(self.head.room, [keys[one.key] for one in answers if one.key in keys])
        entries: list[Entry] = []
        for answer in answers:
            entry = self._take(answer, seen)
            if entry is not None:
                entries.append(entry)
        return Batch(self.head.room, self.head.key, entries)

    def _take(self, answer: Answer, seen: dict[bytes, Known]) -> Entry | None:
        state = self.state
        if not state.accepts_ticket(answer.actor, answer.made):
            answer.outcome = Failure.TICKET
            return None
        earlier = seen.get(answer.key)
        if earlier is not None:
            answer.outcome = earlier.receipt if earlier.digest == answer.digest else Failure.CONFLICT
            return None
        event = Event(
            answer.kind, answer.slot, answer.actor, answer.body, answer.at, answer.lead, state.seq + 1
        )
        try:
            refusal = self.handler.decide(state, event)
        except Exception:
            logger.exception("A live answer of kind %s could not be judged.", answer.kind)
            answer.outcome = Failure.BROKEN
            return None
        if refusal is not None:
            answer.outcome = refusal
            return None
        self.state = rules_of.apply(self.handler.rules, state, event)
        answer.outcome = receipt = Receipt(event.seq, event.at)
        seen[answer.key] = Known(answer.digest, receipt)
        self._keys[answer.key] = event.seq
        return Entry(event, answer.text, answer.key, answer.digest)


class Shelf:
    """The books of this process. Only one thread uses it."""

    def __init__(self) -> None:
        self._books: dict[int, Book] = {}

    def book(self, head: Head) -> tuple[Book, bool]:
        """The book of a room as far as its log goes, and whether something urgent came from elsewhere."""
        book = self._books.pop(head.room, None)
        urgent = False
        if book is None or book.epoch != head.epoch or book.seq > head.seq:
            book, urgent = Book(head), True
        elif book.seq < head.seq:
            urgent = book.catch_up()
        self._books[head.room] = book  # the one used last is the last to go
        if len(self._books) > MOST_BOOKS:
            del self._books[next(iter(self._books))]
        return book, urgent

    def stands(self, head: Head) -> bool:
        """Whether the book of a room is there and up to date."""
        book = self._books.get(head.room)
        return book is not None and (book.seq, book.epoch) == (head.seq, head.epoch)

    def open(self, room: int) -> Book | None:
        """The book as it stands, without a look at the database."""
        return self._books.get(room)

    def forget(self, rooms: Iterable[int]) -> None:
        """What may differ from the log is thrown away."""
        for room in rooms:
            self._books.pop(room, None)
