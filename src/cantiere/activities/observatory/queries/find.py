"""Which public records answer a question, and how many of what they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Lookup, OuterRef, Prefetch, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from cantiere.activities.observatory.models import Origin, Record, Tool, ToolUse
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.engine import words
from cantiere.foundation.core.codes import code
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity

_Reach = Record.reach.through
_Territories = Record.territories.through
FEW = 1000
# Long texts that a row of a list never shows.
LONG = (
    "folded",
    "context",
    "objectives",
    "expected_results",
    "public_contacts",
    "online_planned",
    "changes",
    "new_activities",
)


@dataclass(frozen=True)
class Question:
    """What is asked of the records; what is empty asks nothing."""

    text: str = ""
    census: Activity | None = None
    place: Place | None = None
    point: Place | None = None
    themes: Sequence[str] = ()
    proponents: Sequence[str] = ()
    levels: Sequence[str] = ()
    statuses: Sequence[str] = ()
    years: Sequence[int] = ()
    sheet: str = ""
    origins: Sequence[str] = ()
    changed: Sequence[str] = ()
    tool: Tool | None = None
    since: str = ""
    instead_of: Tool | None = None


def public_records() -> RecordQuerySet:
    """Records that anyone may see: published, in a census that is public.

    Asked by what is hidden, which is little: so that lists read the one index that holds all they need.
    """
    drafts = Activity.objects.filter(Q(published_at=None) | Q(programme__published_at=None))
    return Record.objects.public().exclude(census__in=drafts.values("pk"))


def found(question: Question) -> RecordQuerySet:
    """The public records that answer, in the order of their titles."""
    records = public_records().filter(_in_row(question))
    for condition in (*_in_places(question), *_in_tools(question), *_in_words(question.text)):
        records = records.filter(condition)
    return records


def _in_row(question: Question) -> Q:
    """What the row of a record says by itself."""
    columns: dict[str, Sequence[str] | Sequence[int]] = {
        "theme__in": question.themes,
        "proponent_kind__in": question.proponents,
        "participation_level__in": question.levels,
        "status__in": question.statuses,
        "year__in": question.years,
        "origin__in": question.origins,
    }
    condition = Q(**{name: list(values) for name, values in columns.items() if values})
    if question.census is not None:
        condition &= Q(census=question.census)
    if question.sheet:
        condition &= Q(sheet=question.sheet)
    several = Q()
    for each in question.changed:
        several |= Q(changed__contains=code(each))
    return condition & several


def _in_places(question: Question) -> list[Exists]:
    asked: list[Exists] = []
    if question.place is not None:
        asked.append(Exists(_Reach.objects.filter(record=OuterRef("pk"), place=question.place)))
    if question.point is not None:
        asked.append(Exists(_Territories.objects.filter(record=OuterRef("pk"), place=question.point)))
    return asked


def _in_tools(question: Question) -> list[Exists]:
    """One use answers all that is asked of tools."""
    asked = {
        name: value
        for name, value in (
            ("tool", question.tool),
            ("since", question.since),
            ("instead_of", question.instead_of),
        )
        if value
    }
    return [Exists(ToolUse.objects.filter(record=OuterRef("pk"), **asked))] if asked else []


def _in_words(text: str) -> list[Lookup[bool]]:
    """Every word, or another form of it: accents, capitals and endings do not matter.

    Both sides are folded, so a plain look for the letters does, at a fraction of the cost of ``LIKE``.
    """
    beginnings = [words.shared_beginning(word, words.stem(word)) or word for word in words.asked(text)]
    return [GreaterThan(StrIndex(F("folded"), Value(beginning)), 0) for beginning in beginnings]


def settled(question: Question) -> RecordQuerySet:
    """What :func:`found` gives; few records with some words are read once and then named by their keys."""
    records = found(question)
    if not question.text:
        return records
    keys = list(records.order_by().values_list("pk", flat=True)[: FEW + 1])
    return Record.objects.filter(pk__in=keys) if len(keys) <= FEW else records


@dataclass(frozen=True)
class Tally:
    """How many records, how many of them were born with the emergency, in how many provinces they stand."""

    records: int
    new: int
    provinces: int


def tally(records: RecordQuerySet) -> Tally:
    """The figures of the sentence, in two queries."""
    counted = records.order_by().aggregate(records=Count("pk"), new=Count("pk", filter=Q(origin=Origin.NEW)))
    here = _Reach.objects.filter(place=OuterRef("pk"), record__in=records.order_by().values("pk"))
    provinces = Place.objects.current().filter(Exists(here), kind=Place.Kind.PROVINCE)
    return Tally(counted["records"], counted["new"], provinces.count())


def rows(records: RecordQuerySet) -> RecordQuerySet:
    """The records as a list shows them, with their territories."""
    territories = Prefetch("territories", queryset=Place.objects.select_related("parent"))
    return records.defer(*LONG).prefetch_related(territories)


def years() -> list[int]:
    """The years that public records count for, latest first."""
    told = public_records().order_by().exclude(year=None).values_list("year", flat=True).distinct()
    return sorted((year for year in told if year is not None), reverse=True)
