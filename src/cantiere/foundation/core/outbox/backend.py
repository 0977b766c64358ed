"""Django's way to send mail, ending in the outbox."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from cantiere.foundation.core import outbox


class OutboxBackend(BaseEmailBackend):
    """Puts every message in the outbox, once for each recipient, so that nobody sees the others.

    These are messages somebody waits for (sign-in codes, confirmations): they go first.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages in the caller's transaction; gives how many."""
        with transaction.atomic():
            for message in email_messages:
                self._queue(message)
        return len(email_messages)

    def _queue(self, message: EmailMessage) -> None:
        event = str(message.extra_headers.pop("X-Once", "")) or uuid.uuid4().hex
        html = ""
        if isinstance(message, EmailMultiAlternatives):
            html = next((str(body) for body, kind in message.alternatives if kind == "text/html"), "")
        headers = {
            name: str(value)
            for name, value in message.extra_headers.items()
            if name.lower() not in outbox.OWN_HEADERS
        }
        if message.reply_to:
            headers["Reply-To"] = ", ".join(message.reply_to)
        for to in message.recipients():
            digest = hashlib.sha256(to.lower().encode()).hexdigest()[:16]
            outbox.send(
                to=to,
                subject=str(message.subject),
                text=str(message.body),
                once=f"{event}:{digest}",
                html=html,
                headers=headers,
                attachments=[_attachment(item) for item in message.attachments],
                sender=message.from_email or "",
                priority=10,
            )


def _attachment(item: Any) -> outbox.Attachment:
    name, content, kind = item
    body = content if isinstance(content, bytes) else str(content).encode()
    return outbox.Attachment(name or "file", body, kind or "application/octet-stream")
