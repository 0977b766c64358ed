"""What visitors say, and what is answered."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log, outbox, richtext
from cantiere.foundation.core.jobs import queue
from cantiere.foundation.core.models import Job
from cantiere.web.models import Clarity, Report


@transaction.atomic
def rate(*, page: str, value: int) -> Clarity:
    """Note how clear a page was found, from 1 to 5."""
    return Clarity.objects.create(page=page[:300], rate=value)


@transaction.atomic
def comment(*, clarity: Clarity, text: str) -> None:
    """Add what was missing, on the day of the rating alone."""
    if clarity.day != timezone.localdate() or clarity.comment:
        raise ValidationError(_("Thank you, we already have your comment."))
    clarity.comment = text
    clarity.save(update_fields=["comment"])


@transaction.atomic
def report(*, page: str, text: str, email: str) -> Report:
    """Take a report and start its 30 days; whoever wrote gets a receipt with the day."""
    today = timezone.localdate()
    row = Report.objects.create(
        page=page, text=text, email=email, received_on=today, due_on=today + timedelta(days=Report.DAYS)
    )
    log.record(by=None, verb="web.report", target=row)
    outbox.send(
        to=email,
        subject=_("We received your report"),
        text=_(
            "You told us that a page does not work for you:\n\n{text}\n\nWe answer you by {day}. "
            "If we do not, you can turn to the Difensore civico per il digitale (AgID)."
        ).format(text=text, day=row.due_on.strftime("%d/%m/%Y")),
        once=f"report-received:{row.pk}",
    )
    outbox.send(
        to=settings.CANTIERE_CONTACT,
        subject=_("A page does not work for somebody: answer by {day}").format(
            day=row.due_on.strftime("%d/%m/%Y")
        ),
        text=f"{row.page}\n\n{row.text}\n\n{settings.URL}/gestione/segnalazioni/",
        once=f"report-to-answer:{row.pk}",
    )
    return row


@transaction.atomic
def answer(*, by: Person | None, row: Report, text: str) -> None:
    """Answer a report by mail; the clock stops."""
    row.answer, row.answered_on = text, timezone.localdate()
    row.save(update_fields=["answer", "answered_on"])
    log.record(by=by, verb="web.answer", target=row)
    outbox.send(
        to=row.email,
        subject=_("Our answer to your report"),
        text=richtext.plain(row.answer),
        once=f"report-answered:{row.pk}",
    )


@transaction.atomic
def retry(*, by: Person | None, job: Job) -> None:
    """Put a dead job back in its queue."""
    if queue.retry(job.pk):
        log.record(by=by, verb="web.retry", target=job, task=job.task)
