"""The jobs of the outbox."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cantiere.foundation.core.clock import every
from cantiere.foundation.core.jobs import enqueue_once, job
from cantiere.foundation.core.models import Job, Mail, MailAttachment
from cantiere.foundation.core.outbox import delivery
from cantiere.foundation.core.outbox.smtp import Server

TEXT_KEPT = timedelta(days=30)
# A message this young has a job of its own.
LEFT_ALONE = timedelta(minutes=5)


@job(queue="mail", attempts=8, backoff=30, external=True)
def deliver(pk: int) -> None:
    """One try at a message; the next one, if any, is a job of its own."""
    if settings.CANTIERE_SMTP_URL:
        delivery.deliver(pk, Server.parse(settings.CANTIERE_SMTP_URL))


def offer(mail: Mail, sweep: str = "") -> None:
    """Put the next try in the queue; without a mail server the message only waits, readable."""
    if settings.CANTIERE_SMTP_URL:
        key = f"mail:{mail.pk}:{mail.tries}:{mail.doubts}{sweep}"
        enqueue_once(deliver.using(priority=mail.priority), key, mail.pk, run_after=mail.next_try_at)


@every(minutes=5)
def sweep() -> None:
    """Offer again what has no job: made before there was a mail server, or its job died."""
    if not settings.CANTIERE_SMTP_URL:
        return
    now = timezone.now()
    waiting = Job.objects.filter(queue="mail", status__in=[Job.Status.READY, Job.Status.RUNNING])
    keys = waiting.filter(dedupe_key__startswith="mail:").values_list("dedupe_key", flat=True)
    busy = {int(str(key).split(":")[1]) for key in keys}
    still = [Mail.Status.QUEUED, Mail.Status.SENDING, Mail.Status.DOUBT]
    for mail in Mail.objects.filter(status__in=still, created_at__lt=now - LEFT_ALONE):
        if mail.pk in busy or mail.is_closed:
            continue
        if now - mail.created_at > delivery.PATIENCE + timedelta(days=1):
            delivery.give_up(mail, "Too old to be sent.")
        else:
            offer(mail, sweep=f":{now:%Y%m%d%H%M%S}")


@every(days=1)
def forget_texts() -> None:
    """Empty what was sent more than 30 days ago; that something was sent stays known."""
    old = Mail.objects.filter(status=Mail.Status.SENT, sent_at__lt=timezone.now() - TEXT_KEPT).exclude(
        text=""
    )
    MailAttachment.objects.filter(mail__in=old).delete()
    old.update(text="", html="", subject="", headers={})
