"""The board of a group as a picture, laid out anew from what was gathered; its text is in the file."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import ngettext

from cantiere.activities.labs.files.document import made, weight
from cantiere.activities.labs.queries.outcome import Area, BoardView, Moment, Voice

TEMPLATE = Path(__file__).with_name("board.typ")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_NOTES = 300
HEADER = 33  # the signature, and the first chunk, which has always the same length


def picture(moment: Moment, board: BoardView) -> bytes:
    """A PNG; who cannot see it finds the outline as its description."""
    png = made(TEMPLATE, _laid_out(moment, board), "png")
    return _described(png, "\n".join(_outline(moment, board)))


class _Room:
    """How many notes still fit: a picture of thousands nobody could open."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.out = 0

    def take(self, voices: Sequence[Voice]) -> list[dict[str, str]]:
        shown = voices[: self.left]
        self.left -= len(shown)
        self.out += len(voices) - len(shown)
        return [{"text": " ".join(voice.text.split()), "weight": weight(voice)} for voice in shown]


def _laid_out(moment: Moment, board: BoardView) -> dict[str, Any]:
    """Areas in rows, as they stood on the board; those it no longer has at the end."""
    areas = {area.title: area for area in board.areas}
    plan = moment.row.result.get("areas") or []
    room = _Room(MOST_NOTES)
    known = [(one["y"], one["x"], one["w"], one["title"], one.get("prompt", "")) for one in plan]
    rows: dict[int, list[dict[str, Any]]] = {}
    for y, _x, w, title, prompt in sorted(known):
        rows.setdefault(y, []).append(_area(title, prompt, max(w, 1), areas.pop(title, None), room))
    for number, (title, area) in enumerate(areas.items()):
        rows[10_000 + number] = [_area(title, "", 1, area, room)]
    more = ngettext("And {n} note more, on the page.", "And {n} notes more, on the page.", room.out)
    return {
        "title": board.name or moment.row.title,
        "of": moment.row.title,
        "rows": [rows[y] for y in sorted(rows)],
        "more": more.format(n=room.out) if room.out else "",
    }


def _area(title: str, prompt: str, width: int, area: Area | None, room: _Room) -> dict[str, Any]:
    clusters = area.clusters if area is not None else ()
    return {
        "title": title,
        "prompt": prompt,
        "width": width,
        "clusters": [
            {"title": each.text, "weight": weight(each), "notes": room.take(each.notes)} for each in clusters
        ],
        "notes": room.take(area.notes if area is not None else ()),
    }


def _outline(moment: Moment, board: BoardView) -> Iterator[str]:
    yield f"{moment.row.title}. {board.name}" if board.name else moment.row.title
    for area in board.areas:
        if area.title:
            yield f"{area.title}:"
        for cluster in area.clusters:
            yield f"  {cluster.text}:"
            yield from (f"    - {_line(note)}" for note in cluster.notes)
        yield from (f"  - {_line(note)}" for note in area.notes)


def _line(voice: Voice) -> str:
    told = weight(voice)
    words = " ".join(voice.text.split())
    return f"{words} ({told})" if told else words


def _described(png: bytes, text: str) -> bytes:
    """The same picture with a description (PNG, chunk ``iTXt``)."""
    data = b"Description\0\0\0\0\0" + text.encode()
    chunk = struct.pack(">I", len(data)) + b"iTXt" + data
    chunk += struct.pack(">I", zlib.crc32(b"iTXt" + data))
    return png[:HEADER] + chunk + png[HEADER:]
