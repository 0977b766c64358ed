"""Where places come from: the optional package, or ISTAT's own files."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cantiere.engine.territory import Shape


class SourceError(Exception):
    """A source that cannot be used; the message says what, where, and how to mend it."""


@dataclass(frozen=True)
class Town:
    """A municipality of today, as a list of ISTAT's gives it; codes keep their zeros."""

    code: str
    name: str
    cadastral: str
    province: str
    province_name: str
    short: str
    region: str
    region_name: str


@dataclass(frozen=True)
class Headcount:
    """Residents of one municipality and sex by single year of age: 101 counts, the last of 100 and more."""

    code: str
    sex: str
    ages: Sequence[int]


@dataclass(frozen=True)
class Reading:
    """What a source says about some regions; what it does not say is empty and stays as it was."""

    regions: Sequence[str]
    year: int | None = None
    towns: Sequence[Town] = ()
    headcounts: Sequence[Headcount] = ()
    shapes: dict[str, Shape] = field(default_factory=dict)
