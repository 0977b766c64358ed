"""Methods and digital tools, and which processes used them."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.models.record import Record
from cantiere.activities.observatory.models.vocabularies import Used
from cantiere.foundation.core.richtext import MarkdownField


class Tool(models.Model):
    """A method or a digital tool that others can take up."""

    address: ClassVar[str] = "slug"

    class Kind(models.TextChoices):
        METHOD = "method", pgettext_lazy("toolbox", "Method")
        DIGITAL = "digital", pgettext_lazy("toolbox", "Digital tool")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    # Other names it goes by, one a line: sheets write them in many ways.
    other_names = models.TextField(_("other names"), max_length=400, blank=True)
    good_for = models.CharField(_("what it is good for"), max_length=240, blank=True)
    description = MarkdownField(_("how it works"), blank=True)
    group_min = models.PositiveSmallIntegerField(
        _("people, from"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    group_max = models.PositiveSmallIntegerField(_("people, to"), null=True, blank=True)
    duration = models.CharField(_("how long it takes"), max_length=80, blank=True)
    needs = models.CharField(_("what is needed"), max_length=240, blank=True)
    caution = models.CharField(_("what to look out for"), max_length=400, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    replaces = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="replaced_by",
        blank=True,
        verbose_name=_("what it can replace"),
    )
    records = models.ManyToManyField(
        Record, through="ToolUse", through_fields=("tool", "record"), related_name="tools"
    )
    published_at = models.DateTimeField(null=True, editable=False)
    # All its names and what it is good for, without accents.
    folded = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("tool")
        constraints = [
            models.CheckConstraint(
                condition=Q(group_min=None) | Q(group_max=None) | Q(group_max__gte=F("group_min")),
                name="tool_groups_from_small_to_large",
                violation_error_message=_("The larger group is smaller than the smaller one."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("observatory:tool", args=[self.slug])


class ToolUse(models.Model):
    """A process used a tool."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="uses")
    tool = models.ForeignKey(Tool, models.PROTECT, related_name="uses")
    since = models.CharField(max_length=10, choices=Used.choices, default=Used.PLANNED)
    instead_of = models.ForeignKey(Tool, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("since", "tool__name")
        constraints = [models.UniqueConstraint(fields=["record", "tool"], name="one_use_a_tool")]
        # All that statistics ask of uses, in the order in which they count them.
        indexes = [
            models.Index(fields=["tool", "since", "instead_of", "record"], name="observatory_tooluse_counted")
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.tool_id}"
