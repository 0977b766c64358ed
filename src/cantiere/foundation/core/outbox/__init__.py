"""Outgoing mail: a row in the transaction of what happened, delivered by a job, never lost, never doubled.

``outbox.send(to=…, subject=…, text=…, once="meeting-12-moved:34")`` inside an action. ``once`` names the
event and its recipient; a second message of the same name is not made.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction

from cantiere.foundation.core.models import Mail, MailAttachment

__all__ = ["Attachment", "send"]

# Set by the machinery of mail, never by callers.
OWN_HEADERS = frozenset(
    {"from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "content-type"}
    | {"content-transfer-encoding", "auto-submitted", "sender", "return-path"}
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send along."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


def send(
    *,
    to: str,
    subject: str,
    text: str,
    once: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    person_id: int | None = None,
    sender: str = "",
    priority: int = 0,
) -> None:
    """Queue a message in the caller's transaction.

    ``ValueError`` on a line break where a header would go or a header of the machinery's own,
    ``ValidationError`` on an address that is none. ``priority`` 10 is for sign-in codes.
    """
    from cantiere.foundation.core.outbox.tasks import offer

    sender = sender or settings.DEFAULT_FROM_EMAIL
    validate_email(to)
    extra = _headers(headers or {})
    for line in (to, subject, sender, once, *(attachment.name for attachment in attachments)):
        _one_line(line)
    message = {
        "to": to,
        "sender": sender,
        "subject": subject,
        "text": text,
        "html": html or "",
        "headers": extra,
        "message_id": f"<{uuid.uuid4()}@{urlsplit(settings.URL).hostname or 'localhost'}>",
        "person_id": person_id,
        "priority": priority,
    }
    with transaction.atomic():
        mail, new = Mail.objects.get_or_create(once=once, defaults=message)
        if new:
            _attach(mail, attachments)
            offer(mail)


def _attach(mail: Mail, attachments: Sequence[Attachment]) -> None:
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, name=each.name, content_type=each.content_type, content=each.content)
        for each in attachments
    )


def _one_line(value: str) -> None:
    if len(value.splitlines()) > 1 or value.endswith(("\n", "\r")) or "\0" in value:
        raise ValueError("A header of a message cannot hold a line break.")


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    extra = dict(given)
    for name, value in extra.items():
        _one_line(name)
        _one_line(value)
        if name.lower() in OWN_HEADERS or not name.replace("-", "").isalnum() or not name.isascii():
            raise ValueError(f"The header {name} is not for callers.")
    link = extra.get("List-Unsubscribe", "")
    if "<https://" in link or "<http://" in link:
        extra.setdefault("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")  # RFC 8058
    return extra
