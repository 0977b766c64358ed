"""The two things Cantiere draws: the thread, and covers made of contour lines.

Everything comes out as SVG path data with plain numbers; who draws it decides colours and sizes.
The same name always gives the same drawing.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ring = tuple[Point, ...]

STRAND_LENGTH = 100
STRAND_WIDTH = 24
COVER_WIDTH = 640
COVER_HEIGHT = 360

_RAYS = 24
_LINES = 9
_BORDER_POINTS = 90


def strand(seed: str, *, bend: bool = False, upright: bool = False) -> str:
    """The piece of thread from one knot to the next, in a box of 100 × 24 (24 × 100 when upright).

    It wavers a little, as a line drawn by hand does; with a bend it leaves its way and comes back.
    """
    middle = STRAND_WIDTH / 2
    sway = (_fraction(seed, 0) - 0.5) * 5
    points = [(0.0, middle), (30.0, middle + sway), (70.0, middle - sway), (100.0, middle)]
    if bend:
        side = 1 if sway >= 0 else -1
        low = middle + side * 9.5
        points = [
            (0.0, middle), (18.0, middle), (30.0, middle), (36.0, middle),
            (44.0, middle), (40.0, low), (50.0, low),
            (60.0, low), (56.0, middle), (64.0, middle),
            (70.0, middle), (82.0, middle), (100.0, middle),
        ]  # fmt: skip
    pairs = [f"{_short(y)} {_short(x)}" if upright else f"{_short(x)} {_short(y)}" for x, y in points]
    return f"M{pairs[0]}C" + " ".join(pairs[1:])


@dataclass(frozen=True)
class Cover:
    """Contour lines and, where the territory is known, its border; all in a box of 640 × 360."""

    lines: tuple[str, ...]
    border: str


def cover(name: str, rings: tuple[Ring, ...] = ()) -> Cover:
    """The cover of what bears this name, shaped by the rings (longitude, latitude) of its territory."""
    right, down = _fraction(name, 1), _fraction(name, 2)
    centre = (COVER_WIDTH * (0.34 + 0.32 * right), COVER_HEIGHT * (0.42 + 0.16 * down))
    placed = _place(rings, centre) if rings else ()
    radii = _rays(max(placed, key=_area), centre) if placed else _island(name)
    lines = tuple(_contour(name, radii, centre, step) for step in range(_LINES))
    return Cover(lines, "".join(_polygon(ring) for ring in placed))


def _fraction(name: str, index: int) -> float:
    digest = hashlib.sha256(f"{index // 16}:{name}".encode()).digest()
    return int.from_bytes(digest[index % 16 * 2 : index % 16 * 2 + 2]) / 65536


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _place(rings: tuple[Ring, ...], centre: Point) -> tuple[Ring, ...]:
    """Degrees to the cover's box: true proportions, half its height, around the centre."""
    longitudes = [x for ring in rings for x, _ in ring]
    latitudes = [y for ring in rings for _, y in ring]
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    narrow = math.cos(math.radians(middle[1]))
    wide = max((max(longitudes) - min(longitudes)) * narrow, 1e-9)
    high = max(max(latitudes) - min(latitudes), 1e-9)
    scale = min(0.5 * COVER_HEIGHT / high, 0.6 * COVER_WIDTH / wide)
    return tuple(
        tuple(
            (centre[0] + (x - middle[0]) * narrow * scale, centre[1] - (y - middle[1]) * scale)
            for x, y in _thin(ring)
        )
        for ring in rings
    )


def _thin(ring: Ring) -> Ring:
    return ring[:: max(1, len(ring) // _BORDER_POINTS)]


def _area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _rays(ring: Ring, centre: Point) -> list[float]:
    """How far the ring reaches in each direction; others borrow from their neighbours."""
    reach = [0.0] * _RAYS
    for x, y in ring:
        ray = round(math.atan2(y - centre[1], x - centre[0]) / math.tau * _RAYS) % _RAYS
        reach[ray] = max(reach[ray], math.hypot(x - centre[0], y - centre[1]))
    known = [value for value in reach if value] or [COVER_HEIGHT * 0.3]
    mean = sum(known) / len(known)
    return [value or max(reach[ray - 1], reach[(ray + 1) % _RAYS]) or mean for ray, value in enumerate(reach)]


def _island(name: str) -> list[float]:
    """A shape of its own for a name without a territory: three slow waves."""
    base = COVER_HEIGHT * (0.22 + 0.08 * _fraction(name, 3))
    return [base * (1 + _waves(name, ray, 0.16)) for ray in range(_RAYS)]


def _waves(name: str, ray: float, strength: float) -> float:
    angle = ray / _RAYS * math.tau
    return sum(
        strength / wave * math.sin(wave * angle + math.tau * _fraction(name, 3 + wave)) for wave in (1, 2, 3)
    )


def _contour(name: str, radii: Sequence[float], centre: Point, step: int) -> str:
    """One height line: inside it keeps the shape, outside it grows rounder, as hills flatten to a plain."""
    size = 0.34 + 0.33 * step
    for _ in range(1 + step):
        radii = [(radii[ray - 1] + 2 * radii[ray] + radii[(ray + 1) % _RAYS]) / 4 for ray in range(_RAYS)]
    points = []
    for ray in range(_RAYS):
        radius = size * radii[ray] * (1 + _waves(name, ray + step * 0.9, 0.07 + 0.02 * step))
        angle = ray / _RAYS * math.tau
        points.append((centre[0] + 1.12 * radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    return _rounded(points)


def _rounded(points: Sequence[Point]) -> str:
    """A closed curve through the middles of a polygon's sides."""
    middles = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, (*points[1:], points[0]), strict=True)
    ]
    curves = (f"Q{p[0]:.0f} {p[1]:.0f} {m[0]:.0f} {m[1]:.0f}" for p, m in zip(points, middles, strict=True))
    return f"M{middles[-1][0]:.0f} {middles[-1][1]:.0f}" + "".join(curves) + "Z"


def _polygon(ring: Ring) -> str:
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in ring) + "Z"
