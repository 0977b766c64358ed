"""The ledger of participation."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.programmes.models import Activity, Participation


@transaction.atomic
def take_part(*, activity: Activity, person: Person | None = None) -> None:
    """Note that somebody took part today; without a person only the day's total grows."""
    row, new = Participation.objects.get_or_create(activity=activity, person=person, day=timezone.localdate())
    if not new:
        Participation.objects.filter(pk=row.pk).update(times=F("times") + 1)
