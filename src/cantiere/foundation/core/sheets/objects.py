"""Rows as JSON and as GeoJSON (RFC 7946), made and sent piece by piece."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any


def named(names: Sequence[str], row: Iterable[object]) -> dict[str, Any]:
    """A row as an object of plain JSON: days as ISO 8601, amounts as numbers."""
    return dict(zip(names, map(_plain, row), strict=True))


def _plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def feature(told: Mapping[str, Any], position: tuple[str, str]) -> dict[str, Any]:
    """A point with the rest as its properties; what stands nowhere has no geometry."""
    rest = dict(told)
    where = [rest.pop(name, None) for name in position]
    point = None if None in where else {"type": "Point", "coordinates": where}
    return {"type": "Feature", "geometry": point, "properties": rest}


def write_json(things: Iterable[object], *, start: str = "[", end: str = "]") -> Iterator[str]:
    """A list, each thing on its line."""
    yield start
    for number, thing in enumerate(things):
        yield (",\n" if number else "\n") + json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    yield f"\n{end}\n"


def write_geojson(features: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A collection of features."""
    return write_json(features, start='{"type":"FeatureCollection","features":[', end="]}")
