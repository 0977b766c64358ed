"""What the room does later and by the clock."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.clock import every
from cantiere.foundation.core.jobs import job
from cantiere.foundation.notices import actions
from cantiere.foundation.notices.models import Notice

BATCH = 100
KEPT = timedelta(days=180)


@job(external=True)
def tell_many(news: dict[str, Any]) -> None:
    """Tell the followers of a topic that many follow."""
    actions.tell_many(actions.News(**news))


@job(queue="mail", external=True)
def send_now(once: str) -> None:
    """Mail what cannot wait of one event."""
    actions.send_now(once=once)


@job(queue="mail", external=True)
def send_digests(people: list[int], today: str) -> None:
    """Mail these people what is due on a day."""
    for person in Person.objects.filter(pk__in=people).order_by("pk"):
        actions.send_digest(person=person, today=date.fromisoformat(today))


@every(at="07:30")
def digests() -> None:
    """Each morning: yesterday's news to who wants it daily, on Mondays last week's to the others."""
    today = timezone.localdate()
    due = Notice.objects.for_digest(today).order_by("person").values_list("person", flat=True).distinct()
    people = list(due)
    for start in range(0, len(people), BATCH):
        send_digests.enqueue(people[start : start + BATCH], today.isoformat())


@every(at="03:50")
def forget_old() -> None:
    """Notices are kept for half a year."""
    actions.forget_old(before=timezone.localdate() - KEPT)
