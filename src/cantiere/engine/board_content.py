"""What stands on a board, as pages and the harvest read it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cantiere.engine.board import CLUSTERS, COMMENTS, LINKS, NOTES, VOTES

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Note:
    """``by`` names its author opaquely; ``room``: somebody typed it for people in the room."""

    id: str
    text: str
    by: str
    colour: str = "yellow"
    area: str = ""
    x: float = 0.0
    y: float = 0.0
    cluster: str = ""
    order: float = 0.0
    room: bool = False
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Notes that somebody put together."""

    id: str
    title: str
    area: str = ""
    x: float = 0.0
    y: float = 0.0
    order: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two notes."""

    id: str
    source: str
    target: str
    by: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a note."""

    id: str
    note: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Figure:
    """How much stands on a board, and of how many people."""

    notes: int = 0
    authors: int = 0


@dataclass(frozen=True, slots=True)
class BoardContent:
    """In the order of the list view. ``removed`` can be restored; ``votes``: dots by author and target."""

    notes: tuple[Note, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    votes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    removed: tuple[Note, ...] = ()

    @property
    def dots(self) -> Counter[str]:
        """Dots by note or cluster."""
        given: Counter[str] = Counter()
        for of_one in self.votes.values():
            given.update(of_one)
        return given

    def note(self, name: str) -> Note | None:
        """One that stands there."""
        return next((note for note in self.notes if note.id == name), None)


def _note(name: str, values: Mapping[str, Any]) -> Note:
    return Note(id=name, **{key: value for key, value in values.items() if key != "gone"})


def _cluster(name: str, values: Mapping[str, Any]) -> Cluster:
    return Cluster(id=name, **{key: value for key, value in values.items() if key != "gone"})


def content_of(values: Values) -> BoardContent:
    """The content of a board from its five tables as plain values.

    A comment or a link stands as long as its notes do, a note is in a cluster as long as that stands.
    """
    standing = {root: _standing(values[root]) for root in (NOTES, CLUSTERS, LINKS, COMMENTS)}
    notes, clusters = standing[NOTES], standing[CLUSTERS]
    made = [_note(name, _grouped(note, clusters)) for name, note in notes.items()]
    removed = [_note(name, note) for name, note in values[NOTES].items() if name not in notes]
    links = [
        Link(name, link["from"], link["to"], link["by"], link.get("label", ""))
        for name, link in standing[LINKS].items()
        if link["from"] in notes and link["to"] in notes
    ]
    comments = [
        Comment(name, comment["note"], comment["text"], comment["by"])
        for name, comment in standing[COMMENTS].items()
        if comment["note"] in notes
    ]
    votes = {
        author: {target: int(dots) for target, dots in given.items() if target in notes or target in clusters}
        for author, given in sorted(values[VOTES].items())
    }
    return BoardContent(
        notes=tuple(sorted(made, key=_place)),
        clusters=tuple(sorted((_cluster(*one) for one in clusters.items()), key=_place)),
        links=tuple(sorted(links, key=lambda link: link.id)),
        comments=tuple(sorted(comments, key=lambda comment: comment.id)),
        votes=votes,
        removed=tuple(sorted(removed, key=_place)),
    )


def _standing(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {name: record for name, record in records.items() if not record.get("gone", False)}


def _grouped(note: Mapping[str, Any], clusters: Mapping[str, Any]) -> Mapping[str, Any]:
    return note if note.get("cluster", "") in clusters else {**note, "cluster": ""}


def _place(one: Note | Cluster) -> tuple[float, str]:
    return one.order, one.id
