"""The one interface between a programme and what it does: a kind of activity.

A kind supplies five words and no methods; each answer has a default. Nobody compares ``kind_key``: whoever
wants something of an activity asks ``activity.kind``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from cantiere.engine.answers import Dataset, Measure, Section

if TYPE_CHECKING:
    from cantiere.programmes.models import Activity

Own = TypeVar("Own", bound=Model)
Words = str | Promise


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the team: in a sentence, with the verb that leads to ``address``."""

    text: str
    verb: str
    address: str


class ActivityKind(Generic[Own]):
    """Answers a programme's questions about one kind of activity."""

    key: str
    """In the database, in addresses, in open data: never changes."""
    name: Words
    verb: Words
    """What the button says."""
    icon: str
    model: type[Own]
    """The kind's own table: one-to-one to Activity, as primary key."""

    def _own(self, activity: "Activity") -> Own:
        """The kind's own row; nobody else reads it."""
        row = getattr(activity, "_own_row", None)
        return cast("Own", row if row is not None else self.model._default_manager.get(pk=activity.pk))

    def bring(self, activities: Sequence["Activity"]) -> None:
        """Read the own rows of many activities of this kind at once, before asking about each."""
        rows = self.model._default_manager.in_bulk([activity.pk for activity in activities])
        for activity in activities:
            activity._own_row = rows.get(activity.pk)  # type: ignore[attr-defined]  # noqa: SLF001

    def _address(self, page: str, activity: "Activity") -> str:
        return reverse(f"{self.model._meta.app_label}:{self.key}_{page}", args=[activity.slug])

    def url(self, activity: "Activity") -> str:
        """The public page, named ``<room>:<kind>_detail`` by convention."""
        return self._address("detail", activity)

    def edit_url(self, activity: "Activity") -> str:
        """Where the team prepares it, named ``<room>:<kind>_edit`` by convention."""
        return self._address("edit", activity)

    # Life -------------------------------------------------------------------------------------
    def setup(self, activity: "Activity") -> None:
        """Make the own row of a new activity."""
        self.model._default_manager.create(pk=activity.pk)

    def copy(self, source: "Activity", target: "Activity") -> None:
        """Bring settings, not results, from one activity to a new one."""
        own = copy(self._own(source))
        own.pk = target.pk
        own._state.adding = True  # noqa: SLF001 (how Django copies a row)
        own.save(force_insert=True)

    def demo(self, activity: "Activity") -> None:
        """Fill a new activity with a believable example."""

    # Answers ----------------------------------------------------------------------------------
    def problems(self, activity: "Activity") -> Sequence[str]:  # noqa: ARG002 (a default answer)
        """What blocks publishing, each as a sentence that says how to mend it."""
        return []

    def waiting(self, activities: Sequence["Activity"]) -> Sequence[Waiting]:  # noqa: ARG002 (a default)
        """What waits for the team in these activities of the kind; all are asked about at once."""
        return []

    def measures(self, activity: "Activity") -> Sequence[Measure]:
        """Numbers, from the ledger of participation unless the kind knows better."""
        ledger = activity.participations
        times = ledger.aggregate(total=Sum("times"))["total"] or 0
        return [Measure("participations", gettext("Participations"), times)]

    def section(self, activity: "Activity") -> Section:
        """What a report says of it."""
        return Section(activity.title, activity.summary, self.measures(activity))

    def datasets(self, activity: "Activity") -> Sequence[Dataset]:  # noqa: ARG002 (a default answer)
        """Rows others may reuse."""
        return []


AnyKind = ActivityKind[Any]
_kinds: dict[str, AnyKind] = {}


def register(kind: AnyKind) -> None:
    """Called once by a room when it starts."""
    for word in ("key", "name", "verb", "icon", "model"):
        if not hasattr(kind, word):
            raise ImproperlyConfigured(f"{type(kind).__name__} does not say its {word}.")
    if kind.key in _kinds:
        raise ImproperlyConfigured(f"Two kinds are called {kind.key}.")
    _kinds[kind.key] = kind


@contextmanager
def registered(kind: AnyKind) -> Iterator[None]:
    """Register for a while, in tests."""
    register(kind)
    try:
        yield
    finally:
        del _kinds[kind.key]


def kind_of(key: str) -> AnyKind:
    """The kind of this key; an activity whose room was taken away is an error, not a guess."""
    try:
        return _kinds[key]
    except KeyError:
        raise ImproperlyConfigured(f"No kind of activity is called {key}.") from None


def kinds() -> list[AnyKind]:
    """All kinds, in the order of their rooms."""
    return list(_kinds.values())


def _by_kind(activities: Sequence["Activity"]) -> Iterator[tuple[AnyKind, list["Activity"]]]:
    found: dict[str, list[Activity]] = {}
    for activity in activities:
        found.setdefault(activity.kind_key, []).append(activity)
    for key, rows in found.items():
        yield kind_of(key), rows


def bring(activities: Sequence["Activity"]) -> None:
    """Read what each kind keeps of these activities, in one query a kind."""
    for kind, rows in _by_kind(activities):
        kind.bring(rows)


def waiting(activities: Sequence["Activity"]) -> list[Waiting]:
    """What waits for the team in these activities, as their kinds say."""
    return [each for kind, rows in _by_kind(activities) for each in kind.waiting(rows)]
