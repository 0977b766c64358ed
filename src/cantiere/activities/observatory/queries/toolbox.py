"""What the toolbox shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_noop

from cantiere.activities.observatory.models import Tool, ToolUse
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries.find import public_records
from cantiere.activities.observatory.queries.rows import Row, rows
from cantiere.engine import words
from cantiere.engine.words import fold
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.foundation.core.richtext import plain
from cantiere.foundation.search.sources import Findable

MOST_RECORDS = 8


def uses_of(records: RecordQuerySet) -> "QuerySet[ToolUse]":
    """The uses of tools in some records, to be counted.

    The sum that changes nothing keeps SQLite from looking them up record by record: it reads all in the
    order in which they are counted, in a third of the time.
    """
    return ToolUse.objects.alias(of=F("record_id") + 0).filter(of__in=records.values("pk")).order_by()


def tools(
    text: str = "",
    kind: str = "",
    *,
    people: int | None = None,
    instead_of: Tool | None = None,
    drafts: bool = False,
) -> "QuerySet[Tool]":
    """The tools of a kind that hold the words, do for so many people, and can replace another."""
    found = Tool.objects.all() if drafts else Tool.objects.filter(published_at__isnull=False)
    if kind:
        found = found.filter(kind=kind)
    if instead_of is not None:
        found = found.filter(replaces=instead_of)
    if people is not None:
        found = found.exclude(group_min__gt=people).exclude(group_max__lt=people)
    for word in words.asked(text):
        beginning = words.shared_beginning(word, words.stem(word)) or word
        found = found.filter(GreaterThan(StrIndex(F("folded"), Value(beginning)), 0))
    return found


def counted(found: Iterable[Tool]) -> list[tuple[Tool, int]]:
    """Tools, each with how many public records used it."""
    used = dict(uses_of(public_records().order_by()).values_list("tool").annotate(Count("pk")))
    return [(tool, used.get(tool.pk, 0)) for tool in found]


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
    records: Sequence[Row]
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
        records=rows(using.order_by("-year", "title", "pk")[:MOST_RECORDS]),
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
