"""What remains of a laboratory once everything live is deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.models.lab import Lab
from cantiere.activities.labs.models.script import Block
from cantiere.engine.lab.gathering import Sort
from cantiere.thread.contributions.models import Contribution
from cantiere.thread.contributions.models.numbers import new_number


class BlockResult(models.Model):
    """The numbers of a block, as its results stood at the end; never a text that somebody wrote."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="results")
    key = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Block.Kind.choices)
    asks = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=120)
    prompt = models.CharField(max_length=240, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("result of a block")
        constraints = [models.UniqueConstraint(fields=["lab", "key"], name="lab_result_kept_once")]

    def __str__(self) -> str:
        return self.title


class Harvested(models.Model):
    """Where in the laboratory a contribution was said; its text stands in the contribution alone.

    ``under`` is what it belongs to: the idea it was merged into, its cluster, the note it comments. ``ref``
    is what the log or the board called it, kept as long as they are, so that nothing is gathered twice.
    """

    class Sort(models.TextChoices):
        IDEA = Sort.IDEA.value, _("idea")
        WORDS = Sort.WORDS.value, _("words")
        NOTE = Sort.NOTE.value, _("note")
        CLUSTER = Sort.CLUSTER.value, _("title of notes that belong together")
        COMMENT = Sort.COMMENT.value, _("comment on a note")

    id = models.BigAutoField(primary_key=True, default=new_number, editable=False)
    lab = models.ForeignKey(Lab, models.CASCADE, related_name="harvested")
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="+")
    ref = models.CharField(max_length=80, blank=True)
    sort = models.CharField(max_length=8, choices=Sort.choices)
    block = models.CharField(max_length=8)
    group = models.CharField(max_length=8, blank=True)
    area = models.CharField(max_length=120, blank=True)
    under = models.ForeignKey("self", models.SET_NULL, null=True, related_name="gathered")
    people = models.PositiveIntegerField(default=1)  # how many said it
    dots = models.PositiveIntegerField(default=0)  # what others gave for it
    half_hour = models.CharField(max_length=5, blank=True)  # time of day, rounded: «18:30»

    class Meta:
        ordering = ["pk"]
        verbose_name = _("harvested contribution")
        constraints = [
            models.UniqueConstraint(fields=["lab", "ref"], condition=~Q(ref=""), name="lab_harvested_once")
        ]

    def __str__(self) -> str:
        return f"{self.lab_id} · {self.block}"


class Verdict(models.Model):
    """What the team decided of something said, before it is written down: not for everyone, or said twice."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="verdicts")
    ref = models.CharField(max_length=80)
    held_why = models.CharField(max_length=240, blank=True)
    under = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lab", "ref"], name="lab_judged_once")]

    def __str__(self) -> str:
        return f"{self.lab_id} · {self.ref}"
