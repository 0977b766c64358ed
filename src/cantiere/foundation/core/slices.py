"""Many things some at a time: rows that are read while others are written, and whatever else."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")


def by_slices(rows: QuerySet[M], size: int = 200) -> Iterator[M]:
    """All rows in the order of their keys, ``size`` at a time, each slice by a query of its own.

    ``iterator()`` keeps a cursor open, and an open cursor holds the connection to what SQLite held when it
    began: whoever writes between two rows is refused as soon as anybody else has written.
    """
    rows = rows.order_by("pk")
    some = list(rows[:size])
    while some:
        yield from some
        some = list(rows.filter(pk__gt=some[-1].pk)[:size])


def portions(items: Iterable[T], size: int = 200) -> Iterator[list[T]]:
    """All of them in their order, at most ``size`` together."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
