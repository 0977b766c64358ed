"""Many records published at one stroke, or following their census."""

from django.db import transaction
from django.utils import timezone

from cantiere.activities.observatory.finding_tasks import show_records_in_search
from cantiere.activities.observatory.models import Record
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries.desk import publishable
from cantiere.activities.observatory.queries.found import key_of
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.search import actions as search
from cantiere.programmes.models import Activity


@transaction.atomic
def appeared_or_disappeared(*, census: Activity) -> None:
    """The census became public, or no longer is: its records follow, into the index and out of it."""
    records = Record.objects.of(census).public()
    if not census.is_public:
        search.remove_all(keys=map(key_of, records.order_by().values_list("pk", flat=True)))
    elif records.exists():
        show_records_in_search.enqueue(census.pk)


@transaction.atomic
def publish_records(*, by: Person, census: Activity, records: RecordQuerySet) -> int:
    """Let everyone see those that are drafts of this census and wait for no decision; how many they are."""
    now = timezone.now()
    drafts = publishable(Record.objects.of(census).filter(pk__in=records.order_by().values("pk")))
    count = drafts.update(published_at=now, updated_at=now)
    if count:
        log.record(by=by, verb="observatory.publish_records", target=census, published=count)
        show_records_in_search.enqueue(census.pk, now.isoformat())
    return count
