"""What is done to live rooms: they are made, their log grows, a name is cut out of it."""

import secrets
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import F

from cantiere.foundation.live.handlers import Batch, Entry, Receipt, handler_of
from cantiere.foundation.live.models import LiveEvent, LiveRoom

COLUMNS = ("room_id", "seq", "kind", "slot", "actor", "body", "at", "key", "digest")
ROWS = 100  # in one statement of SQLite
TYPES = ("bigint", "bigint", "text", "text", "text", "text", "bigint", "bytea", "bytea")


def make(*, kind: str, key: str) -> LiveRoom:
    """The room of this name, made where there is none."""
    handler_of(kind)
    room, _new = LiveRoom.objects.get_or_create(kind=kind, key=key)
    return room


def append(batch: Batch) -> list[Receipt]:
    """Add a batch to a room's log. Called by the writer only, which holds the room."""
    rows = [_row(batch.room, entry) for entry in batch.entries]
    if connection.vendor == "postgresql":
        _append_columns(rows)
    else:
        _append_rows(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE live_liveroom SET seq = %s WHERE id = %s", [batch.entries[-1].event.seq, batch.room]
        )
    return [Receipt(entry.event.seq, entry.event.at) for entry in batch.entries]


Row = tuple[int | str | bytes, ...]


def _row(room: int, entry: Entry) -> Row:
    event = entry.event
    return (
        room,
        event.seq,
        event.kind,
        event.slot,
        event.actor,
        entry.text,
        event.at,
        entry.key,
        entry.digest,
    )


def _append_rows(rows: Sequence[Row]) -> None:
    """Many rows a statement: after each the interpreter must be had back from the other threads."""
    one = f"({', '.join(['%s'] * len(COLUMNS))})"
    with connection.cursor() as cursor:
        for first in range(0, len(rows), ROWS):
            part = rows[first : first + ROWS]
            cursor.execute(
                f"INSERT INTO live_liveevent ({', '.join(COLUMNS)}) VALUES {', '.join([one] * len(part))}",  # noqa: S608
                [value for row in part for value in row],
            )


def _append_columns(rows: Sequence[Row]) -> None:
    """One statement for any number of rows."""
    arrays = ", ".join(f"%s::{name}[]" for name in TYPES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO live_liveevent ({', '.join(COLUMNS)}) SELECT * FROM unnest({arrays})",  # noqa: S608
            [list(column) for column in zip(*rows, strict=True)],
        )


@transaction.atomic
def cut(*, actor: str) -> int:
    """Put a name that leads to nobody in place of an actor's, in all logs; gives how many events had it.

    What was counted stays counted. Texts are the business of the room above, which knows what they are.
    """
    rooms = set(LiveEvent.objects.filter(actor=actor).values_list("room_id", flat=True))
    list(LiveRoom.objects.select_for_update().filter(pk__in=rooms).order_by("pk"))
    changed = 0
    for room in sorted(rooms):
        of_room = LiveEvent.objects.filter(room_id=room, actor=actor)
        changed += of_room.update(actor=f"cut-{secrets.token_hex(12)}")
    LiveRoom.objects.filter(pk__in=rooms).update(epoch=F("epoch") + 1)
    return changed


@transaction.atomic
def remove(*, room: LiveRoom) -> None:
    """Delete a room and its log; tickets to it lead nowhere."""
    room.delete()
