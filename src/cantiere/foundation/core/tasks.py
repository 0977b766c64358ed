"""Scheduled work of the mechanisms."""

from datetime import timedelta

from django.utils import timezone

from cantiere.foundation.core import log, personal_data
from cantiere.foundation.core.clock import every
from cantiere.foundation.core.models import Hits, Job, Submission
from cantiere.foundation.core.outbox import tasks as outbox_tasks

__all__ = ["outbox_tasks"]  # imported so that its schedules are known

DONE_KEPT = timedelta(days=7)
DEAD_KEPT = timedelta(days=90)


@every(hours=1)
def seal_audit() -> None:
    """Close the last hour of the audit log with a digest."""
    log.seal()


@every(hours=1)
def write_journal() -> None:
    """Bring the journal of erasures up to date, should a crash have come between."""
    personal_data.write_journal()


@every(days=1)
def forget_submissions() -> None:
    """Form keys older than a week: nobody sends a form again after that."""
    week = timezone.localdate() - timedelta(days=7)
    Submission.objects.filter(day__lt=week).delete()


@every(hours=1)
def forget_hits() -> None:
    """Counts of windows that are over."""
    Hits.objects.filter(until__lt=timezone.now()).delete()


@every(days=1)
def forget_jobs() -> None:
    """Done jobs after a week, dead ones after three months."""
    now = timezone.now()
    Job.objects.filter(status=Job.Status.SUCCESSFUL, finished_at__lt=now - DONE_KEPT).delete()
    Job.objects.filter(status=Job.Status.FAILED, finished_at__lt=now - DEAD_KEPT).delete()
