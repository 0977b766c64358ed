"""What others send in: that somebody should be on the map, and letters to those who are."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.models.innovator import Innovator


class Nomination(models.Model):
    """Somebody said that an innovator should be on the map; who said it is forgotten once it is decided."""

    address: ClassVar[str] = "digest"
    address_related: ClassVar[tuple[str, ...]] = (
        "innovator__map__activity__programme",
        "innovator__place__parent",
    )

    innovator = models.ForeignKey(Innovator, models.CASCADE, related_name="nominations")
    own = models.BooleanField(_("nominated themselves"), default=False)
    by_name = models.CharField(_("your name"), max_length=120, blank=True)
    by_email = models.EmailField(_("your e-mail"), blank=True)
    may_name = models.BooleanField(
        _("you may tell them that it was me"),
        default=False,
        help_text=_("Otherwise we only say that somebody nominated them."),
    )
    why = models.CharField(
        _("how you know them, and why they should be on the map"), max_length=600, blank=True
    )
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    made_on = models.DateField(default=timezone.localdate, editable=False)
    confirmed_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["by_email"], name="nominations_of_an_address")]

    def __str__(self) -> str:
        return str(self.made_on)


class Letter(models.Model):
    """A message to an innovator, kept only until its writer confirms their address."""

    address: ClassVar[str] = "digest"
    address_related: ClassVar[tuple[str, ...]] = ("innovator__map__activity__programme",)

    innovator = models.ForeignKey(Innovator, models.CASCADE, related_name="letters")
    name = models.CharField(_("your name"), max_length=80)
    email = models.EmailField(_("your e-mail"))
    text = models.TextField(_("message"), max_length=2000)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.made_at.date())
