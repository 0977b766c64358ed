"""What becomes of sheets behind the page and by the clock."""

from datetime import timedelta

from django.utils import timezone

from cantiere.activities.observatory.actions import importing
from cantiere.activities.observatory.models import RecordImport
from cantiere.foundation.core.clock import every
from cantiere.foundation.core.jobs import job

KEPT = timedelta(days=30)


@job(queue="maintenance", attempts=4, backoff=5, external=True)
def check_import(pk: int) -> None:
    """Judge every row of a sheet."""
    importing.check(pk)


@job(queue="maintenance", attempts=4, backoff=5, external=True)
def write_import(pk: int) -> None:
    """Write a confirmed sheet."""
    importing.write(pk)


@every(days=1)
def forget_imports() -> None:
    """Sheets and their rows a month after they were brought; what they made stays, and the log says so."""
    old = RecordImport.objects.filter(at__lt=timezone.now() - KEPT)
    for brought in old.exclude(state=RecordImport.State.WRITING):
        importing.forget(brought)
