"""Who is in a room now, over all processes: each says so in a small table, where there may be several."""

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from cantiere.foundation.live.tickets import now

SAY_EVERY = 5.0
STALE = 15_000  # milliseconds after which a process that says nothing more is not believed
DEAD = 600_000
_KEEP = (
    "INSERT INTO live_livepresence (process, room_id, actors, at) SELECT %s, id, %s, %s FROM live_liveroom"
    " WHERE id = %s ON CONFLICT (process, room_id) DO UPDATE SET actors = excluded.actors, at = excluded.at"
)


def several() -> bool:
    """Whether other processes may serve the same rooms."""
    return connection.vendor == "postgresql"


def say(process: str, rooms: Mapping[int, Sequence[str]]) -> None:
    """What this process holds; what it held before and what dead ones left is taken away."""
    moment = now()
    with connection.cursor() as cursor:
        for room, actors in sorted(rooms.items()):
            cursor.execute(_KEEP, [process, json.dumps(sorted(actors)), moment, room])
        cursor.execute(
            "DELETE FROM live_livepresence WHERE (process = %s AND at < %s) OR at < %s",
            [process, moment, moment - DEAD],
        )


def hear(process: str = "", room: int = 0) -> dict[int, frozenset[str]]:
    """The actors that other processes hold, by room; of all rooms where none is named."""
    held: dict[int, frozenset[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT room_id, actors FROM live_livepresence WHERE at >= %s AND process <> %s"
            " AND (%s = 0 OR room_id = %s)",
            [now() - STALE, process, room, room],
        )
        for number, actors in cursor.fetchall():
            held[number] = held.get(number, frozenset()).union(json.loads(actors))
    return held


def present(room: int) -> frozenset[str]:
    """Actors with an open stream in a room, seconds ago at most; for frames and for pages."""
    from cantiere.foundation.live.desk import the_desk

    hub = the_desk().hub
    if hub.writer.running or not several():
        return hub.present(room)
    return hear(room=room).get(room, frozenset())
