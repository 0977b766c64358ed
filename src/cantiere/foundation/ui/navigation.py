"""The doors of the site: rooms register theirs when they start."""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse

Place = Literal["main", "person", "footer"]


@dataclass(frozen=True, order=True)
class Item:
    """A door: ``main`` for everybody, ``person`` beside one's own name, ``footer`` at the end of the page."""

    order: int
    label: str
    url_name: str
    place: Place = "main"


@dataclass(frozen=True)
class Door:
    """An item as one page shows it."""

    label: str
    url: str
    current: bool


_items: set[Item] = set()


def register(item: Item) -> None:
    """Add a door; the same one twice is one."""
    _items.add(item)


def doors(request: HttpRequest, place: Place) -> list[Door]:
    """The doors of a place in order; the deepest one that leads here is the current one."""
    found = [(item.label, reverse(item.url_name)) for item in sorted(_items, key=_order) if item.place == place]
    here = max((url for _, url in found if _leads(url, request.path)), key=len, default=None)
    return [Door(label, url, current=url == here) for label, url in found]


def _order(item: Item) -> tuple[int, str]:
    return item.order, item.url_name


def _leads(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
