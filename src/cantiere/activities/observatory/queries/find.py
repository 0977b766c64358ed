"""Which public records answer a question, and how many of what they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Lookup, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from cantiere.activities.observatory.models import Census, Origin, Record, Tool, ToolUse
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.engine import words
from cantiere.foundation.core.codes import code, split
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity

_Reach = Record.reach.through
_Territories = Record.territories.through
NEW = Count("pk", filter=Q(origin=Origin.NEW))
FEW = 1000
"""Records up to which words are looked for once and the page draws the map; above it the island does."""


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

    Asked by what is hidden, which is little, and by its keys: so that lists read the one index that holds all
    they need, and nobody looks for the same censuses in every question about the same records.
    """
    hidden = Census.objects.filter(Q(activity__published_at=None) | Q(activity__programme__published_at=None))
    return Record.objects.public().exclude(census__in=list(hidden.values_list("pk", flat=True)))


def found(question: Question) -> RecordQuerySet:
    """The public records that answer, in the order of their titles."""
    records = _asked(question)
    for rows in _hanging(question):
        records = records.filter(Exists(rows.filter(record=OuterRef("pk"))))
    return records


def _asked(question: Question) -> RecordQuerySet:
    """Those that answer what is asked of their row and their words."""
    return public_records().filter(_in_row(question), *in_words(question.text))


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


def _hanging(question: Question) -> list[QuerySet[Any]]:
    """Rows of which a record must have one; one use answers all that is asked of tools."""
    asked: list[QuerySet[Any]] = []
    if question.place is not None:
        asked.append(_Reach.objects.filter(place=question.place))
    if question.point is not None:
        asked.append(_Territories.objects.filter(place=question.point))
    names = ("tool", "since", "instead_of")
    used = {name: getattr(question, name) for name in names if getattr(question, name)}
    return [*asked, ToolUse.objects.filter(**used)] if used else asked


def in_words(text: str) -> list[Lookup[bool]]:
    """Every word, or another form of it: accents, capitals and endings do not matter.

    Both sides are folded, so a plain look for the letters does, at a fraction of the cost of ``LIKE``.
    """
    beginnings = [words.shared_beginning(word, words.stem(word)) or word for word in words.asked(text)]
    return [GreaterThan(StrIndex(F("folded"), Value(beginning)), 0) for beginning in beginnings]


@dataclass(frozen=True)
class Tally:
    """How many records, how many of them were born with the emergency, in how many provinces they stand."""

    records: int
    new: int
    provinces: int


def look(question: Question) -> tuple[RecordQuerySet, Tally]:
    """The records of :func:`settled` with their tally; words are read once for both."""
    if not question.text:
        records = found(question)
        return records, tally(records)
    read = list(_reading(question).values_list("pk", "within", "origin"))
    new = sum(origin == Origin.NEW for *_rest, origin in read)
    touched = _touched({within for _pk, within, _origin in read})
    return _named(question, [pk for pk, *_rest in read]), Tally(len(read), new, touched)


def settled(question: Question) -> RecordQuerySet:
    """What :func:`found` gives; few records with some words are read once and then named by their keys."""
    if not question.text:
        return found(question)
    return _named(question, list(_reading(question).values_list("pk", flat=True)[: FEW + 1]))


def _reading(question: Question) -> RecordQuerySet:
    """The same records in no order. Words are slow to read: what stands beside them is looked up first."""
    records = _asked(question).order_by()
    for rows in _hanging(question):
        records = records.filter(pk__in=rows.values("record"))
    return records


def _named(question: Question, keys: Collection[int]) -> RecordQuerySet:
    return Record.objects.filter(pk__in=keys) if len(keys) <= FEW else found(question)


def tally(records: RecordQuerySet) -> Tally:
    """The figures of the sentence, in two queries, the first of which alone looks at the records."""
    counted = list(records.order_by().values_list("within").annotate(Count("pk"), new=NEW))
    told = sum(count for _within, count, _new in counted)
    born = sum(new for *_rest, new in counted)
    return Tally(told, born, _touched(within for within, *_rest in counted))


def _touched(within: Iterable[str]) -> int:
    """How many provinces these columns name."""
    keys = set(split("".join(within)))
    return Place.objects.current().filter(kind=Place.Kind.PROVINCE, pk__in=keys).count()


def years() -> list[int]:
    """The years that public records count for, latest first."""
    told = public_records().order_by().exclude(year=None).values_list("year", flat=True).distinct()
    return sorted((year for year in told if year is not None), reverse=True)
