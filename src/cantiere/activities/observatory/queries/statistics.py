"""What the public records add up to; every figure can be asked of the list with the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from cantiere.activities.observatory.models import (
    Changed,
    Level,
    Origin,
    ProponentKind,
    Record,
    Sheet,
    Status,
    Theme,
    Tool,
    ToolUse,
    Used,
)
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.foundation.core.codes import code
from cantiere.foundation.places.models import Place

_Reach = Record.reach.through
MOST_TOOLS = 30
COLUMNS = {
    "sheet": Sheet,
    "proponent_kind": ProponentKind,
    "theme": Theme,
    "participation_level": Level,
    "status": Status,
    "origin": Origin,
}
Counts = Mapping[str, int]


@dataclass(frozen=True)
class ToolCount:
    """How many records used a tool: planned from the beginning, introduced with the changes."""

    tool: Tool
    planned: int
    introduced: int

    @property
    def total(self) -> int:
        return self.planned + self.introduced


@dataclass(frozen=True)
class Replacement:
    """In how many records one tool stood in for another."""

    tool: Tool
    instead_of: Tool
    count: int


@dataclass(frozen=True)
class Figures:
    """Everything the page of statistics says.

    ``by`` counts by column and code; what a record does not say is counted under an empty code.
    ``new_by_sheet`` are those born with the emergency. ``provinces_in_all`` are those of the regions in which
    records stand.
    """

    total: int
    by: Mapping[str, Counts]
    new_by_sheet: Counts
    changed: Counts
    years: Sequence[tuple[int, int]]
    provinces: Sequence[tuple[Place, int]]
    provinces_in_all: int
    tools: Sequence[ToolCount]
    replacements: Sequence[Replacement]

    @property
    def public_bodies(self) -> int:
        return self.by["proponent_kind"][ProponentKind.PUBLIC_BODY]

    @property
    def private(self) -> int:
        """Associations, firms and groups."""
        kinds = self.by["proponent_kind"]
        return sum(kinds[kind] for kind in PRIVATE)

    @property
    def touched(self) -> int:
        """Provinces in which at least one record stands."""
        return sum(count > 0 for _province, count in self.provinces)


PRIVATE = (ProponentKind.ASSOCIATION, ProponentKind.FIRM, ProponentKind.GROUP)


def figures(records: RecordQuerySet) -> Figures:
    """Read them in eight queries, however many records there are."""
    plain = records.order_by()
    counted = _columns(plain)
    provinces, in_all = _provinces(plain)
    tools, replacements = _tools(plain)
    return Figures(
        total=counted["total"],
        by={
            column: {value: counted[f"{column}={value}"] for value in ("", *choices.values)}
            for column, choices in COLUMNS.items()
        },
        new_by_sheet={sheet: counted[f"new={sheet}"] for sheet in Sheet.values},
        changed={value: counted[f"changed={value}"] for value in Changed.values},
        years=_years(plain),
        provinces=provinces,
        provinces_in_all=in_all,
        tools=tools,
        replacements=replacements,
    )


def _years(records: RecordQuerySet) -> list[tuple[int, int]]:
    counted = records.exclude(year=None).values_list("year").annotate(Count("pk"))
    return sorted((year, count) for year, count in counted if year is not None)


def _columns(records: RecordQuerySet) -> dict[str, int]:
    """All that the rows say by themselves, in one look at them."""
    asked = {"total": Count("pk")}
    for column, choices in COLUMNS.items():
        for value in ("", *choices.values):
            asked[f"{column}={value}"] = Count("pk", filter=Q(**{column: value}))
    for value in Changed.values:
        asked[f"changed={value}"] = Count("pk", filter=Q(changed__contains=code(value)))
    for value in Sheet.values:
        asked[f"new={value}"] = Count("pk", filter=Q(sheet=value, origin=Origin.NEW))
    return records.aggregate(**asked)


def _provinces(records: RecordQuerySet) -> tuple[list[tuple[Place, int]], int]:
    """Records in each of today's provinces of the regions they stand in, by name; how many these are."""
    wide = {
        place.pk: place
        for place in Place.objects.current().filter(kind__in=[Place.Kind.PROVINCE, Place.Kind.REGION])
    }
    reached = _Reach.objects.filter(place__in=list(wide), record__in=records.values("pk"))
    counted = dict(reached.values_list("place").annotate(Count("record")).order_by())
    regions = {pk for pk in counted if wide[pk].kind == Place.Kind.REGION}
    inside = [
        place
        for place in wide.values()
        if place.kind == Place.Kind.PROVINCE and (place.parent_id in regions or place.pk in counted)
    ]
    told = [(place, counted.get(place.pk, 0)) for place in inside]
    return sorted(told, key=lambda pair: pair[0].folded), len(inside)


def _tools(records: RecordQuerySet) -> tuple[list[ToolCount], list[Replacement]]:
    uses = ToolUse.objects.filter(record__in=records.values("pk")).order_by()
    rows = uses.values_list("tool", "since", "instead_of").annotate(Count("pk"))
    counts: dict[int, dict[str, int]] = {}
    pairs: dict[tuple[int, int], int] = {}
    for tool, since, instead_of, count in rows:
        of_tool = counts.setdefault(tool, dict.fromkeys(Used.values, 0))
        of_tool[since] += count
        if instead_of is not None:
            pairs[tool, instead_of] = pairs.get((tool, instead_of), 0) + count
    known = (
        Tool.objects.filter(published_at__isnull=False)
        .only("name", "slug")
        .in_bulk({*counts, *(before for _tool, before in pairs)})
    )
    told = [
        ToolCount(known[pk], of_tool[Used.PLANNED], of_tool[Used.INTRODUCED])
        for pk, of_tool in counts.items()
        if pk in known
    ]
    replaced = [
        Replacement(known[tool], known[before], count)
        for (tool, before), count in pairs.items()
        if tool in known and before in known
    ]
    told.sort(key=lambda each: (-each.total, each.tool.name))
    replaced.sort(key=lambda each: (-each.count, each.tool.name, each.instead_of.name))
    return told, replaced
