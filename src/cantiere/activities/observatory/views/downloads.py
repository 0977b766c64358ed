"""The filtered list to take home: CSV, JSON, GeoJSON, read and sent in slices."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils import timezone

from cantiere.activities.observatory.queries import find, opendata
from cantiere.activities.observatory.views.records import filters
from cantiere.engine.answers import Cell
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.foundation.core.sheets import write_csv


def _answer(pieces: Iterable[bytes | str], kind: str, ending: str) -> StreamingHttpResponse:
    name = f"osservatorio-{timezone.localdate():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return StreamingHttpResponse(pieces, content_type=kind, headers=headers)


def _rows(request: Request) -> Iterator[Sequence[Cell]]:
    return opendata.rows(find.found(filters(request).question))


@public
def records_csv(request: Request) -> StreamingHttpResponse:
    """The rows for a spreadsheet."""
    rows = (opendata.spoken(row) for row in _rows(request))
    return _answer(write_csv(opendata.headings(), rows), "text/csv; charset=utf-8", "csv")


@public
def records_json(request: Request) -> StreamingHttpResponse:
    """The rows as a list of objects."""
    whole = (_object(row) for row in _rows(request))
    return _answer(_listed("[", whole, "]\n"), "application/json", "json")


@public
def records_geojson(request: Request) -> StreamingHttpResponse:
    """The rows as points; what stands nowhere has no geometry."""
    whole = (_feature(_object(row)) for row in _rows(request))
    start = '{"type":"FeatureCollection","features":['
    return _answer(_listed(start, whole, "]}\n"), "application/geo+json", "geojson")


def _object(row: Sequence[Cell]) -> dict[str, object]:
    return dict(zip(opendata.names(), map(_plain, row), strict=True))


def _plain(cell: Cell) -> object:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _feature(told: dict[str, object]) -> dict[str, object]:
    position = [told.pop("lng"), told.pop("lat")]
    geometry = None if None in position else {"type": "Point", "coordinates": position}
    return {"type": "Feature", "id": told["address"], "geometry": geometry, "properties": told}


def _listed(start: str, items: Iterable[object], end: str) -> Iterator[str]:
    yield start
    for number, item in enumerate(items):
        yield ("," if number else "") + json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    yield end
