"""A map of innovators: whom it looks for, and what is remembered of those who are no longer on it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.sectors import SECTORS
from cantiere.foundation.accounts.addresses import normal
from cantiere.foundation.core.codes import CodesField
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes.models import Activity


class InnovatorMap(models.Model):
    """What only a map knows; the call is open while its activity is, the map stays."""

    address: ClassVar[str] = "activity__slug"
    address_related: ClassVar[tuple[str, ...]] = (
        "activity__programme",
        "activity__phase",
        "activity__place__parent",
    )

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="+")
    intro = MarkdownField(
        _("whom you look for"),
        blank=True,
        help_text=_("Say what an innovator is here, what being on the map gives, and who reads the entries."),
    )
    sectors = CodesField(
        _("sectors to choose from"),
        choices=SECTORS,
        help_text=_("Tick none to offer all of them."),
    )
    takes_others = models.BooleanField(
        _("people may nominate others"),
        default=True,
        help_text=_("Those nominated get one letter, and are shown only if they agree."),
    )
    thanks = models.CharField(
        _("thank-you words"),
        max_length=400,
        blank=True,
        help_text=_("Whoever nominates reads them at the end. Leave empty for ours."),
    )
    months = models.PositiveSmallIntegerField(
        _("months before we ask “Is it still right?”"),
        default=12,
        validators=[MinValueValidator(3), MaxValueValidator(36)],
        help_text=_("Who does not answer the letter and two reminders is hidden until they do."),
    )

    def __str__(self) -> str:
        return self.activity.title

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The sectors one may choose from: code and words."""
        return [(code, str(label)) for code, label in SECTORS if not self.sectors or code in self.sectors]

    @property
    def topic(self) -> str:
        """What its followers follow."""
        return f"innovator_map:{self.pk}"


class Departure(models.Model):
    """Somebody left, or never came: the day and why, nothing else, so that figures stay true."""

    class Why(models.TextChoices):
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrew")
        UNCONFIRMED = "unconfirmed", _("nomination not confirmed")
        UNANSWERED = "unanswered", _("invitation not answered")
        DECLINED = "declined", _("not published")
        FORGOTTEN = "forgotten", _("silent for a year")

    map = models.ForeignKey(InnovatorMap, models.CASCADE, related_name="departures")
    why = models.CharField(max_length=12, choices=Why.choices)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.why} {self.on}"


class Refusal(models.Model):
    """An address that no nomination may write to again: a keyed digest that nobody can read."""

    map = models.ForeignKey(InnovatorMap, models.CASCADE, related_name="refusals")
    digest = models.CharField(max_length=64)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "digest"], name="one_refusal_an_address")]

    def __str__(self) -> str:
        return str(self.on)

    @staticmethod
    def digest_of(map_id: int, email: str) -> str:
        """What is kept of an address: another on each map, telling nothing without the site's secret."""
        words = f"{map_id}:{normal(email)}"
        return salted_hmac("cantiere.innovators.refusal", words, algorithm="sha256").hexdigest()
