"""What a map is fed with: points, ground, and a drawing that stands where no script runs."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import JsonResponse
from django.utils.safestring import SafeString

from cantiere.engine.territory import Box

WIDTH, HIGHEST = 480, 560
CELL = 22  # pixels of the drawing: dots that would touch are one
SMALLEST_DOT, LARGEST_DOT = 4.5, 15.0
MARGIN = 0.05


@dataclass(slots=True)
class Point:
    """What stands at one position: how many things, what they are called together, and where they are told.

    ``href`` is the page of one thing, or the list filtered on this place for several.
    """

    lng: float
    lat: float
    count: int
    label: str
    href: str


class Ground(NamedTuple):
    """The borders under a map: where they are served as GeoJSON, and coarse rings for the drawing.

    Rings hold pairs of longitude and latitude. Rooms get a ground from ``places.ground``.
    """

    url: str
    rings: Sequence[Sequence[tuple[float, float]]]
    box: Box
    credit: str = ""


class Dot(NamedTuple):
    """A circle of the drawing, in its pixels."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Sketch:
    """The map as a drawing of ``width`` × ``height``: the ground as one path, dots sized by count."""

    width: int
    height: int
    ground: str
    dots: Sequence[Dot]

    @property
    def circles(self) -> SafeString:
        """The dots as they stand in the drawing: hundreds, so no template loops over them."""
        drawn = (f'<circle cx="{dot.x}" cy="{dot.y}" r="{dot.radius}"/>' for dot in self.dots)
        return SafeString("".join(drawn))


@dataclass(frozen=True, kw_only=True)
class MapData:
    """A map beside a list.

    ``points_url`` serves ``points_response`` for the same filters; ``nouns`` are one and several of the
    things shown, in small letters. ``label`` names the map. ``sketch`` stands where no script runs.
    """

    points_url: str
    nouns: tuple[str, str]
    label: str
    ground: Ground | None = None
    sketch: Sketch | None = None
    embed_url: str = ""


def points_response(points: Iterable[Point]) -> JsonResponse:
    """Points for the map: ``{"points": [[lng, lat, count, label, href], …]}``, positions to one metre."""
    rows = [
        [round(point.lng, 5), round(point.lat, 5), point.count, point.label, point.href] for point in points
    ]
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    return JsonResponse({"points": rows}, json_dumps_params=compact)


def sketch(ground: Ground | None, points: Iterable[Point]) -> Sketch | None:
    """The drawing of points on their ground; nothing where there is neither."""
    here = list(points)
    box = ground.box if ground else _around(here)
    if box is None:
        return None
    narrowing = math.cos(math.radians((box.south + box.north) / 2))
    wide, high = max((box.east - box.west) * narrowing, 1e-6), max(box.north - box.south, 1e-6)
    scale = min(WIDTH / wide, HIGHEST / high) * (1 - 2 * MARGIN)
    width, height = round(wide * scale / (1 - 2 * MARGIN)), round(high * scale / (1 - 2 * MARGIN))
    left, top = (width - wide * scale) / 2, (height - high * scale) / 2

    def at(lng: float, lat: float) -> tuple[float, float]:
        return left + (lng - box.west) * narrowing * scale, top + (box.north - lat) * scale

    path = "".join(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in (at(*position) for position in ring)) + "Z"
        for ring in (ground.rings if ground else ())
    )
    return Sketch(width, height, path, _dots((*at(one.lng, one.lat), one.count) for one in here))


def _around(points: Sequence[Point]) -> Box | None:
    if not points:
        return None
    lngs, lats = [point.lng for point in points], [point.lat for point in points]
    return Box(min(lngs) - 0.02, min(lats) - 0.02, max(lngs) + 0.02, max(lats) + 0.02)


def _dots(placed: Iterable[tuple[float, float, int]]) -> list[Dot]:
    """What falls into one cell is one dot at its centre of gravity; areas grow with the counts."""
    cells: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for x, y, count in placed:
        cells[int(x // CELL), int(y // CELL)].append((x, y, count))
    sums = {cell: sum(count for _, _, count in inside) for cell, inside in cells.items()}
    most = max(sums.values(), default=1)
    dots = []
    for cell, inside in sorted(cells.items()):
        total = sums[cell] or 1
        radius = max(SMALLEST_DOT, LARGEST_DOT * math.sqrt(total / most))
        x = sum(x * count for x, _, count in inside) / total
        y = sum(y * count for _, y, count in inside) / total
        dots.append(Dot(round(x, 1), round(y, 1), round(radius, 1)))
    return dots
