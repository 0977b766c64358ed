"""What became of a contribution, step by step."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.thread.contributions.models.contribution import Contribution


class Step(models.Model):
    """A day, words, where to read more; written once for each event, whoever reports it again."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received by the body")
        READ = "read", pgettext_lazy("what became of it", "Read")
        GROUPED = "grouped", _("Grouped with others")
        PROPOSED = "proposed", _("Taken into a proposal")
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Accepted in part")
        REFUSED = "refused", _("Not accepted")
        COMMITTED = "committed", _("Somebody committed to it")
        RESULT = "result", _("Result")

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("day"), default=timezone.localdate)
    words = models.CharField(_("in words"), max_length=600, blank=True)
    link = models.CharField(_("where to read more"), max_length=500, blank=True)
    reference = models.CharField(max_length=80)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "kind", "reference"], name="step_written_once")
        ]
        indexes = [models.Index(fields=["kind", "reference"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.on})"


ANSWERS = (Step.Kind.ACCEPTED, Step.Kind.PARTLY, Step.Kind.REFUSED)
