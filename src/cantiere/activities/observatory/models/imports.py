"""Sheets brought in from elsewhere: what was found in them, before anything is written."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.uploads import DocumentField
from cantiere.programmes.models import Activity


class RecordImport(models.Model):
    """One file on its way to becoming records; nothing is written before somebody confirms."""

    address: ClassVar[str] = "pk"
    address_related: ClassVar[tuple[str, ...]] = ("census__programme",)

    class State(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("import", "Columns to be matched")
        CHECKING = "checking", pgettext_lazy("import", "Being checked")
        CHECKED = "checked", pgettext_lazy("import", "To be confirmed")
        WRITING = "writing", pgettext_lazy("import", "Being written")
        DONE = "done", pgettext_lazy("import", "Done")
        FAILED = "failed", pgettext_lazy("import", "Not done")
        DROPPED = "dropped", pgettext_lazy("import", "Dropped")

    census = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.UPLOADED)
    file = DocumentField()
    shown = models.CharField(max_length=120)
    # Header of the sheet → name of the column of ours, "" where it is left out.
    mapping = models.JSONField(default=dict)
    headers = models.JSONField(default=list)
    told = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    failure = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.shown


class ImportRow(models.Model):
    """A row as it was read, and what is wrong with it."""

    class Verdict(models.TextChoices):
        NEW = "new", pgettext_lazy("row", "New")
        CHANGED = "changed", pgettext_lazy("row", "Changed")
        SAME = "same", pgettext_lazy("row", "The same")
        REFUSED = "refused", pgettext_lazy("row", "With problems")

    of = models.ForeignKey(RecordImport, models.CASCADE, related_name="read")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    # [[column, what is wrong], …]
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="one_row_a_number")]

    def __str__(self) -> str:
        return f"{self.of_id}, {self.number}"


class ColumnMapping(models.Model):
    """What a header meant last time, so that it is proposed the next."""

    header = models.CharField(max_length=200, unique=True)
    column = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"
