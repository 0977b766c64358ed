"""What censuses do by the clock and behind the page."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from cantiere.activities.observatory import import_tasks  # noqa: F401 (so that its schedules are known)
from cantiere.activities.observatory.actions import entries, invitations, letters, retention
from cantiere.activities.observatory.models import Census
from cantiere.activities.observatory.models.answers import CensusEntry
from cantiere.foundation.core.clock import every
from cantiere.foundation.core.jobs import enqueue_once, job
from cantiere.programmes.models import Activity

SLICE = 100
LAST_DAYS = timedelta(days=2)


@job(queue="mail")
def send_invitations(census: int) -> None:
    """The first letters of one census, a slice at a time; begun again it writes to nobody twice."""
    activity = Activity.objects.select_related("programme").filter(pk=census).first()
    if activity is None:
        return
    waiting = invitations.to_send(activity)
    for row in waiting[:SLICE]:
        invitations.send_invitation(invitation=row)
    if len(waiting) > SLICE:
        send_invitations.enqueue(census)


def _open_now() -> list[Census]:
    now = timezone.now()
    rows = Census.objects.filter(
        Q(activity__closes__gt=now) | Q(activity__closes=None),
        activity__opens__lte=now,
        activity__published_at__isnull=False,
        activity__programme__published_at__isnull=False,
        activity__cancelled_on=None,
    )
    return list(rows.select_related("activity__programme").order_by("pk"))


@every(at="09:00")
def remind() -> None:
    """A word to the invited who have not finished; in the last days to all who have begun."""
    for census in _open_now():
        enqueue_once(remind_of, f"census-remind:{census.pk}:{timezone.localdate()}", census.pk)


@job(queue="mail")
def remind_of(census: int) -> None:
    """The reminders of one census that are due now; whoever was written to is not due any more."""
    now = timezone.now()
    own = next((each for each in _open_now() if each.pk == census), None)
    if own is None:
        return
    for invitation in invitations.to_remind(own, now)[:SLICE]:
        invitations.remind(by=None, invitation=invitation)
    closes = own.activity.closes
    if closes is not None and closes - now <= LAST_DAYS:
        for entry in _left_lying(own.activity):
            letters.closes_soon(entry)
    if len(invitations.to_remind(own, now)):
        remind_of.enqueue(census)


def _left_lying(census: Activity) -> list[CensusEntry]:
    """Begun without an invitation, and not touched for a day."""
    rows = CensusEntry.objects.filter(
        census=census,
        state=CensusEntry.State.STARTED,
        by_hand=False,
        invitation=None,
        response__saved_at__lt=timezone.now() - timedelta(days=1),
    )
    return list(rows.exclude(email="").select_related(*CensusEntry.address_related).order_by("pk"))


@every(at="03:40")
def forget_addresses() -> None:
    """What is no longer needed of those who answered, were invited or suggested."""
    retention.forget(now=timezone.now())
    for entry in retention.never_sent(now=timezone.now()):
        entries.discard_entry(by=None, entry=entry)
