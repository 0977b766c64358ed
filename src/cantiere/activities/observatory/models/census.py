"""A census, and what strangers suggest to complete its records."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.models.record import Record
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.linked import Linked
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes.models import Activity


class Census(models.Model):
    """What only a census knows; it is open as long as its activity is."""

    address: ClassVar[str] = "activity__slug"
    address_related: ClassVar[tuple[str, ...]] = ("activity__programme", "activity__phase", "activity__place")

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="+")
    introduction = MarkdownField(
        _("introduction"),
        blank=True,
        help_text=_("Why you ask, who may answer, what becomes of the answers."),
    )
    asks_funded = models.BooleanField(_("ask projects funded by a call"), default=True)
    asks_others = models.BooleanField(_("ask everyone else"), default=True)
    is_public = models.BooleanField(
        _("anyone may answer"), default=True, help_text=_("Otherwise only those you invite.")
    )
    call = models.CharField(_("call the funded projects belong to"), max_length=120, blank=True)
    call_year = models.PositiveSmallIntegerField(
        _("year of the call"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    remind_every_days = models.PositiveSmallIntegerField(
        _("days between reminders"),
        default=7,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
        help_text=_("To those who were invited and have not finished answering."),
    )
    most_reminders = models.PositiveSmallIntegerField(
        _("most reminders"), default=2, validators=[MaxValueValidator(5)]
    )

    class Meta:
        verbose_name_plural = "censuses"

    def __str__(self) -> str:
        return self.activity.title


class Suggestion(Linked):
    """«Do you know this process? Complete it»: what somebody proposes to change in a public record."""

    address: ClassVar[str] = "pk"
    address_related: ClassVar[tuple[str, ...]] = ("record__census__programme",)

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("suggestion", "E-mail not confirmed")
        WAITING = "waiting", pgettext_lazy("suggestion", "To be looked at")
        TAKEN = "taken", pgettext_lazy("suggestion", "Taken up")
        DECLINED = "declined", pgettext_lazy("suggestion", "Not taken up")

    record = models.ForeignKey(Record, models.CASCADE, related_name="suggestions")
    state = models.CharField(max_length=11, choices=State.choices, default=State.UNCONFIRMED)
    # Field of the record and what should stand there, as it was written.
    changes = models.JSONField(default=dict)
    note = models.TextField(_("what we should know"), max_length=2000, blank=True)
    relation = models.CharField(_("how you know the process"), max_length=200, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    language = models.CharField(max_length=5, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # The fields a curator took up, when some were and some were not.
    taken = models.JSONField(default=list)
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(changes={}) | ~Q(note=""), name="a_suggestion_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.get_state_display()}"


class SuggestionLink(Suggestion):
    """A suggestion as whoever holds its link reaches it."""

    address: ClassVar[str] = "digest"

    class Meta:
        proxy = True
