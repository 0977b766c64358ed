"""What the toolbox shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_noop

from cantiere.activities.observatory.models import Record, Tool, ToolUse
from cantiere.activities.observatory.queries.find import public_records, rows
from cantiere.engine import words
from cantiere.engine.words import fold
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.foundation.core.richtext import plain
from cantiere.foundation.search.sources import Findable

MOST_RECORDS = 8


def tools(text: str = "", kind: str = "", *, drafts: bool = False) -> "QuerySet[Tool]":
    """The tools of a kind that hold the words, each with how many public records used it (``used``)."""
    counted = (
        ToolUse.objects.filter(tool=OuterRef("pk"), record__in=public_records().order_by().values("pk"))
        .order_by()
        .values("tool")
        .annotate(used=Count("pk"))
        .values("used")
    )
    found = Tool.objects.annotate(used=Coalesce(Subquery(counted), Value(0)))
    if not drafts:
        found = found.filter(published_at__isnull=False)
    if kind:
        found = found.filter(kind=kind)
    for word in words.asked(text):
        beginning = words.shared_beginning(word, words.stem(word)) or word
        found = found.filter(GreaterThan(StrIndex(F("folded"), Value(beginning)), 0))
    return found


def named(name: str) -> Tool | None:
    """The one tool of that name or other name, however it is written."""
    wanted = fold(name)
    likely = Tool.objects.filter(folded__contains=wanted) if wanted else Tool.objects.none()
    exact = [tool for tool in likely if wanted in {fold(each) for each in names_of(tool)}]
    return exact[0] if len(exact) == 1 else None


def names_of(tool: Tool) -> list[str]:
    """All names of a tool."""
    return [tool.name, *(line.strip() for line in tool.other_names.splitlines() if line.strip())]


@dataclass(frozen=True)
class ToolView:
    """Everything the page of one tool says to one reader."""

    tool: Tool
    replaces: Sequence[Tool]
    replaced_by: Sequence[Tool]
    records: Sequence[Record]
    used: int
    stood_in: Sequence[tuple[Tool, int]]
    may_edit: bool

    @property
    def host(self) -> str:
        """The website as people say it."""
        return urlsplit(self.tool.website).netloc.removeprefix("www.")

    @property
    def other_names(self) -> list[str]:
        return names_of(self.tool)[1:]


def tool_view(tool: Tool, person: Person | None) -> ToolView:
    """Read the page of a tool; eight queries for a visitor."""
    public = Q(published_at__isnull=False)
    using = public_records().filter(uses__tool=tool)
    pairs = (
        ToolUse.objects.filter(tool=tool, record__in=public_records().order_by().values("pk"))
        .exclude(instead_of=None)
        .order_by()
        .values_list("instead_of")
        .annotate(Count("pk"))
    )
    counted = {pk: count for pk, count in pairs if pk is not None}
    known = Tool.objects.filter(public).in_bulk(counted)
    stood_in = [(known[pk], counted[pk]) for pk in known]
    return ToolView(
        tool=tool,
        replaces=list(tool.replaces.filter(public)),
        replaced_by=list(tool.replaced_by.filter(public)),
        records=list(rows(using).order_by("-year", "title", "pk")[:MOST_RECORDS]),
        used=using.order_by().count(),
        stood_in=sorted(stood_in, key=lambda pair: (-pair[1], pair[0].name)),
        may_edit=can(person, "observatory.edit_toolbox", tool),
    )


def findable_tool(tool: Tool) -> Findable:
    """What one can find a published tool by."""
    names = " ".join(names_of(tool)[1:])
    return {
        "key": f"tool:{tool.pk}",
        "kind": gettext_noop("Tool or method"),
        "title": tool.name,
        "text": f"{tool.good_for} {names} {plain(tool.description)}",
        "address": tool.get_absolute_url(),
    }
