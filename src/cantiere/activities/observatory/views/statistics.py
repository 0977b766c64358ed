"""The figures of the observatory, under the same filters as its list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cantiere.activities.observatory.forms import filters as asked
from cantiere.activities.observatory.forms.filters import RecordFilters
from cantiere.activities.observatory.models import Sheet
from cantiere.activities.observatory.queries import find, statistics
from cantiere.activities.observatory.queries.statistics import Figures
from cantiere.activities.observatory.views.records import filters, sentence
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.foundation.places.models import Place

Words = str | Promise


@dataclass(frozen=True)
class Cell:
    """A number, and where its records are listed."""

    count: int
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """One row of a chart: a label, its numbers, and how long the bar is, in hundredths of the longest."""

    label: Words
    cells: Sequence[Cell]
    length: float


@dataclass(frozen=True)
class Chart:
    """A chart drawn inside its table: ``heads`` name the columns of numbers."""

    title: Words
    first: Words
    bars: Sequence[Bar]
    heads: Sequence[Words]
    note: Words = ""
    key: str = field(default="")


_USE = {"tool", "since", "instead_of"}


class _Links:
    """Addresses of the list under the filters in force and one more."""

    def __init__(self, form: RecordFilters) -> None:
        self.form = form
        self._asked = {name: value for name, value in form.chosen.items() if value}
        self._list = reverse("observatory:records")

    def to(self, **changes: Any) -> str:
        query = self.form.query(**changes)
        return f"{self._list}?{query}" if query else self._list

    def cell(self, count: int, **more: Any) -> Cell:
        """Nothing leads nowhere; nor does what the list cannot ask besides what is asked already."""
        changes = self._within(more) if count else None
        return Cell(count, "" if changes is None else self.to(**changes))

    def _within(self, more: Mapping[str, Any]) -> dict[str, Any] | None:
        """What to ask in place of a filter in force to find what answers both; ``None`` where nothing does.

        Figures are counted inside the filters; the address asks of each one value, or any of several.
        """
        # One use answers all that is asked of tools; the counted one may not be the one asked for.
        if _USE & more.keys() and _USE & (self._asked.keys() - more.keys()):
            return None
        both = {name: _both(self._asked.get(name), value) for name, value in more.items()}
        return both if all(both.values()) else None


def _both(asked: Any, value: Any) -> Any:
    """What answers two values of a filter: of several the shared, of two places the one inside the other."""
    if not asked or asked == value:
        return value
    if isinstance(value, list):
        return [each for each in value if each in asked]
    inside = isinstance(value, Place) and value.parent_id == asked.pk
    return value if inside else None


def _bars(rows: Iterable[tuple[Words, Sequence[Cell]]]) -> list[Bar]:
    given = list(rows)
    longest = max((sum(cell.count for cell in cells) for _label, cells in given), default=0) or 1
    return [
        Bar(label, cells, round(100 * sum(cell.count for cell in cells) / longest, 1))
        for label, cells in given
    ]


def _of_codes(
    links: _Links, name: str, codes: Mapping[str, Any], counts: Mapping[str, int], *, several: bool = True
) -> list[Bar]:
    """One bar a code, and one for what was not said, which no filter asks for."""
    rows: list[tuple[Words, Sequence[Cell]]] = [
        (code.label, [links.cell(counts[code], **{name: [word] if several else word})])
        for word, code in codes.items()
    ]
    if counts.get(""):
        rows.append((_("Not stated"), [Cell(counts[""])]))
    return _bars(rows)


@public
def page(request: Request) -> HttpResponse:
    """How many, by whom, where, new or not, what changed, with which tools."""
    context = {
        "asked": request.META["QUERY_STRING"],
        "view": SimpleLazyObject(lambda: _view(request)),
        "crumbs": [(_("Observatory"), reverse("observatory:records")), (_("Statistics"), "")],
    }
    return render(request, "observatory/statistics.html", context)


def _view(request: Request) -> dict[str, object]:
    form = filters(request)
    told = statistics.figures(find.settled(form.question))
    links, new = _Links(form), sum(told.new_by_sheet.values())
    return {
        "form": form,
        "told": told,
        "sentence": sentence(find.Tally(told.total, new, told.touched)),
        "headlines": _headlines(links, told),
        "charts": _charts(links, told),
        "list_url": links.to(),
    }


def _headlines(links: _Links, told: Figures) -> dict[str, Cell]:
    """The numbers of the opening sentences."""
    sheets = told.by["sheet"]
    private = [asked.word_of(asked.PROPONENTS, kind) for kind in statistics.PRIVATE]
    public_body = asked.word_of(asked.PROPONENTS, "public_body")
    return {
        "total": links.cell(told.total),
        "funded": links.cell(sheets[Sheet.FUNDED], sheet="bando"),
        "others": links.cell(sheets[Sheet.OTHER], sheet="altri"),
        "public": links.cell(told.public_bodies, proponents=[public_body]),
        "private": links.cell(told.private, proponents=private),
        "new_others": links.cell(told.new_by_sheet[Sheet.OTHER], sheet="altri", origins=["nuovo"]),
    }


def _charts(links: _Links, told: Figures) -> list[Chart]:
    by = told.by
    many = [pgettext("statistics", "Processes")]
    simple: list[tuple[str, str, str, Mapping[str, Any], Mapping[str, int]]] = [
        (_("Who proposed them"), _("Proponent"), "proponents", asked.PROPONENTS, by["proponent_kind"]),
        (_("What they are about"), pgettext("filter", "Theme"), "themes", asked.THEMES, by["theme"]),
        (_("How far participation goes"), _("Level"), "levels", asked.LEVELS, by["participation_level"]),
        (_("Where they have got to"), _("State"), "statuses", asked.STATUSES, by["status"]),
        (_("New, or already under way"), _("When it was born"), "origins", asked.ORIGINS, by["origin"]),
    ]
    charts = [
        Chart(title, first, _of_codes(links, name, codes, counts), many, key=name)
        for title, first, name, codes, counts in simple
    ]
    changed = _of_codes(links, "changed", asked.CHANGED, told.changed)
    several = _("One process may have changed in several ways.")
    charts.append(Chart(_("What changed"), _("Change"), changed, many, several, "changed"))
    charts += [_provinces(links, told), _years(links, told), *_tools(links, told)]
    return charts


def _provinces(links: _Links, told: Figures) -> Chart:
    rows = [(place.label, [links.cell(count, place=place)]) for place, count in told.provinces]
    note = _("A process that stands in several provinces counts in each.")
    return Chart(_("Where they stand"), _("Province"), _bars(rows), [_("Processes")], note, "place")


def _years(links: _Links, told: Figures) -> Chart:
    rows = [(str(year), [links.cell(count, years=[year])]) for year, count in told.years]
    return Chart(_("From which year"), _("Year"), _bars(rows), [_("Processes")], key="years")


def _tools(links: _Links, told: Figures) -> list[Chart]:
    used = [
        (
            each.tool.name,
            [
                links.cell(each.planned, tool=each.tool, since="previsto"),
                links.cell(each.introduced, tool=each.tool, since="introdotto"),
            ],
        )
        for each in told.tools[: statistics.MOST_TOOLS]
    ]
    replaced = [
        (
            _("%(tool)s instead of %(before)s") % {"tool": each.tool.name, "before": each.instead_of.name},
            [links.cell(each.count, tool=each.tool, instead_of=each.instead_of)],
        )
        for each in told.replacements[: statistics.MOST_TOOLS]
    ]
    heads = [pgettext("tool used", "Planned"), pgettext("tool used", "Introduced")]
    return [
        Chart(_("With which tools"), _("Tool or method"), _bars(used), heads, key="tools"),
        Chart(_("What replaced what"), _("Replacement"), _bars(replaced), [_("Processes")], key="replaced"),
    ]
