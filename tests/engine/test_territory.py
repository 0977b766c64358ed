"""Properties of the geometry of territories."""

import itertools
import json
import math
import struct
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cantiere.engine import territory as t

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
HOLE = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)]
CRESCENT = [
    (0.0, 0.0),
    (6.0, 0.0),
    (6.0, 6.0),
    (0.0, 6.0),
    (0.0, 5.0),
    (5.0, 5.0),
    (5.0, 1.0),
    (0.0, 1.0),
    (0.0, 0.0),
]


@st.composite
def stars(draw: st.DrawFn) -> t.Ring:
    """A ring without crossings: one position a direction, at any distance."""
    x, y = draw(st.floats(7, 17)), draw(st.floats(37, 46))
    reach = draw(st.lists(st.floats(0.001, 0.2), min_size=5, max_size=60))
    ring = [
        (x + r * math.cos(2 * math.pi * i / len(reach)), y + r * math.sin(2 * math.pi * i / len(reach)))
        for i, r in enumerate(reach)
    ]
    return [*ring, ring[0]]


@st.composite
def neighbours(draw: st.DrawFn) -> dict[str, t.Shape]:
    """Three territories side by side between ragged borders."""
    heights = draw(st.lists(st.integers(1, 40), min_size=3, max_size=20))
    borders = []
    for base in range(4):
        wobble = draw(st.lists(st.integers(-40, 40), min_size=len(heights), max_size=len(heights)))
        y, line = 44.0, []
        for step, dx in zip(heights, wobble, strict=True):
            line.append((10 + base + dx / 100, y))
            y += step / 100
        borders.append(line)
    return {
        name: [[[*left, *reversed(right), left[0]]]]
        for name, left, right in zip("abc", borders, borders[1:], strict=False)
    }


def wkb(shape: t.Shape, order: str = "<") -> bytes:
    mark = b"\x01" if order == "<" else b"\x00"
    parts = b""
    for polygon in shape:
        parts += mark + struct.pack(f"{order}II", 3, len(polygon))
        for ring in polygon:
            parts += struct.pack(f"{order}I", len(ring))
            parts += b"".join(struct.pack(f"{order}dd", *position) for position in ring)
    return mark + struct.pack(f"{order}II", 6, len(shape)) + parts


def test_bounds_of_a_square_are_its_corners() -> None:
    assert t.bounds([[SQUARE]]) == t.Box(0, 0, 4, 4)


def test_ring_area_has_the_sign_of_its_direction() -> None:
    assert (t.ring_area(SQUARE), t.ring_area(SQUARE[::-1])) == (16, -16)


def test_centroid_leaves_holes_out() -> None:
    off_centre = [(x - 0.5, y) for x, y in HOLE]
    assert t.centroid([[SQUARE]]) == (2, 2)
    assert t.centroid([[SQUARE, off_centre]])[0] > 2


def test_an_empty_shape_has_no_bounds() -> None:
    with pytest.raises(t.GeometryError):
        t.bounds([])


def test_centroid_of_a_shape_without_area_is_the_middle_of_its_bounds() -> None:
    line = [(0.0, 0.0), (2.0, 0.0), (4.0, 0.0), (0.0, 0.0)]
    assert t.centroid([[line]]) == (2, 0)


def test_contains_knows_inside_outside_and_holes() -> None:
    shape = [[SQUARE, HOLE]]
    assert [t.contains(shape, p) for p in [(0.5, 0.5), (2, 2), (5, 2), (3.5, 2)]] == [
        True,
        False,
        False,
        True,
    ]


def test_representative_of_a_crescent_is_inside_although_its_centroid_is_not() -> None:
    shape = [[CRESCENT]]
    assert not t.contains(shape, t.centroid(shape))
    assert t.contains(shape, t.representative(shape))


@given(stars(), stars())
def test_representative_is_inside(one: t.Ring, other: t.Ring) -> None:
    shape = [[one], [other]]
    assume(abs(t.ring_area(one)) > 1e-9)
    assert t.contains([[one]], t.representative([[one]]))
    assert any(t.contains([polygon], t.representative(shape)) for polygon in shape)


@given(stars(), st.floats(0.0001, 0.05))
def test_simplified_keeps_ends_order_and_distance(ring: t.Ring, tolerance: float) -> None:
    line = ring[:-1]
    fewer = t.douglas_peucker(line, tolerance)
    assert (fewer[0], fewer[-1]) == (line[0], line[-1])
    assert fewer == [position for position in line if position in set(fewer)]
    for x, y in line:
        assert min(_distance((x, y), a, b) for a, b in itertools.pairwise(fewer)) <= tolerance * 1.000001


def _distance(p: t.Position, a: t.Position, b: t.Position) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = min(1, max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0
    return math.hypot(p[0] - a[0] - share * dx, p[1] - a[1] - share * dy)


@given(neighbours(), st.floats(0.001, 0.3))
def test_shared_borders_stay_shared(shapes: dict[str, t.Shape], tolerance: float) -> None:
    fewer = t.simplified(shapes, tolerance)
    before, after = _inner_edges(shapes), _inner_edges(fewer)
    assert after >= 2  # two borders are shared, each by at least one edge
    assert after <= before
    assert len(_positions(fewer)) <= len(_positions(shapes))


def _inner_edges(shapes: dict[str, t.Shape]) -> int:
    """Edges that two of the shapes have in common."""
    edges = [
        frozenset(edge) for s in shapes.values() for e in s for ring in e for edge in itertools.pairwise(ring)
    ]
    return len(edges) - len(set(edges))


def _positions(shapes: dict[str, t.Shape]) -> set[t.Position]:
    return {
        position for shape in shapes.values() for polygon in shape for ring in polygon for position in ring
    }


def test_simplified_keeps_a_ring_that_would_vanish() -> None:
    islet = [(10.0, 43.0), (10.00001, 43.0), (10.00001, 43.00001), (10.0, 43.0)]
    assert t.simplified({"islet": [[islet]]}, 0.1) == {"islet": [[islet]]}


def test_outline_of_neighbours_has_no_inner_border() -> None:
    left = [[[(0.0, 0.0), (2.0, 0.0), (2.0, 4.0), (0.0, 4.0), (0.0, 0.0)]]]
    right = [[[(2.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 4.0), (2.0, 0.0)]]]
    (border,) = t.outline([left, right])
    assert [t.ring_area(ring) for ring in border] == [16]
    assert set(border[0]) == {(0, 0), (2, 0), (4, 0), (4, 4), (2, 4), (0, 4)}


def test_outline_fills_the_hole_that_an_enclave_fills() -> None:
    assert [len(polygon) for polygon in t.outline([[[SQUARE, HOLE]], [[HOLE]]])] == [1]
    assert [len(polygon) for polygon in t.outline([[[SQUARE, HOLE]]])] == [2]


@given(stars(), st.integers(2, 6))
def test_rounded_twice_is_rounded_once(ring: t.Ring, digits: int) -> None:
    once = t.rounded([[ring]], digits)
    assume(once != [[ring]])
    assert t.rounded(once, digits) == once


def test_rounded_never_loses_the_last_ring() -> None:
    islet = [(10.0, 43.0), (10.00001, 43.0), (10.00001, 43.00001), (10.0, 43.0)]
    assert t.rounded([[islet]], 2) == [[islet]]
    assert t.rounded([[SQUARE], [islet]], 2) == [[SQUARE]]


@given(st.lists(stars(), min_size=1, max_size=3), st.sampled_from("<>"))
def test_binary_geometry_comes_back(rings: list[t.Ring], order: str) -> None:
    shape = [[ring] for ring in rings]
    assert t.from_wkb(wkb(shape, order)) == shape


@given(st.lists(stars(), min_size=1, max_size=3))
def test_geojson_comes_back(rings: list[t.Ring]) -> None:
    shape = [[ring] for ring in rings]
    assert t.from_geojson(json.loads(json.dumps(t.to_geojson(shape)))) == shape


@given(st.binary(max_size=60))
def test_broken_binary_geometry_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(t.GeometryError):
        t.from_wkb(wkb([[SQUARE]])[:30] + data[:20])


@pytest.mark.parametrize(
    "broken",
    [
        wkb([[SQUARE]]) + b"more",
        b"\x07" + wkb([[SQUARE]])[1:],
        struct.pack("<BII", 1, 1, 0),
        wkb([[[(0, 0), (1, 1), (0, 0)]]]),
        wkb([]),
        b"",
    ],
)
def test_binary_geometry_of_another_kind_is_refused(broken: bytes) -> None:
    with pytest.raises(t.GeometryError):
        t.from_wkb(broken)


def test_a_hole_that_nobody_holds_is_left_out() -> None:
    far = [(x + 9, y) for x, y in HOLE]
    assert [len(polygon) for polygon in t.outline([[[SQUARE, far]]])] == [1]
    assert t.outline([]) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]},
        {"type": "Polygon", "coordinates": [[[math.nan, 0], [1, 0], [1, 1], [math.nan, 0]]]},
        {"type": "MultiPolygon", "coordinates": [[]]},
    ],
)
def test_broken_geojson_is_refused_in_words(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        t.from_geojson(broken)


def test_topojson_is_decoded_with_shared_and_reversed_arcs() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.25], "translate": [10, 44]},
        "arcs": [[[2, 0], [0, 4]], [[2, 4], [-2, 0], [0, -4], [2, 0]], [[2, 0], [2, 0], [0, 4], [-2, 0]]],
        "objects": {
            "towns": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "west"}},
                    {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "east"}},
                    {"type": "Point", "coordinates": [1, 2]},
                ],
            }
        },
    }
    towns = {properties["name"]: shape for properties, shape in t.from_topojson(topology)}
    assert t.bounds(towns["west"]) == t.Box(10, 44, 11, 45)
    assert t.bounds(towns["east"]) == t.Box(11, 44, 12, 45)
    assert [len(polygon) for polygon in t.outline(towns.values())] == [1]


@pytest.mark.parametrize(
    "broken", [{}, {"arcs": [], "objects": 3}, {"arcs": [[1]], "objects": {}, "transform": {}}]
)
def test_broken_topojson_is_refused_in_words(broken: dict[str, object]) -> None:
    with pytest.raises(t.GeometryError):
        list(t.from_topojson(broken))


REAL = Path(__file__).parents[3] / "shared" / "data" / "boundaries"


@pytest.mark.parametrize(("region", "towns"), [("emilia-romagna", 330), ("toscana", 273)])
def test_real_boundaries_keep_their_borders(region: str, towns: int) -> None:
    file = REAL / f"{region}.topo.json"
    if not file.exists():
        pytest.skip(f"{file.name} is not here: real boundaries are not tested.")
    shapes = {p["com_istat_code"]: shape for p, shape in t.from_topojson(json.loads(file.read_text()))}
    assert len(shapes) == towns
    fewer = {code: t.rounded(shape) for code, shape in t.simplified(shapes, 0.002).items()}
    assert _size(fewer) < 0.9 * _size(shapes)
    for shape in fewer.values():
        assert t.contains(shape, t.representative(shape))
    whole = sum(_area(shape) for shape in fewer.values())
    assert _area(t.outline(fewer.values())) == pytest.approx(whole, rel=1e-6)


def _size(shapes: dict[str, t.Shape]) -> int:
    return sum(len(ring) for shape in shapes.values() for polygon in shape for ring in polygon)


def _area(shape: t.Shape) -> float:
    return sum(
        abs(t.ring_area(ring)) * (-1 if index else 1)
        for polygon in shape
        for index, ring in enumerate(polygon)
    )
