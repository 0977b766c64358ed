"""Records as lists show them: only what a row says, read when a part of the list is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.activities.observatory.models import Level, Record, Theme
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.foundation.places.models import called

SHOWN = 3
_Territories = Record.territories.through
_COLUMNS = (
    *("pk", "slug", "title", "proponent", "territory_note"),
    *("theme", "year", "participation_level", "is_demonstration"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list; ``facts`` are pairs of an icon and words."""

    pk: int
    slug: str
    title: str
    proponent: str
    facts: Sequence[tuple[str, str]]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("observatory:record", args=[self.slug])


class Rows(Sequence[Row]):
    """The rows of some records; whoever knows how many there are says so, and nobody counts."""

    def __init__(self, records: RecordQuerySet, number: int | None = None) -> None:
        self._records, self._number = records, number

    def __len__(self) -> int:
        if self._number is None:
            self._number = self._records.order_by().count()
        return self._number

    def __getitem__(self, part: Any) -> Any:
        return (
            rows(self._records[part]) if isinstance(part, slice) else rows(self._records[part : part + 1])[0]
        )


def rows(records: RecordQuerySet) -> list[Row]:
    """The rows of a few records, in their order, in two queries."""
    found = list(records.values_list(*_COLUMNS))
    places = _territories([pk for pk, *_rest in found])
    themes, levels = dict(Theme.choices), dict(Level.choices)
    return [
        Row(pk, slug, title, proponent, _facts(
            ("it-map-marker", _where(places.get(pk, ()), note)),
            ("it-bookmark", str(themes.get(theme, theme))),
            ("it-calendar", str(year or "")),
            ("it-user", str(levels.get(level, level))),
            ("it-info-circle", _("Invented example") if invented else ""),
        ))
        for pk, slug, title, proponent, note, theme, year, level, invented in found
    ]  # fmt: skip


def _facts(*facts: tuple[str, str]) -> list[tuple[str, str]]:
    return [fact for fact in facts if fact[1]]


def _where(places: Sequence[str], note: str) -> str:
    """Its first territories, or what is said of them."""
    named = ", ".join(places[:SHOWN])
    return f"{named} …" if len(places) > SHOWN else named or note


def _territories(records: Iterable[int]) -> Mapping[int, Sequence[str]]:
    """The names of the places each record stands on, in the order of places."""
    standing = _Territories.objects.filter(record__in=list(records)).order_by("place__folded", "place__code")
    found: dict[int, list[str]] = defaultdict(list)
    columns = ("place__kind", "place__form", "place__name", "place__parent__short")
    for record, kind, form, name, short in standing.values_list("record", *columns):
        found[record].append(called(kind, form, name, short or ""))
    return found
