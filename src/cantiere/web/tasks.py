"""What the web does by the clock."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.foundation.core import outbox
from cantiere.foundation.core.clock import every
from cantiere.web.models import Report


@every(at="08:00")
def remind_of_reports() -> None:
    """Seven days before its end, and on the day after, a word about a report nobody answered."""
    today = timezone.localdate()
    for row in Report.objects.filter(
        answered_on=None, due_on__in=[today + timedelta(days=7), today - timedelta(days=1)]
    ):
        outbox.send(
            to=settings.CANTIERE_CONTACT,
            subject=_("A report waits for an answer: {days} days left").format(days=row.days_left(today)),
            text=f"{row.page}\n\n{row.text}\n\n{settings.URL}/gestione/segnalazioni/",
            once=f"report-reminder:{row.pk}:{row.days_left(today)}",
        )


@every(at="03:30")
def forget_addresses() -> None:
    """A year after the answer the report stays for the statistics, its text and address do not."""
    Report.objects.filter(answered_on__lt=timezone.localdate() - timedelta(days=365)).exclude(
        email=""
    ).update(email="", text="", answer="")
