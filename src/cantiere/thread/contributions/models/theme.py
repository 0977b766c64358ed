"""Themes of a programme, and which contributions belong to them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.programmes.models import Programme
from cantiere.thread.contributions.models.contribution import Contribution


class Theme(models.Model):
    """What many speak of; one level below another at most."""

    address_related: ClassVar[tuple[str, ...]] = ("programme", "parent")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="themes")
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(
        _("in one sentence"), max_length=240, blank=True, help_text=_("What belongs here and what does not.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    contributions = models.ManyToManyField(Contribution, through="Coding", related_name="themes")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = pgettext_lazy("of what was said", "theme")
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="one_theme_a_name")]

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """A contribution belongs to a theme, says somebody of the team."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="codings")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["theme__order", "theme_id"]
        constraints = [models.UniqueConstraint(fields=["contribution", "theme"], name="coded_once")]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.theme_id}"
