"""Whom the installation has forgotten."""

import uuid

from django.db import models


class Erasure(models.Model):
    """One erasure, kept without the person: enough to repeat it on an older backup.

    ``person`` is the number the account had; ``address`` a salted scrypt digest of its e-mail.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    person = models.BigIntegerField()
    address = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.person}"
