"""Which laboratories wait for the clock."""

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from cantiere.activities.labs.models import Lab
from cantiere.foundation.live.models import LiveEvent


def due(today: date) -> list[int]:
    """Those of which what was live is to be deleted."""
    rows = Lab.objects.filter(ended_on__isnull=False, erased_on=None)
    return [lab.pk for lab in rows.order_by("pk") if lab.erases_on is not None and lab.erases_on <= today]


def never_begun(today: date) -> list[int]:
    """Those that nobody began and in which people wait, when their last day, or that on which they were
    cancelled, is as long ago as what was live is kept.
    """
    rows = Lab.objects.filter(started_on=None, participants__isnull=False).select_related("activity")
    rows = rows.annotate(last=Max("activity__appointments__ends"), joined=Max("participants__joined_on"))
    found = []
    for lab in rows.order_by("pk"):
        last = max(lab.joined, timezone.localdate(lab.last) if lab.last else lab.joined)
        if (lab.activity.cancelled_on or last) + timedelta(days=lab.keep_days) <= today:
            found.append(lab.pk)
    return found


def left_open(before: datetime) -> list[int]:
    """Those that ended in their log alone, and those whose last hour was before a time."""
    rows = Lab.objects.filter(started_on__isnull=False, ended_on=None, room__isnull=False)
    found = []
    for lab in rows.annotate(last=Max("activity__appointments__ends")).order_by("pk"):
        over = lab.last or _day_after(lab.started_on)
        if over <= before or LiveEvent.objects.filter(room=lab.room_id, kind="end").exists():
            found.append(lab.pk)
    return found


def _day_after(day: date | None) -> datetime:
    start = datetime.combine(day or timezone.localdate(), datetime.min.time())
    return timezone.make_aware(start) + timedelta(days=1)
