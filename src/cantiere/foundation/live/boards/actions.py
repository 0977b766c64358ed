"""What is done to boards from Python: the same checks and the same commit as for whoever is connected."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from typing import Any

from django.db import connection, transaction

from cantiere.engine.board import CLUSTERS, COMMENTS, LINKS, NOTES, VOTES, BoardRight, Change, Why
from cantiere.foundation.live.boards import storage
from cantiere.foundation.live.boards.board import Once, Outcome
from cantiere.foundation.live.boards.changes import document_of, update_of
from cantiere.foundation.live.boards.document import Document
from cantiere.foundation.live.boards.keeper import Keeper
from cantiere.foundation.live.boards.queries import values_of
from cantiere.foundation.live.boards.storage import Failure, Flush, Place, Stored
from cantiere.foundation.live.desk import the_desk

PATIENCE = 30.0
Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


class NotTakenError(Exception):
    """Nothing was changed: by the board's rules, or because it could not be kept."""

    def __init__(self, why: Outcome) -> None:
        super().__init__(why)
        self.why = why


def edit(*, room: int, key: str, right: BoardRight, changes: Sequence[Change]) -> None:
    """Change a board, all or nothing, and wait until it is committed; :class:`NotTakenError` where it is not.

    The caller has found out the ``right``, and holds no transaction where boards are open in this process.
    """
    place = (room, key)
    keeper = the_desk().boards
    outcome = _by_keeper(keeper, place, right, changes) if keeper.running else _alone(place, right, changes)
    if outcome is not None:
        raise NotTakenError(outcome)


def seed(*, room: int, key: str, changes: Sequence[Change]) -> bool:
    """Lay what a template brings on a board where nothing stands yet; tells whether it was laid."""
    if any(values_of(_document(storage.load((room, key)))).values()):
        return False
    authors = {change.values["by"] for change in changes if "by" in change.values} or {"seed"}
    for author in sorted(authors):
        own = [change for change in changes if change.values.get("by", author) == author]
        edit(room=room, key=key, right=BoardRight(author, lead=True), changes=own)
    return True


def _document(stored: Stored) -> Any:
    return document_of(stored.base, stored.log)


def _update(stored: Stored, changes: Sequence[Change]) -> bytes:
    try:
        return update_of(_document(stored), changes)
    except KeyError:
        raise NotTakenError(Why.WRONG) from None


def _by_keeper(keeper: Keeper, place: Place, right: BoardRight, changes: Sequence[Change]) -> Outcome:
    """Through the board that is open in this process, or will be."""
    if connection.in_atomic_block:
        raise RuntimeError("A board is changed outside of transactions: its writer would wait for this one.")
    heard: Future[Outcome] = Future()
    keeper.hand(keeper.submit, place, Once(right, heard.set_result), _update(storage.load(place), changes))
    try:
        return heard.result(PATIENCE)
    except WaitedTooLongError:
        return Failure.BUSY


def _alone(place: Place, right: BoardRight, changes: Sequence[Change]) -> Outcome:
    """Where no board is open in this process: a command, a job, or a server nobody came to yet."""
    with transaction.atomic():
        storage.hold(place)
        stored = storage.load(place)
        if not stored.board:
            return Failure.GONE
        document = Document(stored.base, stored.log)
        verdict = document.take(_update(stored, changes), right)
        if verdict is None and document.fresh:
            fresh, figures, hands = document.fresh, document.figures(), document.sign()
            storage.commit([Flush(place, stored.epoch, stored.seq, fresh, figures, stored.board, hands)])
        return verdict


def erase(*, room: int, author: str, words: bool = False) -> int:
    """Put a name that leads to nobody in place of an author's on all boards of a room; gives how many had it.

    With ``words`` what they wrote goes too. The documents are made anew, so that nothing of it is left in
    what was before; whoever has one open is let go and comes again.
    """
    name = f"cut-{secrets.token_hex(6)}"
    storage.unsign(room, author)
    return sum(
        _remake((room, key), lambda values: _without(values, author, name, words=words))
        for key, stored in storage.load_all(room).items()
        if _names(values_of(_document(stored)), author)
    )


def _names(values: Values, author: str) -> bool:
    by = (record.get("by") for root in (NOTES, LINKS, COMMENTS) for record in values[root].values())
    return author in values[VOTES] or author in by


@transaction.atomic
def _remake(place: Place, change: Callable[[Values], Values]) -> int:
    storage.hold(place)
    stored = storage.load(place)
    values = change(values_of(_document(stored)))
    document = document_of(storage.EMPTY)
    changes = [
        Change(root, name, record, made=True)
        for root, records in values.items()
        for name, record in records.items()
    ]
    base = update_of(document, changes)
    storage.replace(stored, base, Document(base).figures())
    return 1


_SAID: Mapping[str, Mapping[str, Any]] = {
    NOTES: {"text": "", "photo": "", "gone": True},
    COMMENTS: {"text": "", "gone": True},
    LINKS: {"label": "", "gone": True},
}


def _without(values: Values, author: str, name: str, *, words: bool) -> Values:
    renamed: dict[str, dict[str, Mapping[str, Any]]] = {
        CLUSTERS: dict(values[CLUSTERS]),
        VOTES: {name if by == author else by: dots for by, dots in values[VOTES].items()},
    }
    for root, said in _SAID.items():
        renamed[root] = {
            key: {**record, "by": name, **(said if words else {})} if record["by"] == author else record
            for key, record in values[root].items()
        }
    return renamed
