"""The one copy of what somebody said in their own words."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity
from cantiere.thread.contributions.models.numbers import new_number
from cantiere.thread.contributions.models.receipt import Receipt

LONGEST = 4000


class ActorKind(models.TextChoices):
    """On whose behalf somebody speaks."""

    CITIZEN = "citizen", pgettext_lazy("who speaks", "Citizen")
    ASSOCIATION = "association", pgettext_lazy("who speaks", "Association")
    FIRM = "firm", pgettext_lazy("who speaks", "Firm")
    PUBLIC_BODY = "public_body", pgettext_lazy("who speaks", "Public body")
    SCHOOL = "school", pgettext_lazy("who speaks", "School or research")
    OTHER = "other", pgettext_lazy("who speaks", "Other")
    UNSTATED = "unstated", pgettext_lazy("who speaks", "Not stated")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Reads of contributions."""

    def public(self) -> "ContributionQuerySet":
        """Those anyone may read."""
        return self.said().filter(
            published=True,
            activity__published_at__isnull=False,
            activity__programme__published_at__isnull=False,
        )

    def said(self) -> "ContributionQuerySet":
        """Those that still say something: not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Contribution(models.Model):
    """A sentence, an idea, a note: the activity's own row may point here, the text is nowhere else.

    ``key`` is how the kind that took it calls it, so that writing twice is writing once. The day is known,
    the minute never; the number is random.
    """

    address_related: ClassVar[tuple[str, ...]] = ("activity__programme", "place__parent")

    id = models.BigAutoField(primary_key=True, default=new_number, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80, editable=False)
    text = models.TextField(_("what was said"), max_length=LONGEST)
    day = models.DateField(_("day"), default=timezone.localdate)
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    actor = models.CharField(
        _("who speaks"), max_length=12, choices=ActorKind.choices, default=ActorKind.UNSTATED
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    named = models.BooleanField(default=False)  # the name stands beside the words
    origin = models.CharField(_("where in the meeting"), max_length=160, blank=True)
    in_room = models.BooleanField(default=False)  # written down by somebody else who heard it
    published = models.BooleanField(default=True)
    held_why = models.CharField(max_length=240, blank=True)
    receipt = models.ForeignKey(Receipt, models.SET_NULL, null=True, related_name="contributions")
    withdrawn_on = models.DateField(null=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "pk"]
        verbose_name = _("contribution")
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], name="contribution_written_once"),
            models.CheckConstraint(
                condition=Q(Q(withdrawn_on__isnull=True), ~Q(text=""))
                | Q(withdrawn_on__isnull=False, text=""),
                name="contribution_withdrawn_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["activity", "published", "day"])]

    def __str__(self) -> str:
        return self.short

    def get_absolute_url(self) -> str:
        return reverse("contributions:contribution", args=[self.pk])

    @property
    def short(self) -> str:
        """Its first words."""
        words = " ".join(self.text.split())
        return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + "…"

    @property
    def is_withdrawn(self) -> bool:
        """Whether who said it took it back."""
        return self.withdrawn_on is not None

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it."""
        return self.published and not self.is_withdrawn and self.activity.is_public


class Wording(models.Model):
    """What a contribution said before it was corrected. Rows are added, never changed."""

    class Hand(models.TextChoices):
        AUTHOR = "author", _("who said it")
        TEAM = "team", _("the team")

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="wordings")
    text = models.TextField()
    hand = models.CharField(max_length=6, choices=Hand.choices)
    reason = models.CharField(max_length=240, blank=True)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.get_hand_display()}"

    def save(self, *args: Any, **options: Any) -> None:
        """Only new rows."""
        if not self._state.adding:
            raise TypeError("Earlier wordings are not rewritten.")
        super().save(*args, **options)
