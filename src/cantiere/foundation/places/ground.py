"""The ground of maps: today's borders, few enough for a page, cached until other boundaries are loaded."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, F, Max, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cantiere.engine.territory import (
    Box,
    Shape,
    bounds,
    from_geojson,
    ring_area,
    rounded,
    simplified,
    to_geojson,
)
from cantiere.foundation.places.filters import place_key
from cantiere.foundation.places.models import Boundary, Place
from cantiere.foundation.ui.maps import Ground

# Degrees: the least detail one can miss at the zoom where a level is looked at; positions to 11 metres.
TOLERANCES = {Place.Kind.REGION: 0.003, Place.Kind.PROVINCE: 0.0015, Place.Kind.MUNICIPALITY: 0.0008}
DIGITS = 4
SKETCH_TOLERANCE, SMALLEST_ISLAND = 0.012, 0.0005
MOST_WITHIN = 20
RECIPE = 2  # another number makes everything anew
KEPT, KNOWN = 30 * 24 * 3600, 60


class Label(NamedTuple):
    """What a map says of a place, and a position inside it."""

    code: str
    name: str
    lng: float
    lat: float


@dataclass(frozen=True)
class Borders:
    """The borders of one level inside some places, or of all that are loaded."""

    level: str
    within: tuple[Place, ...] = ()

    @property
    def rows(self) -> Any:
        """The boundaries, in the order of the codes."""
        found = Boundary.objects.filter(place__kind=self.level, place__valid_to=None)
        if self.within:
            inside = Place.objects.within(*self.within)
            path = {"municipality": "place__in", "province": "place__parts__in"}
            reach = path.get(self.level, "place__parts__parts__in")
            found = found.filter(pk__in=Boundary.objects.filter(**{reach: inside}).values("pk"))
        return found.order_by("place__code")

    @cached_property
    def version(self) -> str:
        """Other boundaries give another version; empty where there is none. One query a minute."""
        return str(_kept(self._key("version"), KNOWN, self._read_version))

    @property
    def url(self) -> str:
        """Where the borders are served, with their version, so that they may be kept for long."""
        asked = [("in", place_key(place)) for place in self.within]
        words = urlencode([*asked, ("v", self.version)])
        return f"{reverse('places:ground', args=[self.level])}?{words}"

    def geojson(self) -> bytes:
        """A FeatureCollection with the label of each; neighbours still share their borders."""
        return bytes(_kept(self._key("geojson", self.version), KEPT, self._draw))

    def ground(self) -> Ground | None:
        """The same for a page; nothing where no boundary was loaded."""
        if not self.version:
            return None
        rings, box = _kept(self._key("rings", self.version), KEPT, self._outline)
        return Ground(self.url, rings, box, _("Boundaries: ISTAT (CC BY 4.0)"))

    def _key(self, *words: str) -> str:
        places = ",".join(place_key(place) for place in self.within)
        digest = hashlib.sha256("\0".join([places, *words]).encode()).hexdigest()[:32]
        return f"ground:{RECIPE}:{self.level}:{digest}"

    def _read_version(self) -> str:
        sums = {side: Sum(F(f"place__{side}")) for side in ("west", "south", "east", "north")}
        told = self.rows.order_by().aggregate(many=Count("pk"), year=Max("year"), **sums)
        words = json.dumps([RECIPE, *(told[key] for key in sorted(told))])
        return hashlib.sha256(words.encode()).hexdigest()[:12] if told["many"] else ""

    def _shapes(self) -> dict[Label, Shape]:
        told = ("place__code", "place__name", "place__lng", "place__lat")
        rows = self.rows.values_list(*told, "geometry")
        return {Label(*words): from_geojson(geometry) for *words, geometry in rows}

    def _draw(self) -> bytes:
        fewer = simplified(self._shapes(), TOLERANCES[Place.Kind(self.level)])
        features = [
            {
                "type": "Feature",
                "properties": {"code": label.code, "name": label.name, "lng": label.lng, "lat": label.lat},
                "geometry": to_geojson(rounded(shape, DIGITS)),
            }
            for label, shape in fewer.items()
        ]
        whole = {"type": "FeatureCollection", "features": features}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()

    def _outline(self) -> tuple[Sequence[Sequence[tuple[float, float]]], Box]:
        shapes = self._shapes()
        box = bounds([polygon for shape in shapes.values() for polygon in shape])
        coarse = simplified(shapes, SKETCH_TOLERANCE).values()
        rings = [polygon[0] for shape in coarse for polygon in rounded(shape, 3)]
        large = [ring for ring in rings if abs(ring_area(ring)) > SMALLEST_ISLAND]
        return large or rings, box


def ground(level: str = Place.Kind.PROVINCE, within: Iterable[Place] = ()) -> Ground | None:
    """The ground of a map: regions, provinces, or the municipalities of some places.

    ``within`` keeps to what lies in these places; without it all loaded boundaries of the level are drawn.
    Nothing where no boundary was loaded.
    """
    return Borders(level, tuple(within)).ground()


def _kept(key: str, seconds: int, make: Any) -> Any:
    kept = cache.get(key)
    if kept is None:
        kept = make()
        cache.set(key, kept, seconds)
    return kept
