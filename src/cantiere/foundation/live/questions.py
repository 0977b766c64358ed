"""What is asked of a room's state: answered in the writer's thread, from the log as it stands then."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from cantiere.engine.live import State
from cantiere.foundation.live import queries
from cantiere.foundation.live.books import Shelf
from cantiere.foundation.live.handlers import Handler

Ask = Callable[[State[Any], Handler[Any]], Any]


class GoneError(LookupError):
    """The room is no more."""


class BusyError(RuntimeError):
    """Too many wait, or the database is away; come again."""


class Question:
    """``ask`` reads the state and changes nothing; ``done`` hears what it gave, or the error."""

    __slots__ = ("ask", "done", "outcome", "room")

    def __init__(self, room: int, ask: Ask, done: Callable[[Any], None]) -> None:
        self.room, self.ask, self.done = room, ask, done
        self.outcome: Any = BusyError()


def answer(shelf: Shelf, questions: Sequence[Question]) -> dict[int, bool]:
    """Answer all from one look at the heads; gives the rooms others had changed, and whether urgently."""
    by_room: dict[int, list[Question]] = defaultdict(list)
    for question in questions:
        by_room[question.room].append(question)
    changed: dict[int, bool] = {}
    heads = queries.heads(list(by_room))
    for room in by_room.keys() - heads.keys():
        for question in by_room[room]:
            question.outcome = GoneError()
    for room, head in heads.items():
        stood = shelf.stands(head)
        book, urgent = shelf.book(head)
        if not stood:
            changed[room] = urgent
        for question in by_room[room]:
            try:
                question.outcome = question.ask(book.state, book.handler)
            except Exception as broken:  # noqa: BLE001 (whoever asked is told)
                question.outcome = broken
    return changed
