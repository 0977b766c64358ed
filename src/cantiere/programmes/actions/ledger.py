"""The ledger of participation."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.programmes.models import Activity, Participation


@transaction.atomic
def take_part(*, activity: Activity, person: Person | None = None, times: int = 1) -> None:
    """Note that somebody took part today; without a person the day's total grows by so many ``times``."""
    row, new = Participation.objects.get_or_create(
        activity=activity, person=person, day=timezone.localdate(), defaults={"times": times}
    )
    if not new:
        Participation.objects.filter(pk=row.pk).update(times=F("times") + times)


@transaction.atomic
def count_without_name(*, by: Person, activity: Activity, step: int) -> None:
    """Somebody is there who gives no name: today's total grows by one, or a mistake is taken back."""
    today = Participation.objects.filter(activity=activity, person=None, day=timezone.localdate())
    if step > 0:
        take_part(activity=activity)
    elif not today.filter(times__gt=1).update(times=F("times") - 1):
        today.delete()
    log.record(by=by, verb="programmes.count_without_name", target=activity, step=step)
