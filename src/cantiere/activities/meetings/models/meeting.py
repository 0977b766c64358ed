"""A meeting: how it is held, what is on the agenda, what the minutes say."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.activities.meetings import event_types
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes.models import Activity, Appointment

https = URLValidator(schemes=["https"], message=_("Write the whole address, beginning with https://."))


class Meeting(models.Model):
    """What only a meeting knows; its days are the appointments of its activity."""

    address: ClassVar[str] = "activity__slug"
    address_related: ClassVar[tuple[str, ...]] = (
        "activity__programme",
        "activity__phase",
        "activity__place__parent",
    )
    Mode = Appointment.Mode

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="+")
    mode = models.CharField(
        _("how it is held"),
        max_length=10,
        choices=Appointment.Mode.choices,
        default=Appointment.Mode.IN_PERSON,
    )
    video_link = models.CharField(
        _("link of the video call"),
        max_length=500,
        blank=True,
        validators=[https],
        help_text=_("From any service. Only the team and those with a confirmed seat see it."),
    )
    video_is_public = models.BooleanField(
        _("everyone may see the link"),
        default=False,
        help_text=_("For meetings that anyone may follow online."),
    )
    event_type = models.CharField(_("type of meeting"), max_length=8, blank=True)
    takes_enrolments = models.BooleanField(
        _("people sign up"), default=True, help_text=_("Otherwise the page says that anyone may just come.")
    )
    agenda = MarkdownField(_("agenda"), blank=True, help_text=_("What happens, in order. A list reads best."))
    directions = MarkdownField(
        _("how to get there"),
        blank=True,
        help_text=_("Buses, parking, steps, lift, toilets: what somebody needs to know before coming."),
    )
    languages = models.CharField(
        _("languages and interpreting"),
        max_length=160,
        blank=True,
        help_text=_("For example: in Italian, with Italian sign language."),
    )
    moved_on = models.DateField(null=True, editable=False)
    moved_from = models.DateTimeField(null=True, editable=False)
    moved_why = models.CharField(max_length=240, blank=True, editable=False)
    in_person_count = models.PositiveIntegerField(
        _("people counted in the room"),
        null=True,
        blank=True,
        help_text=_("If you took attendance on paper: everyone in the room, team excluded."),
    )
    points = models.TextField(
        _("what came out"),
        max_length=2000,
        blank=True,
        help_text=_("One point a line: what was decided, learnt or left open."),
    )
    short = models.CharField(
        _("in two sentences"),
        max_length=400,
        blank=True,
        help_text=_(
            "For everyone: what was decided or learnt, and what happens next. Also shown on the home page."
        ),
    )
    minutes = MarkdownField(
        _("minutes"),
        blank=True,
        help_text=_("Name people only if they spoke for a body and agree to be named."),
    )
    minutes_on = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(video_link="") | Q(video_link__startswith="https://"), name="video_link_is_https"
            )
        ]

    def __str__(self) -> str:
        return self.activity.title

    @property
    def type_name(self) -> str:
        """The type of event in words; empty when none was chosen."""
        return event_types.name(self.event_type)

    @property
    def is_in_person(self) -> bool:
        """Whether there is a room to go to."""
        return self.mode != self.Mode.ONLINE

    @property
    def is_online(self) -> bool:
        """Whether one can follow from afar."""
        return self.mode != self.Mode.IN_PERSON

    @property
    def point_list(self) -> list[str]:
        """What came out, a point each."""
        return [line.strip(" \t-*•") for line in self.points.splitlines() if line.strip(" \t-*•")]
