"""What happens by the clock: «is it still right?», and forgetting what nobody confirmed or answered."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from cantiere.activities.innovators.actions import mails
from cantiere.activities.innovators.actions.keeping import erase, move
from cantiere.activities.innovators.models import Departure, Innovator, Letter
from cantiere.engine.terms import after_months
from cantiere.foundation.core import log

State = Innovator.State
LETTERS = 3
"""The question and two reminders."""
BETWEEN = timedelta(days=14)
UNCONFIRMED = timedelta(days=7)
UNANSWERED = timedelta(days=60)
DECLINED = timedelta(days=30)
SILENT = timedelta(days=365)
LETTER = timedelta(days=3)


def ask_whether_right(*, today: date) -> int:
    """Write to those whose entry is as old as the map says, hide those who never answer; how many."""
    rows = Innovator.objects.filter(state=State.PUBLISHED, right_on__isnull=False)
    rows = rows.select_related(*Innovator.address_related).order_by("pk")
    due = [row for row in rows.iterator(200) if _is_due(row, today)]
    for innovator in due:
        _ask_or_hide(innovator, today)
    return len(due)


def _is_due(innovator: Innovator, today: date) -> bool:
    if innovator.asked == 0:
        return (
            innovator.right_on is not None and after_months(innovator.right_on, innovator.map.months) <= today
        )
    return innovator.asked_on is not None and innovator.asked_on + BETWEEN <= today


@transaction.atomic
def _ask_or_hide(innovator: Innovator, today: date) -> None:
    if innovator.asked < LETTERS:
        innovator.asked, innovator.asked_on = innovator.asked + 1, today
        innovator.save(update_fields=["asked", "asked_on"])
        mails.still_right(innovator, last=innovator.asked == LETTERS)
        if not innovator.email and innovator.asked == 1:
            mails.tell_team(
                innovator.map,
                title=gettext_noop("Ask in person: {map}"),
                text=gettext_noop("An entry without e-mail is a year old: ask whether it is still right."),
                once=f"ask:{innovator.pk}:{today}",
            )
        return
    move(innovator, State.STALE)
    log.record(by=None, verb="innovators.hide", target=innovator)
    mails.tell_team(
        innovator.map,
        title=gettext_noop("An entry is hidden: {map}"),
        text=gettext_noop("Nobody answered “Is it still right?” after two reminders."),
        once=f"stale:{innovator.pk}:{today}",
    )


def forget_unanswered(*, today: date) -> int:
    """Erase what was not confirmed, not answered, declined, or silent for a year; gives how many."""
    terms = (
        (State.UNCONFIRMED, UNCONFIRMED, Departure.Why.UNCONFIRMED),
        (State.TO_REACH, UNANSWERED, Departure.Why.UNANSWERED),
        (State.INVITED, UNANSWERED, Departure.Why.UNANSWERED),
        (State.CHANGES, UNANSWERED * 3, Departure.Why.UNANSWERED),
        (State.DECLINED, DECLINED, Departure.Why.DECLINED),
        (State.STALE, SILENT, Departure.Why.FORGOTTEN),
    )
    gone = 0
    for state, kept, why in terms:
        for innovator in Innovator.objects.filter(state=state, state_on__lte=today - kept).order_by("pk"):
            with transaction.atomic():
                log.record(by=None, verb="innovators.forget", target=innovator, state=state)
                erase(innovator, why)
            gone += 1
    return gone + _letters(today)


@transaction.atomic
def _letters(today: date) -> int:
    return Letter.objects.filter(made_at__date__lte=today - LETTER).delete()[0]
