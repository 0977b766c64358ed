"""A message from the outbox to the server: each step stored before the next is taken.

queued → sending → (all but the last byte is out) in doubt → sent, or back to queued, or failed.

A crash while *sending* is harmless: the last byte was not out. A crash or silence *in doubt* may mean that
the server has the message: it is offered once more after a pause with the same Message-ID, by which
servers and programs recognise a repeat; after a second doubt it is left to the operators. Losing a
sign-in code or a convocation is worse than the rare visible repeat.
"""

import hashlib
import logging
import random
import secrets
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cantiere.foundation.core.models import Mail
from cantiere.foundation.core.outbox.smtp import (
    DoubtError,
    PermanentError,
    Server,
    TemporaryError,
    hand_over,
)

log = logging.getLogger(__name__)

PATIENCE = timedelta(days=2)
DOUBT_PAUSE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=2)

_POLICY = policy.SMTP.clone(cte_type="7bit")


class NotMineError(Exception):
    """Somebody else took the message over; nothing more may be sent."""


def compose(mail: Mail) -> bytes:
    """The message as it goes out; the same bytes at every try."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = mail.sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(timezone.localtime(mail.created_at))
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments.order_by("pk"):
        kind, _, subkind = attachment.content_type.partition("/")
        message.add_attachment(
            bytes(attachment.content),
            maintype=kind or "application",
            subtype=subkind or "octet-stream",
            filename=attachment.name,
        )
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"={hashlib.sha256(mail.message_id.encode()).hexdigest()[:32]}-{number}")
    return message.as_bytes()


def deliver(pk: int, server: Server) -> None:
    """One try at a message, if it is time and nobody else is past us; stores how it ended."""
    mail = _take(pk)
    if mail is None:
        return
    doubts = mail.doubts
    try:
        answer = hand_over(
            server,
            parseaddr(mail.sender)[1],
            mail.to,
            compose(mail),
            lambda: _past_the_point(mail),
            name=urlsplit(settings.URL).hostname or "localhost",
        )
    except NotMineError:
        return
    except TemporaryError as error:
        mail.doubts = doubts
        _later(mail, str(error))
    except DoubtError as error:
        _in_doubt(mail, str(error))
    except (PermanentError, ValueError, UnicodeError) as error:
        mail.doubts = doubts
        give_up(mail, str(error))
    else:
        # Whoever may hold the message by now: the server has said that it is there.
        Mail.objects.filter(pk=pk).update(
            status=Mail.Status.SENT,
            answer=answer[:500],
            sent_at=timezone.now(),
            next_try_at=None,
            token="",
            doubts=doubts,
        )


def _take(pk: int) -> Mail | None:
    """Move a message to *sending*; ``None`` when it is not its time or it has reached its end."""
    mail = Mail.objects.filter(pk=pk).first()
    now = timezone.now()
    if mail is None or (mail.next_try_at is not None and mail.next_try_at > now):
        return None
    if mail.status == Mail.Status.DOUBT and mail.token:
        _in_doubt(mail, "The process ended between the last byte and the answer.")
        return None
    if mail.is_closed:
        return None
    # One found in *sending* was left by a process that crashed or was too slow: with another token on the
    # row it can no longer pass the point after which a message counts.
    token = secrets.token_hex(16)
    changed = {"status": Mail.Status.SENDING, "token": token, "tries": mail.tries + 1, "next_try_at": None}
    if not Mail.objects.filter(pk=pk, status=mail.status, token=mail.token).update(**changed):
        return None
    mail.status, mail.token, mail.tries = Mail.Status.SENDING, token, mail.tries + 1
    return mail


def _past_the_point(mail: Mail) -> None:
    """Before the last byte: from here on the outcome is unknown until the server answers."""
    _move(mail, status=Mail.Status.DOUBT, doubts=mail.doubts + 1)
    mail.doubts += 1


def _move(mail: Mail, **changed: object) -> None:
    if not Mail.objects.filter(pk=mail.pk, token=mail.token).update(**changed):
        raise NotMineError


def _later(mail: Mail, answer: str) -> None:
    """Not taken: again after a pause that grows, for two days in all."""
    now = timezone.now()
    if now - mail.created_at > PATIENCE:
        give_up(mail, answer)
        return
    pause = min(FIRST_PAUSE * 2 ** min(mail.tries - 1, 12), LONGEST_PAUSE)
    _again(mail, now + pause * random.uniform(0.8, 1.2), Mail.Status.QUEUED, answer)  # noqa: S311


def _in_doubt(mail: Mail, answer: str) -> None:
    """Perhaps taken: once more after a pause, then left to the operators."""
    if mail.doubts > 1:
        _end(mail, Mail.Status.DOUBT, answer)
    else:
        _again(mail, timezone.now() + DOUBT_PAUSE, Mail.Status.DOUBT, answer)


def _again(mail: Mail, moment: datetime, status: Mail.Status, answer: str) -> None:
    from cantiere.foundation.core.outbox.tasks import offer

    log.warning("Mail %s will be tried again: %s", mail.pk, answer)
    with transaction.atomic():
        _store(mail, status, answer, moment)
        mail.next_try_at = moment
        offer(mail)


def give_up(mail: Mail, answer: str) -> None:
    """Leave a message in sight of the operators: failed, or in doubt if it may have been taken before."""
    _end(mail, Mail.Status.DOUBT if mail.doubts else Mail.Status.FAILED, answer)


def _end(mail: Mail, status: Mail.Status, answer: str) -> None:
    log.error("Mail %s: %s: %s", mail.pk, status.value, answer)
    _store(mail, status, answer, None)


def _store(mail: Mail, status: Mail.Status, answer: str, moment: datetime | None) -> None:
    _move(mail, status=status, answer=answer[:500], next_try_at=moment, token="", doubts=mail.doubts)
