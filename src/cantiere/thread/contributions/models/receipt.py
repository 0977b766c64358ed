"""What somebody keeps to find their words again."""

from django.db import models
from django.utils import timezone

from cantiere.thread.contributions.models.numbers import new_number


class Receipt(models.Model):
    """One visit: a code on paper or in a pocket, here only its digest. Never an address, never a person."""

    id = models.BigAutoField(primary_key=True, default=new_number, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    opened_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return f"{self.pk}"
