"""Rows as JSON and GeoJSON."""

import json
from datetime import date
from decimal import Decimal

from cantiere.foundation.core.sheets import objects


def test_rows_become_objects_of_plain_json():
    rows = [
        objects.named(["a", "b"], (Decimal("1.5"), date(2026, 3, 1))),
        objects.named(["a", "b"], (None, "è")),
    ]
    assert json.loads("".join(objects.write_json(rows))) == [
        {"a": 1.5, "b": "2026-03-01"},
        {"a": None, "b": "è"},
    ]
    assert json.loads("".join(objects.write_json([]))) == []


def test_what_stands_nowhere_has_no_geometry():
    there, nowhere = (
        objects.feature({"lng": lng, "lat": 44.0, "n": 1}, ("lng", "lat")) for lng in (11.0, None)
    )
    assert there["geometry"] == {"type": "Point", "coordinates": [11.0, 44.0]}
    assert nowhere["geometry"] is None
    told = json.loads("".join(objects.write_geojson([there, nowhere])))
    assert [each["properties"] for each in told["features"]] == [{"n": 1}, {"n": 1}]
