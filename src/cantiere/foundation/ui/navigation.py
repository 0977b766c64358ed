"""The doors of the site: rooms register theirs when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Place = Literal["main", "person", "footer"]


@dataclass(frozen=True)
class Item:
    """A door: ``main`` for everybody, ``person`` beside one's own name, ``footer`` at the end of the page.

    ``shown`` says to whom, when it is not for everybody.
    """

    order: int
    label: str | Promise
    url_name: str
    place: Place = "main"
    shown: Callable[[HttpRequest], bool] = lambda _request: True


@dataclass(frozen=True)
class Door:
    """An item as one page shows it."""

    label: str
    url: str
    current: bool


_items: dict[tuple[Place, str], Item] = {}


def register(item: Item) -> None:
    """Add a door; the same place and address twice is one."""
    _items[item.place, item.url_name] = item


def doors(request: HttpRequest, place: Place) -> list[Door]:
    """The doors of a place in order; the deepest one that leads here is the current one."""
    items = sorted((item for item in _items.values() if item.place == place), key=_order)
    found = [(item.label, reverse(item.url_name)) for item in items if item.shown(request)]
    here = max((url for _, url in found if _leads(url, request.path)), key=len, default=None)
    return [Door(str(label), url, current=url == here) for label, url in found]


def _order(item: Item) -> tuple[int, str]:
    return item.order, item.url_name


def _leads(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
