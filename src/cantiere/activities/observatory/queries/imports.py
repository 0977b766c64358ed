"""Sheets on their way: which record a row is about, what a page shows of it, what is left over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from cantiere.activities.observatory.models import ColumnMapping, ImportRow, Record, RecordImport
from cantiere.activities.observatory.queries.exports import whole
from cantiere.activities.observatory.sheet import BY_NAME, PROBLEMS, differing, read_row
from cantiere.activities.observatory.sheet.values import Problems, converters, values_of
from cantiere.engine.words import fold, words
from cantiere.foundation.core.models import Job
from cantiere.foundation.core.sheets import Cell, letter
from cantiere.foundation.core.sheets.writing import text
from cantiere.programmes.models import Activity

Verdict = ImportRow.Verdict
AT_ONCE = 500


@dataclass
class Judged:
    """A row, what it says, which record it is about, and what follows."""

    number: int
    cells: list[str]
    values: dict[str, Any]
    problems: Problems
    pk: int | None = None
    verdict: str = Verdict.NEW
    record: Record | None = None
    changed: list[str] = field(default_factory=list)


class Change(TypedDict):
    """What a row changes: of each column its header, what the record says, what it will say."""

    title: str
    slug: str
    fields: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class _Who:
    """By what a record is known: our address, its source's identifier, its title with its proponent."""

    slug: str
    identifier: str
    name: tuple[str, str]

    def may_be(self, other: "_Who") -> bool:
        """Whether two of the same name are one: nothing says that they are not."""
        apart = self.identifier and other.identifier and self.identifier != other.identifier
        return not apart and not (self.slug and other.slug and self.slug != other.slug)


def _who(slug: str, identifier: str, title: str, proponent: str) -> _Who:
    return _Who(slug, identifier.strip(), (_name(title), _name(proponent)))


def _name(text: str) -> str:
    return " ".join(words(text)) or fold(text)


class Judge:
    """Reads rows against the records of a census; one for one file, from its first row to its last."""

    def __init__(self, census: Activity, mapping: Sequence[str]) -> None:
        self._census = census
        self._mapping = mapping
        self._converters = converters()
        self._by_code: dict[tuple[str, str], int] = {}
        self._by_name: dict[tuple[str, str], list[tuple[int, _Who]]] = defaultdict(list)
        known = Record.objects.of(census).values_list("pk", "slug", "identifier", "title", "proponent")
        for pk, *told in known.iterator(chunk_size=2000):
            who = _who(*told)
            self._by_name[who.name].append((pk, who))
            self._by_code["slug", who.slug] = pk
            if who.identifier:
                self._by_code["identifier", who.identifier] = pk
        # What rows before were about: a record that is here, an identifier, or a name.
        self._seen: dict[object, int] = {}
        self._named: dict[tuple[str, str], list[tuple[int, _Who]]] = defaultdict(list)

    def judge(self, rows: Iterable[tuple[int, Sequence[str], Problems]]) -> list[Judged]:
        """Some rows, each with problems it already has."""
        judged = [self._row(number, cells, problems) for number, cells, problems in rows]
        about = [row.pk for row in judged if row.pk is not None and not row.problems]
        records = whole(Record.objects.of(self._census)).in_bulk(about)
        for row in judged:
            if row.problems:
                row.verdict = Verdict.REFUSED
            elif row.pk is not None:
                row.record = records[row.pk]
                row.changed = differing(row.record, row.values)
                row.verdict = Verdict.CHANGED if row.changed else Verdict.SAME
                if against := self._against(row):
                    row.problems += against
                    row.verdict = Verdict.REFUSED
        return judged

    def told(self, row: Judged) -> Change:
        """What a row changes in its record, in words."""
        assert row.record is not None
        said = values_of(row.record)
        fields = [
            (BY_NAME[name].header, self._shown(name, said[name]), self._shown(name, row.values[name]))
            for name in row.changed
        ]
        return {"title": row.record.title, "slug": row.record.slug, "fields": fields}

    def _shown(self, name: str, value: Any) -> str:
        return "" if value in (None, "", [], ()) else _shown(self._converters[name].write(value))

    def _row(self, number: int, cells: Sequence[str], problems: Problems) -> Judged:
        values, found = read_row(cells, self._mapping, self._converters)
        row = Judged(number, list(cells), values, [*problems, *found])
        if "title" in values:
            self._find(row)
        return row

    def _find(self, row: Judged) -> None:
        """Which record a row is about, and whether an earlier row is about the same."""
        who = _who(*(row.values.get(name, "") for name in ("slug", "identifier", "title", "proponent")))
        found = [self._by_code.get((name, getattr(who, name))) for name in ("slug", "identifier")]
        if found[0] and found[1] and found[0] != found[1]:
            row.problems.append((self._at("identifier"), _("Another record here has this identifier.")))
            return
        row.pk = found[0] or found[1]
        if row.pk is None:
            alike = [pk for pk, other in self._by_name.get(who.name, ()) if who.may_be(_bare(other))]
            if len(alike) > 1:
                row.problems.append((self._at("title"), _several()))
                return
            row.pk = alike[0] if alike else None
        if earlier := self._earlier(row.pk, who):
            at = self._at("identifier" if who.identifier else "title")
            row.problems.append((at, _("The same record stands in row %(row)s already.") % {"row": earlier}))
            return
        for key in filter(None, (row.pk, who.identifier)):
            self._seen[key] = row.number
        self._named[who.name].append((row.number, who))

    def _earlier(self, pk: int | None, who: _Who) -> int | None:
        """The earlier row about the same record."""
        for key in filter(None, (pk, who.identifier)):
            if key in self._seen:
                return self._seen[key]
        return next((number for number, other in self._named.get(who.name, ()) if who.may_be(other)), None)

    def _against(self, row: Judged) -> Problems:
        """What the row and the record it changes cannot say together."""
        assert row.record is not None
        found: Problems = []
        start = row.values.get("started_on", row.record.started_on)
        end = row.values.get("ended_on", row.record.ended_on)
        if start and end and end < start:
            at = self._at("ended_on" if "ended_on" in row.values else "started_on")
            found.append((at, _("With the day the record already has, the end comes before the start.")))
        for name in {"uses.planned", "uses.introduced"} & row.values.keys():
            found += self._used_otherwise(row.record, name, row.values)
        return found

    def _used_otherwise(self, record: Record, name: str, values: Mapping[str, Any]) -> Problems:
        """The tools of a column that stay in the record as used since another time."""
        named = {use.tool.pk for use in values[name]}
        others = (use for use in record.uses.all() if f"uses.{use.since}" not in values)
        words = _(
            "The record already says “%(name)s”, in the other column of tools: write that column too, or "
            "change the record on its page."
        )
        return [(self._at(name), words % {"name": use.tool.name}) for use in others if use.tool_id in named]

    def _at(self, name: str) -> int:
        return self._mapping.index(name) if name in self._mapping else self._mapping.index("title")


def _bare(who: _Who) -> _Who:
    """Without the address: one of another site tells nothing about the records here."""
    return _Who("", who.identifier, who.name)


def _several() -> str:
    return _(
        "More than one record here has this title and proponent: give the identifier of the one you mean."
    )


def mapping_of(brought: RecordImport) -> list[str]:
    """For each column of the sheet, in order, ours or ``""``."""
    return [brought.mapping.get(header, "") for header in brought.headers]


def remembered() -> dict[str, str]:
    """What headers meant the last time, by their key."""
    return dict(ColumnMapping.objects.values_list("header", "column"))


def state_of(census: Activity) -> tuple[object, ...]:
    """Changes whenever a record of the census does."""
    figures = Record.objects.of(census).aggregate(count=Count("pk"), newest=Max("updated_at"), last=Max("pk"))
    return tuple(figures.values())


def is_left_alone(brought: RecordImport) -> bool:
    """Whether it says that it is being worked on, and nobody does: its job died."""
    if brought.state not in {RecordImport.State.CHECKING, RecordImport.State.WRITING}:
        return False
    alive = Job.objects.filter(status__in=[Job.Status.READY, Job.Status.RUNNING], args=[brought.pk])
    return not alive.filter(task__startswith="cantiere.activities.observatory.import_tasks.").exists()


def imports_of(census: Activity) -> QuerySet[RecordImport]:
    """The newest first."""
    return RecordImport.objects.filter(census=census).select_related("by")


def refused_rows(brought: RecordImport) -> QuerySet[ImportRow]:
    """Rows with problems, in their order."""
    return ImportRow.objects.filter(of=brought, verdict=Verdict.REFUSED)


@dataclass(frozen=True)
class Told:
    """One problem as a page names it."""

    row: int
    letter: str
    header: str
    words: str


def told(brought: RecordImport, rows: Iterable[ImportRow]) -> list[Told]:
    """The problems of some rows."""
    return [
        Told(row.number, letter(at), brought.headers[at], words) for row in rows for at, words in row.problems
    ]


def specimens(brought: RecordImport, most: int = 3) -> list[list[tuple[str, str]]]:
    """The first new records as they will look: the names of the columns, with what each will say."""
    rows = list(ImportRow.objects.filter(of=brought, verdict=Verdict.NEW)[:most])
    known, mapping = converters(), mapping_of(brought)
    read = [read_row(row.cells, mapping, known)[0] for row in rows]
    return [
        [
            (column.header, _shown(known[name].write(values[name])))
            for name, column in BY_NAME.items()
            if name in values
        ]
        for values in read
    ]


def _shown(cell: Cell) -> str:
    words = cell if isinstance(cell, str) else text(cell)
    return words if len(words) <= 160 else f"{words[:159]}…"


def leftovers(brought: RecordImport) -> tuple[list[str], Iterator[list[Cell]]]:
    """The rows with problems as they came, and what is wrong in a column of its own."""
    keep = [at for at, header in enumerate(brought.headers) if header != PROBLEMS]

    def rows() -> Iterator[list[Cell]]:
        for row in refused_rows(brought).iterator(chunk_size=AT_ONCE):
            cells = [*row.cells, *[""] * len(brought.headers)]
            wrong = "\n".join(f"{brought.headers[at]}: {words}" for at, words in row.problems)
            yield [*(cells[at] for at in keep), wrong]

    return [*(brought.headers[at] for at in keep), PROBLEMS], rows()


def unmapped(brought: RecordImport) -> list[str]:
    """Headers that will be left out."""
    return [header for header, column in zip(brought.headers, mapping_of(brought), strict=True) if not column]


def summary(brought: RecordImport) -> Mapping[str, int]:
    """How many rows of each verdict."""
    return {verdict: int(brought.counts.get(verdict, 0)) for verdict in Verdict.values}
