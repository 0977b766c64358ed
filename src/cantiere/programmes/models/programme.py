"""A programme, its goals, its phases, and what changed along the way."""

from pathlib import PurePath
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.engine.window import Days, State
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.foundation.core.uploads.fields import PictureField
from cantiere.foundation.places.models import Place


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reads of programmes."""

    def public(self) -> "ProgrammeQuerySet":
        """Those anyone may see."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, person: Person | None) -> "ProgrammeQuerySet":
        """The public ones and those whose team one belongs to; administrators see all."""
        if person is None:
            return self.public()
        if person.is_administrator:
            return self
        return self.filter(Q(published_at__isnull=False) | Q(team__person=person)).distinct()


class Programme(models.Model):
    """A participatory programme of a territory: in phases, or permanent."""

    class Form(models.TextChoices):
        IN_PHASES = "in_phases", _("In phases")
        PERMANENT = "permanent", _("Permanent")

    address: ClassVar[str] = "slug"
    address_related: ClassVar[tuple[str, ...]] = ()

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(
        _("in one sentence"),
        max_length=240,
        help_text=_("What this programme wants to achieve, and for whom."),
    )
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.IN_PHASES)
    approach = MarkdownField(_("approach"), blank=True, help_text=_("How the work is done, and why so."))
    places = models.ManyToManyField(Place, verbose_name=_("territory"), related_name="+", blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Where people can write to the team."))
    cover = PictureField(
        _("picture"), blank=True, help_text=_("JPEG, PNG or WebP. Without one we draw the territory.")
    )
    cover_alt = models.CharField(
        _("what the picture shows"), max_length=160, blank=True, help_text=_("For those who do not see it.")
    )
    is_demonstration = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, editable=False)
    paused_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("programme")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.slug])

    @property
    def cover_url(self) -> str:
        """Where its picture is: another address for another picture, so that caches may keep it; or empty."""
        if not self.cover:
            return ""
        version = PurePath(str(self.cover.name)).stem
        return f"{reverse('programmes:cover', args=[self.slug])}?v={version}"

    @property
    def topic(self) -> str:
        """What one follows to hear of this programme."""
        return f"programme:{self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.published_at is not None

    @property
    def is_in_phases(self) -> bool:
        """Whether every activity stands in a phase."""
        return self.form == self.Form.IN_PHASES

    @property
    def days(self) -> Days:
        """From the first day to the last, or to the day it was closed."""
        return Days(self.starts_on, self.closed_on or self.ends_on)


class Goal(models.Model):
    """What the programme wants; activities say which goals they serve."""

    address_related: ClassVar[tuple[str, ...]] = ("programme",)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=120)
    text = MarkdownField(_("what it means"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    """A stretch of a programme: planned days, and the days it really took."""

    address_related: ClassVar[tuple[str, ...]] = ("programme",)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="phases")
    title = models.CharField(_("phase"), max_length=80)
    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    starts_on = models.DateField(_("planned start"), null=True, blank=True)
    ends_on = models.DateField(_("planned end"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> Days:
        """The days it took, as far as they are known; else those planned."""
        return Days(self.started_on or self.starts_on, self.ended_on or self.ends_on)

    @property
    def state(self) -> State:
        """Where the phase stands today."""
        return self.days.state(timezone.localdate())


class Change(models.Model):
    """Paused, resumed, re-planned, extended: when, why, and what changed. Public."""

    class Kind(models.TextChoices):
        PAUSED = "paused", _("Paused")
        RESUMED = "resumed", _("Resumed")
        REPLANNED = "replanned", _("Re-planned")
        EXTENDED = "extended", _("Extended")
        CLOSED = "closed", _("Closed")
        CORRECTED = "corrected", _("Corrected")

    address_related: ClassVar[tuple[str, ...]] = ("programme",)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="changes")
    phase = models.ForeignKey(
        Phase, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("phase")
    )
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("since when"))
    reason = models.TextField(_("why"), max_length=1000)
    what = MarkdownField(_("what changes"), blank=True)
    days = models.PositiveSmallIntegerField(_("days added"), null=True, blank=True)
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="corrections"
    )

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.on})"
