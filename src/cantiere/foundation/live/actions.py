"""What is done to live rooms: they are made, their log grows, a name is cut out of it."""

import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from cantiere.foundation.live.handlers import Batch, Entry, handler_of
from cantiere.foundation.live.models import LiveEvent, LiveRoom

COLUMNS = ("room_id", "seq", "kind", "slot", "actor", "body", "at", "key", "digest")
ROWS = 100  # in one statement of SQLite
Body = dict[str, Any]
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def make(*, kind: str, key: str) -> LiveRoom:
    """The room of this name, made where there is none."""
    handler_of(kind)
    room, _new = LiveRoom.objects.get_or_create(kind=kind, key=key)
    return room


def append(batch: Batch) -> None:
    """Add a batch to a room's log. Called by the writer only, which holds the room."""
    rows = [_row(batch.room, entry) for entry in batch.entries]
    if connection.vendor == "postgresql":
        _append_lines(rows)
    else:
        _append_rows(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE live_liveroom SET seq = %s WHERE id = %s", [batch.entries[-1].event.seq, batch.room]
        )


Row = tuple[int, int, str, str, str, str, int, bytes, bytes]


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
    one = f"({', '.join('?' * len(COLUMNS))})"
    for first in range(0, len(rows), ROWS):
        part = rows[first : first + ROWS]
        statement = f"INSERT INTO live_liveevent ({', '.join(COLUMNS)}) VALUES {', '.join([one] * len(part))}"  # noqa: S608
        # Past Django's cursor, which would look for placeholders in all of it: a third of the time.
        with connection.wrap_database_errors:
            connection.connection.execute(statement, [value for row in part for value in row])


def _append_lines(rows: Sequence[Row]) -> None:
    """As PostgreSQL's COPY takes them: a quarter of the time of an INSERT, which adapts value by value."""
    lines = [
        f"{room}\t{seq}\t{kind}\t{slot}\t{actor.translate(_ESCAPED)}\t{body.translate(_ESCAPED)}\t{at}"
        f"\t\\\\x{key.hex()}\t\\\\x{digest.hex()}\n"
        for room, seq, kind, slot, actor, body, at, key, digest in rows
    ]
    statement = f"COPY live_liveevent ({', '.join(COLUMNS)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write("".join(lines))


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
def rewrite(*, room: int, actor: str, change: Callable[[Body], Body]) -> int:
    """Change what the events of an actor hold, where ``change`` gives something else; gives how many it did.

    For the room above, which knows which words are whose: the log is read anew by whoever holds the room.
    """
    LiveRoom.objects.select_for_update().filter(pk=room).update(epoch=F("epoch") + 1)
    changed = []
    for event in LiveEvent.objects.filter(room_id=room, actor=actor).order_by("seq"):
        before = json.loads(event.body)
        after = change(dict(before))
        if after != before:
            # What a key stood for would tell what is no longer there.
            event.body, event.digest = json.dumps(after, separators=(",", ":")), secrets.token_bytes(16)
            changed.append(event)
    LiveEvent.objects.bulk_update(changed, ["body", "digest"], batch_size=ROWS)
    return len(changed)


@transaction.atomic
def remove(*, room: LiveRoom) -> None:
    """Delete a room and its log; tickets to it lead nowhere."""
    room.delete()
