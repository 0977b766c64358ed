"""Where the index comes from: each room can say again all that is to be found in it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NotRequired, Required, TypedDict


class Findable(TypedDict, total=False):
    """What :func:`cantiere.foundation.search.actions.index` takes."""

    key: Required[str]
    kind: Required[str]
    title: Required[str]
    text: Required[str]
    address: Required[str]
    audience: NotRequired[str]
    day: NotRequired[date | None]
    place_ids: NotRequired[Iterable[int]]
    weight: NotRequired[int]


Source = Callable[[], Iterable[Findable]]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a room's source; it should read in slices, since it gives everything."""
    if source not in _sources:
        _sources.append(source)
    return source


def everything() -> Iterator[Findable]:
    """All that can be found, room after room."""
    for source in _sources:
        yield from source()
