"""Reading rooms and their logs, in plain SQL: this runs for every batch."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from cantiere.engine.live import Event
from cantiere.foundation.live.handlers import Receipt

AT_ONCE = 2_000


class Head(NamedTuple):
    """Where a room stands."""

    room: int
    kind: str
    key: str
    seq: int
    epoch: int


class Known(NamedTuple):
    """What a key stood for when it was first taken."""

    digest: bytes
    receipt: Receipt


def _list(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def heads(rooms: Sequence[int], *, lock: bool = False) -> dict[int, Head]:
    """Where rooms stand; locked (in order, so that two processes never wait for each other) to write."""
    if not rooms:
        return {}
    locking = " FOR UPDATE" if lock and connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, kind, key, seq, epoch FROM live_liveroom WHERE id IN ({_list(rooms)})"  # noqa: S608
            f" ORDER BY id{locking}",
            sorted(rooms),
        )
        return {row[0]: Head(*row) for row in cursor.fetchall()}


def known(room: int, numbers: Sequence[int]) -> dict[bytes, Known]:
    """What the keys of these events stood for."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, digest, seq, at FROM live_liveevent"  # noqa: S608
            f" WHERE room_id = %s AND seq IN ({_list(numbers)})",
            [room, *numbers],
        )
        return {
            bytes(key): Known(bytes(digest), Receipt(seq, at)) for key, digest, seq, at in cursor.fetchall()
        }


def log(room: int, after: int = 0) -> Iterator[Event]:
    """The events of a room after a number, in order."""
    return (event for event, _key in keyed_log(room, after))


def keyed_log(room: int, after: int = 0) -> Iterator[tuple[Event, bytes]]:
    """The events of a room after a number, in order, each with its key."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq, kind, slot, actor, body, at, key FROM live_liveevent"
                " WHERE room_id = %s AND seq > %s ORDER BY seq LIMIT %s",
                [room, after, AT_ONCE],
            )
            rows = cursor.fetchall()
        for seq, kind, slot, actor, body, at, key in rows:
            yield Event(kind, slot, actor, json.loads(body), at, seq=seq), bytes(key)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]
