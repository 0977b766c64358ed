"""What visitors say of the pages."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core.richtext import MarkdownField


class Clarity(models.Model):
    """One answer to «How clear is the information on this page?»; no name, no address, the day only."""

    page = models.CharField(max_length=300, db_index=True)
    rate = models.PositiveSmallIntegerField()
    comment = models.CharField(_("what was missing or hard to understand"), max_length=600, blank=True)
    day = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.page}: {self.rate}"


class Report(models.Model):
    """A page that could not be used: the body answers within 30 days (L. 4/2004, art. 3-quater)."""

    DAYS: ClassVar[int] = 30

    page = models.CharField(_("page"), max_length=300, blank=True)
    text = models.TextField(_("what does not work"), max_length=2000)
    email = models.EmailField(_("your e-mail, for the answer"))
    received_on = models.DateField()
    due_on = models.DateField()
    answer = MarkdownField(_("answer"), blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["answered_on", "due_on"]

    def __str__(self) -> str:
        return f"{self.page} ({self.due_on})"

    def days_left(self, today: date) -> int:
        """Days until the answer is due; negative when it is late."""
        return (self.due_on - today).days
