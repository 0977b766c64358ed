"""Messages to be sent, being sent, and sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One message to one address. ``once`` names the event and its recipient: a second one is not made.

    *In doubt* is written just before the last byte goes out and stays when no answer came: the server may
    or may not have taken the message. It is offered once more, with the same ``message_id``.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DOUBT = "in doubt", _("in doubt")
        FAILED = "failed", _("failed")

    once = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender = models.CharField(max_length=320)
    to = models.EmailField(max_length=320)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    priority = models.SmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=32, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "created_at"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    @property
    def is_closed(self) -> bool:
        """Sent, failed, or left to the operators because nobody can tell."""
        ended = self.status in {self.Status.SENT, self.Status.FAILED}
        return ended or (self.status == self.Status.DOUBT and self.next_try_at is None and not self.token)


class MailAttachment(models.Model):
    """A file that travels with a message."""

    mail = models.ForeignKey(Mail, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
