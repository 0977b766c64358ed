"""What can be found of records and tools, for the index of the site."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from cantiere.activities.observatory.models import Record, Tool
from cantiere.activities.observatory.queries.find import public_records
from cantiere.activities.observatory.queries.toolbox import findable_tool
from cantiere.foundation.core.slices import by_slices
from cantiere.foundation.search.sources import Findable


def key_of(pk: int) -> str:
    """How the index calls a record."""
    return f"record:{pk}"


def findable_record(record: Record) -> Findable:
    """What one can find a public record by; needs its territories."""
    told = (
        record.proponent,
        record.specific_topic,
        record.subject,
        record.objectives,
        record.changes,
        record.new_activities,
        record.territory_note,
        *(place.name for place in record.territories.all()),
    )
    return {
        "key": key_of(record.pk),
        "kind": gettext_noop("Record of a process"),
        "title": record.title,
        "text": " ".join(filter(None, told)),
        "address": record.get_absolute_url(),
        "day": record.started_on,
        "place_ids": [place.pk for place in record.territories.all()],
    }


def everything_public() -> Iterator[Findable]:
    """All public records and tools, to index them anew."""
    for record in by_slices(public_records().prefetch_related("territories")):
        yield findable_record(record)
    for tool in by_slices(Tool.objects.filter(published_at__isnull=False)):
        yield findable_tool(tool)
