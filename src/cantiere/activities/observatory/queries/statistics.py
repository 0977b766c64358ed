"""What the public records add up to; every figure can be asked of the list with the same words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from cantiere.activities.observatory.models import (
    Origin,
    ProponentKind,
    Sheet,
    Tool,
    Used,
)
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries.reach import WIDE
from cantiere.activities.observatory.queries.toolbox import uses_of
from cantiere.foundation.core.codes import Together, counts, split
from cantiere.foundation.places.models import Place

MOST_TOOLS = 30
COLUMNS = ("sheet", "proponent_kind", "theme", "participation_level", "status", "origin")
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
    """Read them in five queries, however many records there are."""
    plain = records.order_by()
    read = {f"all_{column}": Together(column) for column in (*COLUMNS, "within", "changed", "year")}
    born = Together("sheet", filter=Q(origin=Origin.NEW))
    counted = plain.aggregate(total=Count("pk"), born=born, **read)
    new, years = counts(counted["born"]), counts(counted["all_year"])
    provinces, in_all = _provinces(_each(counted["all_within"]))
    tools, replacements = _tools(plain)
    return Figures(
        total=counted["total"],
        by={column: counts(counted[f"all_{column}"]) for column in COLUMNS},
        new_by_sheet={sheet: new[sheet] for sheet in Sheet.values},
        changed=_each(counted["all_changed"]),
        years=sorted((int(year), count) for year, count in years.items()),
        provinces=provinces,
        provinces_in_all=in_all,
        tools=tools,
        replacements=replacements,
    )


def _each(together: str | None) -> Counter[str]:
    """How often each code stands in columns of several."""
    found: Counter[str] = Counter()
    for column, count in counts(together).items():
        for value in split(column):
            found[value] += count
    return found


def _provinces(counted: Counts) -> tuple[list[tuple[Place, int]], int]:
    """Records in each of today's provinces of the regions they stand in, by name; how many these are."""
    wide = Place.objects.current().filter(kind__in=WIDE)
    places = list(wide.only("kind", "form", "name", "code", "folded", "parent"))
    here = {place.pk: counted.get(str(place.pk), 0) for place in places}
    regions = {place.pk for place in places if place.kind == Place.Kind.REGION and here[place.pk]}
    inside = [
        place
        for place in places
        if place.kind == Place.Kind.PROVINCE and (place.parent_id in regions or here[place.pk])
    ]
    return [(place, here[place.pk]) for place in inside], len(inside)


def _tools(records: RecordQuerySet) -> tuple[list[ToolCount], list[Replacement]]:
    rows = uses_of(records).values_list("tool", "since", "instead_of").annotate(Count("pk"))
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
