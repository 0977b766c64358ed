"""The filtered list to take home: CSV, JSON, GeoJSON, read and sent in slices."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone

from cantiere.activities.observatory.queries import find, opendata
from cantiere.activities.observatory.views.records import filters
from cantiere.engine.answers import Cell
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import public
from cantiere.foundation.core.limits import limited
from cantiere.foundation.core.sheets import objects, write_csv


def _answer(pieces: Iterable[bytes | str], kind: str, ending: str) -> StreamingHttpResponse:
    name = f"osservatorio-{timezone.localdate():%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return StreamingHttpResponse(pieces, content_type=kind, headers=headers)


def _rows(request: Request) -> Iterator[Sequence[Cell]]:
    return opendata.rows(find.found(filters(request).question))


@public
@limited("feed")
def records_csv(request: Request) -> StreamingHttpResponse:
    """The rows for a spreadsheet."""
    rows = (opendata.spoken(row) for row in _rows(request))
    return _answer(write_csv(opendata.headings(), rows), "text/csv; charset=utf-8", "csv")


@public
@limited("feed")
def records_json(request: Request) -> StreamingHttpResponse:
    """The rows as a list of objects."""
    return _answer(objects.write_json(_named(request)), "application/json", "json")


@public
@limited("feed")
def records_geojson(request: Request) -> StreamingHttpResponse:
    """The rows as points; what stands nowhere has no geometry."""
    features = ({"id": told["address"]} | objects.feature(told, ("lng", "lat")) for told in _named(request))
    return _answer(objects.write_geojson(features), "application/geo+json", "geojson")


def _named(request: Request) -> Iterator[dict[str, Any]]:
    names = opendata.names()
    return (objects.named(names, row) for row in _rows(request))
