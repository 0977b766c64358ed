"""Reading boards: from what is committed, whichever process holds them open."""

import json
from collections.abc import Mapping
from typing import Any

import pycrdt

from cantiere.engine.board import ROOTS
from cantiere.engine.board_content import BoardContent, Figure, content_of
from cantiere.foundation.live.boards import storage
from cantiere.foundation.live.boards.changes import document_of
from cantiere.foundation.live.boards.storage import Stored


def values_of(document: pycrdt.Doc[Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """All records of a document as plain values."""
    return {root: json.loads(str(document.get(root, type=pycrdt.Map))) for root in ROOTS}


def _content(stored: Stored) -> BoardContent:
    return content_of(values_of(document_of(stored.base, stored.log)))


def read(room: int, key: str) -> BoardContent:
    """What stands on a board; nothing where nobody wrote on it."""
    return _content(storage.load((room, key)))


def contents(room: int) -> dict[str, BoardContent]:
    """What stands on the boards of a room, by key."""
    return {key: _content(stored) for key, stored in storage.load_all(room).items()}


def figures(room: int) -> dict[str, Figure]:
    """How many notes of how many authors stand on the boards of a room, by key; without reading them."""
    return {key: Figure(*figures) for key, figures in storage.figures(room).items()}


def hands(room: int) -> Mapping[str, Mapping[str, int]]:
    """Of each board of a room when its authors last wrote there: author → milliseconds since 1970."""
    return storage.hands(room)
