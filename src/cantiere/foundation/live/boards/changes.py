"""Changes to a board as Python says them: what a page without script, a photo of paper or a template does."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import pycrdt

from cantiere.engine.board import CLUSTERS, COMMENTS, LINKS, NOTES, ROOTS, VOTES, Change
from cantiere.foundation.live.boards.storage import EMPTY


def new_id() -> str:
    """A name for a record."""
    return secrets.token_hex(6)


def add_note(text: str, *, by: str, **fields: Any) -> Change:
    """A new note; ``fields`` are those of ``engine.board_content.Note``, perhaps its ``id`` too."""
    name = fields.pop("id", "") or new_id()
    usual = {"colour": "yellow", "area": "", "x": 0.0, "y": 0.0, "cluster": "", "order": 0.0}
    more = {"room": False, "photo": "", "gone": False}
    return Change(NOTES, name, {"text": text, "by": by, **usual, **more, **fields}, made=True)


def edit_note(note: str, **fields: Any) -> Change:
    """Another text, colour or photo."""
    return Change(NOTES, note, fields)


def move_note(note: str, **fields: Any) -> Change:
    """Another ``area``, ``x``, ``y``, ``order`` or ``cluster``."""
    return Change(NOTES, note, fields)


def remove_note(note: str) -> Change:
    return Change(NOTES, note, {"gone": True})


def restore_note(note: str) -> Change:
    return Change(NOTES, note, {"gone": False})


def add_cluster(title: str, **fields: Any) -> Change:
    """A new cluster; notes are moved into it by their field ``cluster``."""
    name = fields.pop("id", "") or new_id()
    usual = {"area": "", "x": 0.0, "y": 0.0, "order": 0.0, "gone": False}
    return Change(CLUSTERS, name, {"title": title, **usual, **fields}, made=True)


def edit_cluster(cluster: str, **fields: Any) -> Change:
    """Another title or place."""
    return Change(CLUSTERS, cluster, fields)


def remove_cluster(cluster: str) -> Change:
    return Change(CLUSTERS, cluster, {"gone": True})


def add_link(source: str, target: str, *, by: str, label: str = "") -> Change:
    """A line between two notes."""
    values = {"from": source, "to": target, "label": label, "by": by, "gone": False}
    return Change(LINKS, new_id(), values, made=True)


def remove_link(link: str) -> Change:
    return Change(LINKS, link, {"gone": True})


def add_comment(note: str, text: str, *, by: str) -> Change:
    """A word about a note."""
    return Change(COMMENTS, new_id(), {"note": note, "text": text, "by": by, "gone": False}, made=True)


def edit_comment(comment: str, text: str) -> Change:
    return Change(COMMENTS, comment, {"text": text})


def remove_comment(comment: str) -> Change:
    return Change(COMMENTS, comment, {"gone": True})


def vote(dots: Mapping[str, int], *, by: str) -> Change:
    """All the dots of one author, in place of those before: note or cluster → how many."""
    return Change(VOTES, by, dict(dots), made=True)


def document_of(base: bytes, log: Iterable[bytes] = ()) -> pycrdt.Doc[Any]:
    """A document of one's own, with what a base and a log hold."""
    document: pycrdt.Doc[Any] = pycrdt.Doc()
    for root in ROOTS:
        document[root] = pycrdt.Map()
    for update in (base, *log):
        if update != EMPTY:
            document.apply_update(update)
    return document


def update_of(document: pycrdt.Doc[Any], changes: Iterable[Change]) -> bytes:
    """Make changes on a document; gives the update. :class:`KeyError` where a record is not there."""
    before = document.get_state()
    with document.transaction():
        for change in changes:
            records = document.get(change.root, type=pycrdt.Map)
            if change.root == VOTES:
                records[change.id] = dict(change.values)
            elif change.made:
                records[change.id] = pycrdt.Map(dict(change.values))
            else:
                record = records[change.id]
                for name, value in change.values.items():
                    record[name] = value
    return document.get_update(before)
