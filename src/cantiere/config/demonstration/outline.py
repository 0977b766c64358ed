"""How the demonstration's programmes are written down: days are counted from a day of the programme."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from cantiere.activities.labs.methods import Step
from cantiere.programmes.models import Change, Partnership, Programme

Role = Partnership.Role
Kind = Change.Kind
Form = Programme.Form
Day = int
"""Days from the programme's day zero, which is the day of loading unless the programme says another."""
Where = tuple[str, str]
"""Kind and code of a place, for example ``("province", "047")``."""


@dataclass(frozen=True)
class Body:
    """An organisation."""

    key: str
    name: str
    legal_form: str
    place: Where | None = None
    short: str = ""
    website: str = ""


@dataclass(frozen=True)
class Told:
    """An activity of kind ``page``."""

    title: str
    summary: str
    story: str
    phase: int | None = None
    goals: tuple[int, ...] = ()
    first: Day | None = None
    last: Day | None = None
    outcome: str = ""
    place: Where | None = None


@dataclass(frozen=True)
class Held:
    """An activity of kind ``meeting``, with one session."""

    title: str
    summary: str
    on: Day
    at: tuple[int, int] = (17, 30)
    minutes_long: int = 120
    phase: int | None = None
    goals: tuple[int, ...] = ()
    mode: str = "in_person"
    place: Where | None = None
    venue: str = ""
    event_type: str = "1.2.4"
    agenda: str = ""
    directions: str = ""
    languages: str = ""
    capacity: int | None = None
    approval: bool = False
    enrolled: int = 0
    """How many invented people have a seat; beyond the capacity they wait."""
    came: int = 0
    short: str = ""
    points: tuple[str, ...] = ()
    minutes: str = ""


@dataclass(frozen=True)
class Note:
    """A note on a group's board: who wrote it (by their place among the people), its dots, its cluster."""

    group: str
    area: str
    text: str
    by: int
    dots: int = 0
    cluster: str = ""


@dataclass(frozen=True)
class Evening:
    """What invented people said in a laboratory; blocks are named by their place in the run sheet.

    ``people``: municipality, kind of actor, whether from afar. ``ideas``: who and what; ``merged``: which of
    them say the same, the one that stands first.
    """

    people: tuple[tuple[str, str, bool], ...]
    choices: Mapping[int, tuple[str, ...]]
    ideas: Mapping[int, tuple[tuple[int, str], ...]]
    merged: Mapping[int, tuple[tuple[int, int], ...]]
    notes: Mapping[int, tuple[Note, ...]]


@dataclass(frozen=True, kw_only=True)
class Worked(Held):
    """An activity of kind ``lab``: a meeting with a run sheet; ``evening`` where it was held."""

    steps: Callable[[], tuple[Step, ...]]
    groups: tuple[str, ...] = ()
    code: str = ""
    reason: str = ""
    evening: Evening | None = None


@dataclass(frozen=True)
class Tale:
    """An innovator, invented; ``day`` is that of the consent, or of the nomination where there is none yet."""

    name: str
    town: str
    what: str
    story: str = ""
    kind: str = "person"
    organisation: str = ""
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    interests: str = ""
    sectors: tuple[str, ...] = ()
    website: str = ""
    day: Day = 0
    stands: str = "published"
    by: str = ""
    why: str = ""
    reach: str = ""


@dataclass(frozen=True)
class Mapped:
    """An activity of kind ``innovator_map`` with its innovators."""

    title: str
    summary: str
    intro: str
    opens: Day
    closes: Day
    phase: int | None = None
    goals: tuple[int, ...] = ()
    outcome: str = ""
    tales: tuple[Tale, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A phase: planned and real days."""

    title: str
    summary: str
    starts: Day | None = None
    ends: Day | None = None
    started: Day | None = None
    ended: Day | None = None


@dataclass(frozen=True)
class Turn:
    """A change along the way."""

    kind: Kind
    on: Day
    reason: str
    what: str = ""
    phase: int | None = None
    days: int | None = None


@dataclass(frozen=True)
class Plan:
    """A whole programme."""

    title: str
    summary: str
    form: Form
    approach: str
    places: tuple[Where, ...]
    starts: Day
    ends: Day | None
    contact: str
    goals: tuple[tuple[str, str], ...]
    partners: tuple[tuple[str, Role, str], ...]
    bodies: tuple[Body, ...]
    phases: tuple[Stretch, ...] = ()
    turns: tuple[Turn, ...] = ()
    activities: tuple[Told | Held | Mapped, ...] = field(default=())
    day_zero: Callable[[], date] = timezone.localdate
