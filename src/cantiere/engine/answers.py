"""What a kind of activity answers to those who know nothing of it: data, never HTML, never a request."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

Cell = str | int | Decimal | date | datetime | bool | None


class Reach(Enum):
    """Who may have a dataset; closed unless opened on purpose."""

    TEAM = "team"
    OPEN = "open"


@dataclass(frozen=True)
class Measure:
    """One number with its name and, where it is a share, the base it is a share of."""

    key: str
    name: str
    value: int
    base: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a dataset, as Table Schema describes it (``type``: string, integer, date …)."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class Dataset:
    """Rows others may reuse; read only when someone asks for them.

    ``theme`` is a code of the European data themes, ``frequency`` of the European frequencies; ``position``
    names the columns of longitude and latitude (degrees, WGS 84) where the rows stand somewhere.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Sequence[Cell]]]
    reach: Reach = Reach.TEAM
    text: str = ""
    theme: str = "GOVE"
    frequency: str = "IRREG"
    position: tuple[str, str] | None = None


@dataclass(frozen=True)
class Section:
    """What a report says of an activity: Markdown, and the figures that support it."""

    title: str
    text: str
    figures: Sequence[Measure] = ()
