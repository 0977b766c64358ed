"""The small map of the home page: the loaded regions as ground, the programmes' territories on them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache

from cantiere.engine.territory import Shape, bounds, from_geojson, simplified
from cantiere.foundation.places.models import Boundary, Place
from cantiere.programmes.models import Programme

WIDTH = 320
TOLERANCE = 0.012  # degrees: finer than a pixel at this width would be
HOUR = 3600


@dataclass(frozen=True)
class Territory:
    """Paths in a box of ``width`` × ``height``, and the programmes whose land is drawn."""

    width: int
    height: int
    ground: Sequence[str]
    areas: Sequence[str]
    names: Sequence[tuple[str, str]]


def territory(programmes: Iterable[Programme]) -> Territory | None:
    """The map, or nothing where no boundary was loaded; drawn once an hour for the same programmes."""
    rows = list(programmes)
    key = "territory:" + ",".join(f"{row.pk}-{row.slug}" for row in rows)
    drawn: Territory | None = cache.get(key)
    if drawn is None and (drawn := _draw(rows)) is not None:
        cache.set(key, drawn, HOUR)
    return drawn


def _draw(programmes: Sequence[Programme]) -> Territory | None:
    places = {place.pk for programme in programmes for place in programme.places.all()}
    regions = Boundary.objects.filter(place__kind=Place.Kind.REGION).values_list("geometry", flat=True)
    lands = Boundary.objects.filter(place__in=places).exclude(place__kind=Place.Kind.REGION)
    ground = [from_geojson(geometry) for geometry in regions]
    areas = [from_geojson(geometry) for geometry in lands.values_list("geometry", flat=True)]
    if not ground:
        return None
    shapes: dict[int, Shape] = simplified(dict(enumerate([*ground, *areas])), TOLERANCE)
    west, south, east, north = bounds([polygon for shape in ground for polygon in shape])
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * narrowing)

    def path(shape: Shape) -> str:
        rings = (ring for polygon in shape for ring in polygon)
        return "".join(
            "M"
            + "L".join(f"{(x - west) * narrowing * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring)
            + "Z"
            for ring in rings
        )

    drawn = [path(shapes[index]) for index in range(len(ground) + len(areas))]
    return Territory(
        width=WIDTH,
        height=round((north - south) * scale),
        ground=drawn[: len(ground)],
        areas=drawn[len(ground) :],
        names=[(str(programme), programme.get_absolute_url()) for programme in programmes],
    )
