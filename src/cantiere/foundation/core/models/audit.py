"""Who did what, never changed: rows are sealed in a chain of digests."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act. No personal data in ``data``; erasing a person empties ``by`` alone."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id"]),
            models.Index(fields=["verb", "id"], name="core_audit_last_of_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target_type} {self.target_id}"


class AuditSeal(models.Model):
    """A digest over all entries up to one, and over the seal before it."""

    at = models.DateTimeField(auto_now_add=True)
    up_to = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.up_to}: {self.digest[:12]}"
