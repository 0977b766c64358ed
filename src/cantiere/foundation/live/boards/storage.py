"""Boards in the database, in plain SQL: this runs many times a second.

Updates of a board are numbered without a gap by whoever holds its row, so a reader sees at once whether it
has them all.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import InterfaceError, OperationalError, connection, transaction

from cantiere.foundation.live.tickets import now

Place = tuple[int, str]  # room and key
EMPTY = b"\0\0"
ROWS = 100  # in one statement of SQLite
_HEAD = "id, room_id, key, seq, epoch, up_to"
logger = logging.getLogger(__name__)


class Head(NamedTuple):
    """Where a board stands."""

    board: int
    room: int
    key: str
    seq: int
    epoch: int
    up_to: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A board as it is kept; ``board`` is 0 where nothing was written on it yet."""

    board: int = 0
    seq: int = 0
    epoch: int = 1
    base: bytes = EMPTY
    log: Sequence[bytes] = ()


class Failure(StrEnum):
    """Why something was not kept, where it is not a matter of rights."""

    BUSY = "busy"  # come again
    GONE = "gone"  # the room is no more
    ANEW = "anew"  # the document was made anew: what one holds of the old one is no part of it


class Kept(NamedTuple):
    """Where a flush stands in the log of its board, and what other processes had added before it."""

    board: int
    seq: int
    others: list[bytes]


@dataclass(slots=True)
class Flush:
    """What was merged into a board since its last commit; ``seq`` is the last update its document holds,
    ``board`` is 0 where that is not known yet. ``hands`` are the authors of new words in it.
    """

    place: Place
    epoch: int
    seq: int
    update: bytes
    figures: tuple[int, int]
    board: int = 0
    hands: frozenset[str] = frozenset()
    outcome: Kept | Failure = Failure.BUSY


@dataclass(slots=True)
class Compaction:
    """A document as one update, which holds everything up to the one numbered ``seq``."""

    board: int
    epoch: int
    seq: int
    base: bytes
    figures: tuple[int, int]


def _list(values: Iterable[object]) -> str:
    return ", ".join(["%s"] * len(list(values)))


def _query(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def exists(room: int) -> bool:
    """Whether there is such a room."""
    return bool(_query("SELECT 1 FROM live_liveroom WHERE id = %s", [room]))


def load(place: Place) -> Stored:
    """A board with its whole log."""
    while True:
        found = _query(f"SELECT {_HEAD}, snapshot FROM live_board WHERE room_id = %s AND key = %s", place)  # noqa: S608
        if not found:
            return Stored()
        head = Head(*found[0][:6])
        log = _after(head.board, head.up_to)
        if len(log) >= head.seq - head.up_to:  # else it was compacted between the two looks
            return Stored(head.board, head.up_to + len(log), head.epoch, bytes(found[0][6]), log)


def load_all(room: int) -> dict[str, Stored]:
    """The boards of a room with their logs, by key."""
    keys = _query("SELECT key FROM live_board WHERE room_id = %s ORDER BY key", [room])
    return {key: load((room, key)) for (key,) in keys}


def _after(board: int, seq: int) -> list[bytes]:
    rows = _query(
        'SELECT "update" FROM live_boardupdate WHERE board_id = %s AND seq > %s ORDER BY seq', [board, seq]
    )
    return [bytes(update) for (update,) in rows]


def heads(boards: Sequence[int], *, lock: bool = False) -> dict[int, Head]:
    """Where boards stand; locked, in order, to write."""
    found: dict[int, Head] = {}
    locking = " FOR UPDATE" if lock and connection.vendor == "postgresql" else ""
    ordered = sorted(boards)
    for first in range(0, len(ordered), ROWS):
        part = ordered[first : first + ROWS]
        sql = f"SELECT {_HEAD} FROM live_board WHERE id IN ({_list(part)}) ORDER BY id{locking}"  # noqa: S608
        found |= {row[0]: Head(*row) for row in _query(sql, part)}
    return found


def heads_in(rooms: Iterable[int]) -> dict[Place, Head]:
    """Where the boards of rooms stand."""
    found: dict[Place, Head] = {}
    for room in rooms:
        rows = _query(f"SELECT {_HEAD} FROM live_board WHERE room_id = %s", [room])  # noqa: S608
        found |= {(row[1], row[2]): Head(*row) for row in rows}
    return found


def missed(head: Head, seq: int) -> list[bytes]:
    """What was committed after an update; the whole document where that is in the snapshot already."""
    if head.up_to > seq:
        stored = load((head.room, head.key))
        return [stored.base, *stored.log]
    return _after(head.board, seq)[: head.seq - seq]


def commit(flushes: Sequence[Flush], compactions: Sequence[Compaction] = ()) -> None:
    """Keep all in one transaction, each after what others had added to its board."""
    try:
        with transaction.atomic():
            boards = [flush.board or _number(flush.place) for flush in flushes]
            found = heads(boards, lock=True)
            for flush, board in zip(flushes, boards, strict=True):
                flush.outcome = _follow(flush, found.get(board))
            _append(flushes)
            for compaction in compactions:
                _compact(compaction)
    except BaseException:
        for flush in flushes:
            flush.outcome = Failure.BUSY
        raise


def _number(place: Place) -> int:
    """The number of a board, made where nobody wrote on it yet; 0 where its room is no more."""
    _execute(
        "INSERT INTO live_board (room_id, key, snapshot, up_to, seq, notes, authors, epoch)"
        " SELECT id, %s, %s, 0, 0, 0, 0, 1 FROM live_liveroom WHERE id = %s ON CONFLICT DO NOTHING",
        [place[1], EMPTY, place[0]],
    )
    found = _query("SELECT id FROM live_board WHERE room_id = %s AND key = %s", place)
    return int(found[0][0]) if found else 0


def _follow(flush: Flush, head: Head | None) -> Kept | Failure:
    """Where a flush comes after what is there already."""
    if head is None:
        return Failure.GONE
    if head.epoch != flush.epoch:
        return Failure.ANEW
    return Kept(head.board, head.seq + 1, missed(head, flush.seq) if head.seq > flush.seq else [])


def _append(flushes: Sequence[Flush]) -> None:
    """Many rows a statement: after each the interpreter must be had back from the event loop."""
    kept = [(flush, flush.outcome) for flush in flushes if isinstance(flush.outcome, Kept)]
    moment = now()
    for first in range(0, len(kept), ROWS):
        part = kept[first : first + ROWS]
        rows = ", ".join(["(%s, %s, %s, %s)"] * len(part))
        _execute(
            f'INSERT INTO live_boardupdate (board_id, seq, "update", at) VALUES {rows}',  # noqa: S608
            [value for flush, place in part for value in (place.board, place.seq, flush.update, moment)],
        )
        _execute(
            f"WITH new (id, seq, notes, authors) AS (VALUES {rows})"  # noqa: S608
            " UPDATE live_board SET seq = new.seq, notes = new.notes, authors = new.authors"
            " FROM new WHERE live_board.id = new.id",
            [value for flush, place in part for value in (place.board, place.seq, *flush.figures)],
        )
    _sign(kept, moment)


def _sign(kept: Sequence[tuple[Flush, Kept]], moment: int) -> None:
    """Note who wrote just now."""
    hands = [(place.board, author, moment) for flush, place in kept for author in sorted(flush.hands)]
    for first in range(0, len(hands), ROWS):
        part = hands[first : first + ROWS]
        rows = ", ".join(["(%s, %s, %s)"] * len(part))
        _execute(
            f"INSERT INTO live_boardhand (board_id, author, at) VALUES {rows}"  # noqa: S608
            " ON CONFLICT (board_id, author) DO UPDATE SET at = excluded.at",
            [value for hand in part for value in hand],
        )


def unsign(room: int, author: str) -> None:
    """Forget when somebody wrote on the boards of a room."""
    _execute(
        "DELETE FROM live_boardhand WHERE author = %s"
        " AND board_id IN (SELECT id FROM live_board WHERE room_id = %s)",
        [author, room],
    )


def hands(room: int) -> Mapping[str, Mapping[str, int]]:
    """Of each board of a room when its authors last wrote there."""
    rows = _query(
        "SELECT key, author, at FROM live_boardhand JOIN live_board ON live_board.id = board_id"
        " WHERE room_id = %s",
        [room],
    )
    found: dict[str, dict[str, int]] = {}
    for key, author, at in rows:
        found.setdefault(key, {})[author] = at
    return found


def hold(place: Place) -> None:
    """Make a board where there is none, and keep others from writing on it until the transaction ends."""
    heads([_number(place)], lock=True)


def replace(stored: Stored, base: bytes, figures: tuple[int, int]) -> None:
    """Put another document in place of one that is held."""
    _execute(
        "UPDATE live_board SET snapshot = %s, up_to = seq, notes = %s, authors = %s, epoch = epoch + 1"
        " WHERE id = %s",
        [base, *figures, stored.board],
    )
    _execute("DELETE FROM live_boardupdate WHERE board_id = %s", [stored.board])


def _compact(compaction: Compaction) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE live_board SET snapshot = %s, up_to = %s, notes = %s, authors = %s"
            " WHERE id = %s AND epoch = %s AND up_to < %s",
            [
                compaction.base,
                compaction.seq,
                *compaction.figures,
                compaction.board,
                compaction.epoch,
                compaction.seq,
            ],
        )
        if cursor.rowcount:
            cursor.execute(
                "DELETE FROM live_boardupdate WHERE board_id = %s AND seq <= %s",
                [compaction.board, compaction.seq],
            )


def _execute(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def commit_patiently(flushes: Sequence[Flush], compactions: Sequence[Compaction] = ()) -> None:
    """:func:`commit`, again where the database was away for a moment, one by one where one is poison."""
    for last in (False, True):
        try:
            commit(flushes, compactions)
        except (OperationalError, InterfaceError):
            logger.warning("Boards could not be kept%s.", "" if last else "; once more", exc_info=last)
            if not connection.in_atomic_block:
                connection.close()
        except Exception:
            if len(flushes) + len(compactions) == 1:
                logger.exception("A board could not be kept.")
                return
            for flush in flushes:
                commit_patiently([flush])
            for compaction in compactions:
                commit_patiently([], [compaction])
            return
        else:
            return


def figures(room: int) -> Mapping[str, tuple[int, int]]:
    """Notes and authors of a room's boards."""
    rows = _query("SELECT key, notes, authors FROM live_board WHERE room_id = %s", [room])
    return {key: (notes, authors) for key, notes, authors in rows}
