"""Datasets as files: CSV and JSON, GeoJSON where the rows stand somewhere, Table Schema to read them by.

The CSV is that of machines (RFC 4180: commas, UTF-8, decimal point, ISO days); cells that a spreadsheet would
compute are guarded all the same, because people open it too.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from cantiere.engine.answers import Cell
from cantiere.foundation.core.sheets import guard, objects
from cantiere.results.opendata.queries import OpenDataset

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_CHUNK = 65_536


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def as_csv(dataset: OpenDataset) -> Iterator[str]:
    """Header and rows, in pieces."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in dataset.columns])
    for row in dataset.rows():
        writer.writerow([_text(cell) for cell in row])
        if buffer.tell() > _CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _named(dataset: OpenDataset) -> Iterator[dict[str, Any]]:
    names = [column.name for column in dataset.columns]
    return (objects.named(names, row) for row in dataset.rows())


def as_json(dataset: OpenDataset) -> Iterator[str]:
    """One object a row, under ``rows``."""
    return objects.write_json(_named(dataset), start='{"rows":[', end="]}")


def as_geojson(dataset: OpenDataset) -> Iterator[str]:
    """One point a row."""
    position = dataset.model.position or ("", "")
    return objects.write_geojson(objects.feature(row, position) for row in _named(dataset))


WRITERS: dict[str, Callable[[OpenDataset], Iterator[str]]] = {
    "csv": as_csv,
    "json": as_json,
    "geojson": as_geojson,
}


def table_schema(dataset: OpenDataset) -> dict[str, Any]:
    """What each column means (Table Schema of Frictionless Data)."""
    fields: Sequence[dict[str, str]] = [
        {"name": each.name, "type": each.type, "description": each.description} for each in dataset.columns
    ]
    return {"fields": fields, "missingValues": [""]}
