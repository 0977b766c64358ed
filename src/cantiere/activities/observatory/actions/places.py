"""Records follow their places, when municipalities merge or areas change."""

from collections.abc import Mapping

from django.db import transaction

from cantiere.activities.observatory.actions.findable import show_record_in_search
from cantiere.activities.observatory.actions.records import derive
from cantiere.activities.observatory.models import Record
from cantiere.activities.observatory.queries.reach import Reach
from cantiere.foundation.core import log
from cantiere.foundation.core.access import Actor
from cantiere.foundation.core.slices import by_slices, portions
from cantiere.foundation.places.models import Place

AT_ONCE = 100
"""In one transaction: everyone who writes waits as long."""


def follow_places(by: Actor) -> None:
    """Move records from places that ended to those of today, and find all where they stand now."""
    heirs, reach = Place.objects.heirs(), Reach()
    keys = (record.pk for record in by_slices(Record.objects.only("pk")))
    for some in portions(keys, AT_ONCE):
        with transaction.atomic():
            rows = Record.objects.select_for_update(of=("self",)).filter(pk__in=some)
            for record in rows.select_related("census__programme").prefetch_related("territories", "reach"):
                _follow(by, record, heirs, reach)


def _follow(by: Actor, record: Record, heirs: Mapping[int, set[int]], reach: Reach) -> None:
    territories, found = list(record.territories.all()), {place.pk for place in record.reach.all()}
    before = _kept(record)
    ended = [place for place in territories if place.pk in heirs]
    if ended:
        today = {pk for place in territories for pk in heirs.get(place.pk, {place.pk})}
        territories = list(Place.objects.filter(pk__in=today))
        # The name in the source is still what it said.
        record.territory_note = record.territory_note or ", ".join(place.name for place in ended)[:200]
    derive(record, territories, reach)
    stands = reach.of(place.pk for place in territories)
    if not ended and stands == found and _kept(record) == before:
        return
    record.territories.set(territories)
    record.reach.set(stands)
    record.save(update_fields=["territory_note", "year", "within", "folded", "updated_at"])
    show_record_in_search(record)
    log.record(by=by, verb="observatory.follow_places", target=record)


def _kept(record: Record) -> tuple[str, set[str]]:
    """What is kept beside; in which order the words stand tells nothing."""
    return record.within, set(record.folded.split())
