"""Where records stand on the map: one point a place, however many records."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count

from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.foundation.places.models import Place


@dataclass(frozen=True)
class Standing:
    """How many records stand at one place, and where that is."""

    place: Place
    lng: float
    lat: float
    count: int


def positions(records: RecordQuerySet) -> list[tuple[float, float, int]]:
    """Longitude, latitude and how many records, for a drawing that names nothing."""
    columns = ("territories", "territories__lng", "territories__lat")
    rows = list(
        records.order_by().filter(territories__isnull=False).values_list(*columns).annotate(Count("pk"))
    )
    middles = _middles([pk for pk, lng, _lat, _count in rows if lng is None])
    placed = ((*middles.get(pk, (lng, lat)), count) for pk, lng, lat, count in rows)
    return [(lng, lat, count) for lng, lat, count in placed if lng is not None and lat is not None]


def _counted(records: RecordQuerySet) -> dict[int, int]:
    """How many records stand on each territory."""
    rows = records.order_by().values_list("territories").annotate(Count("pk"))
    return {place: count for place, count in rows if place is not None}


def standings(records: RecordQuerySet) -> list[Standing]:
    """Each territory with the records on it, in four queries at most; without any position it is left out."""
    counted = _counted(records)
    places = Place.objects.select_related("parent").in_bulk(counted)
    middles = _middles([place.pk for place in places.values() if place.lat is None])
    found = []
    for pk, place in places.items():
        lng, lat = (place.lng, place.lat) if place.lat is not None else middles.get(pk, (None, None))
        if lng is not None and lat is not None:
            found.append(Standing(place, lng, lat, counted[pk]))
    return found


def alone(records: RecordQuerySet, standing: Sequence[Standing]) -> dict[int, tuple[str, str]]:
    """Title and address of the record where it is the only one, by the key of its place."""
    places = [each.place.pk for each in standing if each.count == 1]
    rows = records.order_by().filter(territories__in=places)
    return {place: (title, slug) for place, title, slug in rows.values_list("territories", "title", "slug")}


def _middles(areas: list[int]) -> dict[int, tuple[float, float]]:
    """Areas drawn by nobody stand in the middle of their members."""
    if not areas:
        return {}
    members = Place.members.through.objects.filter(from_place__in=areas, to_place__lat__isnull=False)
    middles = members.values_list("from_place").annotate(Avg("to_place__lng"), Avg("to_place__lat"))
    return {area: (lng, lat) for area, lng, lat in middles}
