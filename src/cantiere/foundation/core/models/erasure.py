"""Whom the installation has forgotten."""

import uuid

from django.db import models


class Erasure(models.Model):
    """One erasure, kept without the person: enough to repeat it on an older backup.

    Of an account ``person`` is the number it had, ``address`` a salted scrypt digest of its e-mail. Of a row
    that whoever it is about had erased without an account, ``table`` and ``row`` are its model and number.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    person = models.BigIntegerField(null=True)
    address = models.CharField(max_length=200, blank=True)
    table = models.CharField(max_length=80, blank=True)
    row = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.table or 'person'} {self.row or self.person}"
