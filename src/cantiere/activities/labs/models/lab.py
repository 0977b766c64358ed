"""A laboratory: how it is held, who may join, how long what is live is kept."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core import richtext
from cantiere.foundation.live.models import LiveRoom
from cantiere.programmes.models import Held, WithMinutes

# Read aloud or typed from the last row: no sign that looks like another one.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6


def new_code() -> str:
    """A code to join; 30 bits, and joining is limited by address."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))


def digest_of(minutes: str) -> str:
    """By which one sees whether somebody wrote in minutes."""
    return hashlib.sha256(richtext.clean(minutes).encode()).hexdigest()


class Lab(WithMinutes):
    """What only a laboratory knows; its days are the appointments of its activity."""

    address_related: ClassVar[tuple[str, ...]] = (*Held.address_related, "room")

    class Joins(models.TextChoices):
        CODE = "code", _("whoever has the code")
        ENROLLED = "enrolled", _("only those with a confirmed seat")

    code = models.CharField(
        _("code to join"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False
    )
    joins = models.CharField(_("who may join"), max_length=8, choices=Joins.choices, default=Joins.CODE)
    asks_name = models.BooleanField(
        _("ask for a name"), default=True, help_text=_("Nobody has to give one; a nickname will do.")
    )
    asks_place = models.BooleanField(
        _("ask for the municipality"),
        default=False,
        help_text=_("Needed to spread municipalities over the groups."),
    )
    asks_actor = models.BooleanField(
        _("ask on whose behalf people speak"),
        default=False,
        help_text=_("Citizen, association, firm, public body: needed to mix the groups."),
    )
    ask_reason = models.CharField(
        _("why you ask"), max_length=240, blank=True, help_text=_("Everybody reads it beside the questions.")
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days after the end until what was live is deleted"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Names, single answers and boards. What was gathered, the numbers and the minutes stay."),
    )
    room = models.OneToOneField(LiveRoom, models.SET_NULL, null=True, editable=False, related_name="+")
    started_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    erased_on = models.DateField(null=True, editable=False)
    # How many took part, counted when it ended; what was live is deleted later.
    numbers = models.JSONField(default=dict, editable=False)
    # Of the minutes as they were composed: while they still are so, they may be composed anew.
    draft_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("laboratory")
        constraints = [
            models.CheckConstraint(
                condition=Q(video_link="") | Q(video_link__startswith="https://"), name="lab_link_is_https"
            )
        ]

    @property
    def is_running(self) -> bool:
        """Whether it was begun and not yet ended."""
        return self.started_on is not None and self.ended_on is None

    @property
    def erases_on(self) -> date | None:
        """The day on which what was live is deleted; unknown until it ended."""
        return self.ended_on + timedelta(days=self.keep_days) if self.ended_on is not None else None

    @property
    def minutes_as_composed(self) -> bool:
        """Whether the minutes are those that composed themselves: nobody wrote in them."""
        return bool(self.minutes) and digest_of(self.minutes) == self.draft_digest

    @property
    def spelt_code(self) -> str:
        """The code in two halves, as one reads it aloud."""
        return f"{self.code[:3]} {self.code[3:]}"
