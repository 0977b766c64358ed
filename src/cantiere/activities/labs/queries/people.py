"""What one participant gave, as the log has it."""

import json
from collections.abc import Iterator
from typing import Any

from cantiere.activities.labs.models import Participant
from cantiere.activities.labs.rights import author_of
from cantiere.foundation.live.boards import queries as boards
from cantiere.foundation.live.models import LiveEvent


def answers_of(participant: Participant) -> list[dict[str, Any]]:
    """Every event of theirs, in its order."""
    room = participant.lab.room_id
    if room is None:
        return []
    rows = LiveEvent.objects.filter(room_id=room, actor=participant.actor).order_by("seq")
    given = [{"kind": row.kind, "moment": row.slot, **json.loads(row.body)} for row in rows]
    return given + list(_on_boards(room, author_of(room, participant.actor)))


def _on_boards(room: int, author: str) -> Iterator[dict[str, Any]]:
    for key, board in sorted(boards.contents(room).items()):
        notes = [note.text for note in (*board.notes, *board.removed) if note.by == author]
        comments = [comment.text for comment in board.comments if comment.by == author]
        yield from ({"kind": "note", "moment": key, "value": text} for text in notes)
        yield from ({"kind": "comment", "moment": key, "value": text} for text in comments)
        if author in board.votes:
            yield {"kind": "dots", "moment": key, "value": dict(board.votes[author])}
