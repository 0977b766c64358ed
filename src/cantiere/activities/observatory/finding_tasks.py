"""Keeping the index of the site true about many records, behind the page."""

from django.db import transaction
from django.utils.dateparse import parse_datetime

from cantiere.activities.observatory.actions.findable import show_record_in_search
from cantiere.activities.observatory.models import Record
from cantiere.foundation.core.jobs import job
from cantiere.foundation.core.slices import by_slices, portions

AT_ONCE = 25
"""In one transaction: everyone who writes waits as long."""


@job(queue="maintenance", attempts=4, backoff=5, external=True)
def show_records_in_search(census: int, since: str = "") -> None:
    """Index the public records of a census, or those written since a moment; it may be begun again."""
    written = Record.objects.filter(census=census).public()
    if since:
        written = written.filter(updated_at__gte=parse_datetime(since))
    keys = (record.pk for record in by_slices(written.only("pk")))
    for some in portions(keys, AT_ONCE):
        with transaction.atomic():
            rows = Record.objects.select_for_update(of=("self",)).filter(pk__in=some)
            for record in rows.select_related("census__programme").prefetch_related("territories"):
                show_record_in_search(record)
