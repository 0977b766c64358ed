"""What upper rooms add to programmes and activities, which know nothing of them: they register themselves.

Parts of a programme's page, doors of the workspace, open data, what is to be done when an activity appears in
public or disappears from it, and why one cannot be removed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise

from cantiere.engine.answers import Dataset

if TYPE_CHECKING:
    from cantiere.programmes.models import Activity, Programme

Words = str | Promise
Added = TypeVar("Added")


@dataclass(frozen=True)
class Part:
    """A part of a programme's public page, the same for every visitor; ``read`` may give ``None``."""

    order: int
    template: str
    read: Callable[["Programme"], Mapping[str, object] | None]


@dataclass(frozen=True)
class AddedDoor:
    """A page of the workspace: ``name`` is its address, ``rule`` is asked of what it is about."""

    name: str
    label: Words
    rule: str
    icon: str = ""


@dataclass(frozen=True)
class DataSource:
    """Open data that no kind answers for: of each activity, whatever its kind.

    ``key`` stands in addresses and never changes; ``room`` is whose acts make the data new; ``activities``
    gives the public ones that have any.
    """

    key: str
    room: str
    activities: Callable[[], "QuerySet[Activity]"]
    datasets: Callable[["Activity"], Sequence[Dataset]]


Watcher = Callable[["Activity"], None]
Objection = Callable[["Activity"], Words | None]
_parts: list[Part] = []
_programme_doors: list[AddedDoor] = []
_activity_doors: list[AddedDoor] = []
_data: list[DataSource] = []
_watchers: list[Watcher] = []
_objections: list[Objection] = []


def _add(to: list[Added], what: Added) -> None:
    if what not in to:
        to.append(what)


def add_part(part: Part) -> None:
    """On the public page of programmes."""
    _add(_parts, part)


def add_programme_door(door: AddedDoor) -> None:
    """At the side of a programme's workspace; its address takes the programme's slug."""
    _add(_programme_doors, door)


def add_activity_door(door: AddedDoor) -> None:
    """Above the pages of an activity of any kind; its address takes the activity's slug."""
    _add(_activity_doors, door)


def add_data(source: DataSource) -> None:
    """In the catalogue of open data."""
    _add(_data, source)


def watch(watcher: Watcher) -> None:
    """Called in the transaction in which an activity is published, or withdrawn: ask ``is_public``."""
    _add(_watchers, watcher)


def object_to_removing(objection: Objection) -> None:
    """Asked before a draft is deleted: a sentence that says why it must stay, or ``None``."""
    _add(_objections, objection)


def parts() -> list[Part]:
    """In their order."""
    return sorted(_parts, key=lambda part: part.order)


def programme_doors() -> list[AddedDoor]:
    """In the order of the rooms."""
    return list(_programme_doors)


def activity_doors() -> list[AddedDoor]:
    """In the order of the rooms."""
    return list(_activity_doors)


def data() -> list[DataSource]:
    """In the order of the rooms."""
    return list(_data)


def objections(activity: "Activity") -> list[Words]:
    """Why this activity cannot be removed; empty when it can."""
    return [words for objection in _objections if (words := objection(activity))]


def appeared_or_disappeared(activity: "Activity") -> None:
    """Tell the rooms that wanted to know."""
    for watcher in _watchers:
        watcher(activity)
