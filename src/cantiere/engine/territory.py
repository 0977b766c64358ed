"""Plain geometry of territories: longitude and latitude in degrees, no projection, no other library.

A shape is a list of polygons, a polygon a list of rings (the first is the outer one, the others are holes),
a ring a list of positions that ends where it began. Distances are in degrees of latitude: longitudes are
narrowed by the cosine of the middle latitude, which is exact enough for a region of Italy.
"""

import itertools
import math
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

Position = tuple[float, float]
Ring = list[Position]
Polygon = list[Ring]
Shape = list[Polygon]
Key = TypeVar("Key")

SMALLEST_RING = 4
POLYGON, MULTIPOLYGON = 3, 6


class GeometryError(ValueError):
    """Something that is not the geometry it says it is."""


class Box(NamedTuple):
    """The rectangle around a shape."""

    west: float
    south: float
    east: float
    north: float


# Measures ---------------------------------------------------------------------------------------


def bounds(shape: Shape) -> Box:
    """The smallest rectangle that holds a shape."""
    positions = [position for polygon in shape for position in polygon[0]]
    if not positions:
        raise GeometryError("An empty shape has no bounds.")
    longitudes, latitudes = [x for x, _ in positions], [y for _, y in positions]
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def ring_area(ring: Ring) -> float:
    """Area in square degrees: positive when the ring runs against the clock (shoelace formula)."""
    x0, y0 = ring[0]
    twice = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    return twice / 2


def _ring_moment(ring: Ring) -> tuple[float, float, float]:
    """Area without sign, and its moments about the first position."""
    x0, y0 = ring[0]
    area = across = along = 0.0
    for (ax, ay), (bx, by) in itertools.pairwise(ring):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area += cross
        across += cross * (ax + bx - 2 * x0)
        along += cross * (ay + by - 2 * y0)
    sign = -1 if area < 0 else 1
    area *= sign / 2
    return area, sign * across / 6 + area * x0, sign * along / 6 + area * y0


def centroid(shape: Shape) -> Position:
    """The centre of gravity, holes left out; it may lie outside the shape."""
    area = across = along = 0.0
    for polygon in shape:
        for index, ring in enumerate(polygon):
            sign = 1 if index == 0 else -1
            weight, moment_x, moment_y = _ring_moment(ring)
            area, across, along = area + sign * weight, across + sign * moment_x, along + sign * moment_y
    if area <= 0 or not math.isfinite(across / area) or not math.isfinite(along / area):
        box = bounds(shape)
        return (box.west + box.east) / 2, (box.south + box.north) / 2
    return across / area, along / area


def _crossings(polygon: Polygon, y: float) -> list[float]:
    """Where a parallel crosses the rings of a polygon, from west to east."""
    found = []
    for ring in polygon:
        for (ax, ay), (bx, by) in itertools.pairwise(ring):
            if (ay > y) != (by > y):
                found.append(ax + (y - ay) * (bx - ax) / (by - ay))
    return sorted(found)


def contains(shape: Shape, position: Position) -> bool:
    """Whether a position lies inside (even–odd rule; on the border either answer may come)."""
    x, y = position
    return any(sum(1 for crossing in _crossings(polygon, y) if crossing > x) % 2 for polygon in shape)


def representative(shape: Shape) -> Position:
    """A position inside the shape: its centroid where that is inside, else the middle of the widest part.

    For a label or a marker: the centroid of a crescent, or of a town with an exclave, may fall elsewhere.
    """
    middle = centroid(shape)
    if contains(shape, middle):
        return middle
    widest, best = -1.0, middle
    for polygon in sorted(shape, key=lambda one: -abs(ring_area(one[0])))[:3]:
        latitudes = sorted({y for ring in polygon for _, y in ring})
        steps = [(low + high) / 2 for low, high in itertools.pairwise(latitudes)]
        # Between two neighbouring latitudes no vertex can disturb the count of crossings.
        for y in steps:
            cuts = _crossings(polygon, y)
            for west, east in zip(cuts[::2], cuts[1::2], strict=False):
                if east - west > widest:
                    widest, best = east - west, ((west + east) / 2, y)
    return best


# Fewer and shorter numbers ----------------------------------------------------------------------


def _tidy(ring: Iterable[Position]) -> Ring:
    """A ring without repeated positions and without edges that go and come back."""
    tidy: Ring = []
    for position in ring:
        if tidy and tidy[-1] == position:
            continue
        if len(tidy) > 1 and tidy[-2] == position:
            tidy.pop()
            continue
        tidy.append(position)
    return tidy


def rounded(shape: Shape, digits: int = 4) -> Shape:
    """The shape with rounded coordinates; what then has no area is left out, never the largest ring."""
    kept: list[tuple[float, Polygon]] = []
    for polygon in shape:
        rings = [_tidy((round(x, digits), round(y, digits)) for x, y in ring) for ring in polygon]
        outer, *holes = rings
        if len(outer) >= SMALLEST_RING and ring_area(outer):
            kept.append((abs(ring_area(outer)), [outer, *(hole for hole in holes if _has_area(hole))]))
    if kept:
        return [polygon for _, polygon in kept]
    largest = max(shape, key=lambda polygon: abs(ring_area(polygon[0])))
    return [[largest[0]]]


def _has_area(ring: Ring) -> bool:
    return len(ring) >= SMALLEST_RING and ring_area(ring) != 0


def douglas_peucker(line: Sequence[Position], tolerance: float, narrowing: float = 1.0) -> list[Position]:
    """A line with fewer positions, none of those left out farther than ``tolerance`` from it.

    ``narrowing`` is the cosine of the latitude. Ends are kept. (Douglas and Peucker, 1973.)
    """
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = (bx - ax) * narrowing, by - ay
        length = dx * dx + dy * dy
        farthest, where = tolerance * tolerance, 0
        for index in range(first + 1, last):
            px, py = (line[index][0] - ax) * narrowing, line[index][1] - ay
            share = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
            away = (px - share * dx) ** 2 + (py - share * dy) ** 2
            if away > farthest:
                farthest, where = away, index
        if where:
            keep.add(where)
            todo += [(first, where), (where, last)]
    return [line[index] for index in sorted(keep)]


def _junctions(rings: Iterable[Ring]) -> set[Position]:
    """Positions where borders meet or part: only there may lines be cut without moving anything."""
    neighbours: dict[Position, frozenset[Position]] = {}
    meeting: set[Position] = set()
    for ring in rings:
        for index, position in enumerate(ring[:-1]):
            pair = frozenset((ring[index - 1] if index else ring[-2], ring[index + 1]))
            if neighbours.setdefault(position, pair) != pair:
                meeting.add(position)
    return meeting


def _arcs(ring: Ring, junctions: set[Position]) -> Iterator[list[Position]]:
    """The ring cut at its junctions; without any, at two places that depend on its positions alone."""
    open_ring = ring[:-1]
    cuts = [index for index, position in enumerate(open_ring) if position in junctions]
    if len(cuts) < 2:
        start = cuts[0] if cuts else open_ring.index(min(open_ring))
        x0, y0 = open_ring[start]
        far = max(
            range(len(open_ring)),
            key=lambda i: ((open_ring[i][0] - x0) ** 2 + (open_ring[i][1] - y0) ** 2, open_ring[i]),
        )
        cuts = sorted({start, far})
    for here, there in zip(cuts, [*cuts[1:], cuts[0] + len(open_ring)], strict=True):
        yield [open_ring[index % len(open_ring)] for index in range(here, there + 1)]


def simplified(shapes: Mapping[Key, Shape], tolerance: float) -> dict[Key, Shape]:
    """Shapes with fewer positions, whose shared borders stay shared.

    Borders are cut where they meet, each piece is simplified once, and both neighbours take the same piece:
    no gap and no overlap appears between them. It needs neighbours that share their positions exactly, as
    ISTAT's do. A ring that would lose its area keeps all its positions.
    """
    rings = [ring for shape in shapes.values() for polygon in shape for ring in polygon]
    junctions = _junctions(rings)
    latitudes = [y for ring in rings for _, y in ring]
    narrowing = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2)) if latitudes else 1.0
    done: dict[tuple[Position, ...], list[Position]] = {}

    def fewer(arc: list[Position]) -> list[Position]:
        key, turned = tuple(arc), tuple(reversed(arc))
        one_way = min(key, turned)
        if one_way not in done:
            done[one_way] = douglas_peucker(one_way, tolerance, narrowing)
        return done[one_way] if one_way == key else done[one_way][::-1]

    def smaller(ring: Ring) -> Ring:
        joined: Ring = []
        for arc in _arcs(ring, junctions):
            joined += fewer(arc)[1 if joined else 0 :]
        return joined if _has_area(joined) else ring

    return {key: [[smaller(ring) for ring in polygon] for polygon in shape] for key, shape in shapes.items()}


def outline(shapes: Iterable[Shape], smallest: float = 1e-7) -> Shape:
    """The outer border of neighbours that share positions: inner borders vanish, slivers are left out.

    ``smallest`` is the area in square degrees under which a hole or an island is taken for a sliver.
    """
    following: dict[Position, list[Position]] = defaultdict(list)
    edges: set[tuple[Position, Position]] = set()
    for ring in _turned_rings(shapes):
        for here, there in itertools.pairwise(ring):
            if (there, here) in edges:
                edges.remove((there, here))
            else:
                edges.add((here, there))
    for here, there in sorted(edges):
        following[here].append(there)
    rings = [ring for ring in _walk(following) if abs(ring_area(ring)) > smallest]
    outer = [[ring] for ring in rings if ring_area(ring) > 0]
    for hole in (ring for ring in rings if ring_area(ring) < 0):
        inside = representative([[hole]])
        holder = next((polygon for polygon in outer if contains([[polygon[0]]], inside)), None)
        if holder is not None:
            holder.append(hole)
    return sorted(outer, key=lambda polygon: -ring_area(polygon[0]))


def _turned_rings(shapes: Iterable[Shape]) -> Iterator[Ring]:
    """Outer rings against the clock, holes with it: neighbours run along a border in opposite ways."""
    for shape in shapes:
        for polygon in shape:
            for index, ring in enumerate(polygon):
                yield ring if (ring_area(ring) > 0) == (index == 0) else ring[::-1]


def _walk(following: dict[Position, list[Position]]) -> Iterator[Ring]:
    """Closed rings out of loose edges; where rings touch in a position, the inner loop is taken off first."""
    for start in list(following):
        while following[start]:
            path, seen = [start], {start: 0}
            while following.get(path[-1]):
                there = following[path[-1]].pop()
                if there in seen:
                    yield [*path[seen[there] :], there]
                    for passed in path[seen[there] + 1 :]:
                        del seen[passed]
                    del path[seen[there] + 1 :]
                    continue
                seen[there] = len(path)
                path.append(there)


# Forms in which shapes arrive and leave ---------------------------------------------------------


def from_geojson(geometry: Mapping[str, Any]) -> Shape:
    """A shape from a GeoJSON ``Polygon`` or ``MultiPolygon`` (RFC 7946)."""
    try:
        kind, coordinates = geometry["type"], geometry["coordinates"]
        if kind not in {"Polygon", "MultiPolygon"}:
            raise GeometryError(f"A {kind} is no area.")
        polygons = [coordinates] if kind == "Polygon" else coordinates
        shape = [[[(float(p[0]), float(p[1])) for p in ring] for ring in polygon] for polygon in polygons]
    except (KeyError, TypeError, IndexError) as broken:
        raise GeometryError(f"This is not a GeoJSON area: {broken}.") from broken
    return _checked(shape)


def _checked(shape: Shape) -> Shape:
    for polygon in shape:
        if not polygon:
            raise GeometryError("A polygon has no ring.")
        for ring in polygon:
            if len(ring) < SMALLEST_RING or ring[0] != ring[-1]:
                raise GeometryError("A ring is not closed or has fewer than four positions.")
            if not all(math.isfinite(x) and math.isfinite(y) for x, y in ring):
                raise GeometryError("A position is not a number.")
    if not shape:
        raise GeometryError("The area is empty.")
    return shape


def to_geojson(shape: Shape) -> dict[str, Any]:
    """The shape as a GeoJSON geometry."""
    polygons = [[[list(position) for position in ring] for ring in polygon] for polygon in shape]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def from_wkb(data: bytes) -> Shape:
    """A shape from well-known binary, either byte order, polygon or multipolygon without heights."""
    try:
        shape, end = _wkb(data, 0)
    except struct.error as broken:
        raise GeometryError(f"The binary geometry ends too early: {broken}.") from broken
    if end != len(data):
        raise GeometryError("The binary geometry goes on after its end.")
    return _checked(shape)


def _wkb(data: bytes, at: int) -> tuple[Shape, int]:
    order = {0: ">", 1: "<"}.get(struct.unpack_from("B", data, at)[0])
    if order is None:
        raise GeometryError("The binary geometry names no byte order.")
    kind, count = struct.unpack_from(f"{order}II", data, at + 1)
    at += 9
    if kind == MULTIPOLYGON:
        shape: Shape = []
        for _ in range(count):
            part, at = _wkb(data, at)
            shape += part
        return shape, at
    if kind != POLYGON:
        raise GeometryError(f"Binary geometry of type {kind} is no area.")
    polygon: Polygon = []
    for _ in range(count):
        (length,) = struct.unpack_from(f"{order}I", data, at)
        numbers = struct.unpack_from(f"{order}{2 * length}d", data, at + 4)
        polygon.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        at += 4 + 16 * length
    return [polygon], at


def from_topojson(topology: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Shape]]:
    """The areas of a TopoJSON topology with their properties, quantised or not (TopoJSON 1.0)."""
    try:
        lines = _decoded_arcs(topology)
        for collection in topology["objects"].values():
            for geometry in collection.get("geometries", [collection]):
                kind, arcs = geometry.get("type"), geometry.get("arcs")
                if kind not in {"Polygon", "MultiPolygon"}:
                    continue
                polygons = [arcs] if kind == "Polygon" else arcs
                shape = [[_stitched(ring, lines) for ring in polygon] for polygon in polygons]
                yield dict(geometry.get("properties") or {}), _checked(shape)
    except (KeyError, TypeError, IndexError, AttributeError) as broken:
        raise GeometryError(f"This is not a TopoJSON topology: {broken!r}.") from broken


def _decoded_arcs(topology: Mapping[str, Any]) -> list[list[Position]]:
    transform = topology.get("transform")
    if transform is None:
        return [[(float(p[0]), float(p[1])) for p in arc] for arc in topology["arcs"]]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        lines.append(line)
    return lines


def _stitched(indexes: Sequence[int], lines: Sequence[list[Position]]) -> Ring:
    ring: Ring = []
    for index in indexes:
        line = lines[index] if index >= 0 else lines[~index][::-1]
        ring += line[1 if ring else 0 :]
    return ring
