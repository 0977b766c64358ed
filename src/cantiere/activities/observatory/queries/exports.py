"""Records as a sheet: the columns that an import reads, so that what goes out comes in unchanged."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation

from cantiere.activities.observatory.models import Record, ToolUse
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries.figures import PEOPLE, few
from cantiere.activities.observatory.sheet import COLUMNS, values_of
from cantiere.activities.observatory.sheet.parts import Stretch, Use
from cantiere.activities.observatory.sheet.values import converters
from cantiere.foundation.core.sheets import Cell, write_csv, write_xlsx
from cantiere.foundation.places.models import Place

AT_ONCE = 500
HEADERS = tuple(column.header for column in COLUMNS)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def whole(records: RecordQuerySet) -> RecordQuerySet:
    """The records with all that a row of the sheet says."""
    uses = ToolUse.objects.select_related("tool", "instead_of").order_by("pk")
    return records.prefetch_related(
        "territories__parent", "bodies", "extensions", Prefetch("uses", queryset=uses)
    )


def _pieces(records: RecordQuerySet) -> Iterator[list[Record]]:
    """Some at a time, by key: no long read keeps a database from tidying up."""
    last = 0
    while piece := list(whole(records.order_by("pk").filter(pk__gt=last))[:AT_ONCE]):
        yield piece
        last = piece[-1].pk


def rows(records: RecordQuerySet, *, for_all: bool = False) -> Iterator[list[Cell]]:
    """A row for each record, in the order of ``HEADERS``; labels in the language of the sheet.

    ``for_all`` tells no small number of people, which an import then reads as nothing said.
    """
    known = converters()
    for piece in _pieces(records):
        with translation.override(settings.LANGUAGE_CODE):
            made = [
                [
                    few(value) if for_all and name in PEOPLE else known[name].write(value)
                    for name, value in values_of(record).items()
                ]
                for record in piece
            ]
        yield from made


def items(records: RecordQuerySet) -> Iterator[dict[str, Any]]:
    """Each record for programs: codes, days as ISO 8601, amounts as numbers."""
    for piece in _pieces(records):
        for record in piece:
            yield {name: _item(value) for name, value in values_of(record).items()}


def _item(value: Any) -> Any:
    item = value
    match value:
        case Decimal():
            item = float(value)
        case date():
            item = value.isoformat()
        case Place():
            item = {"kind": value.kind, "code": value.code, "name": value.name}
        case Stretch():
            item = {name: _item(each) for name, each in value.fields().items()}
        case Use():
            instead = value.instead_of.slug if value.instead_of else None
            item = {"tool": value.tool.slug, "instead_of": instead}
        case list():
            item = [_item(each) for each in value]
    return item


def as_csv(records: RecordQuerySet, *, for_all: bool = False) -> Iterator[bytes]:
    """Piece by piece, for a response that streams."""
    return write_csv(HEADERS, rows(records, for_all=for_all))


def as_xlsx(records: RecordQuerySet, *, for_all: bool = False) -> Iterator[bytes]:
    """Piece by piece, once the whole is made on disk."""
    return write_xlsx(HEADERS, rows(records, for_all=for_all), name="Schede")


def as_json(records: RecordQuerySet) -> Iterator[bytes]:
    """A list of objects, one a line."""
    return _listed(items(records))


def _listed(found: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    before = "[\n"
    for item in found:
        yield (before + json.dumps(item, ensure_ascii=False)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"
