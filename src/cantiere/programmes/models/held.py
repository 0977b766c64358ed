"""What every kind that is held on a day, in a room or online, says of it."""

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.core.richtext import MarkdownField
from cantiere.programmes import event_types
from cantiere.programmes.models.activity import Activity, Appointment

https = URLValidator(schemes=["https"], message=_("Write the whole address, beginning with https://."))


class Held(models.Model):
    """Columns of a kind that is held; its days are the appointments of its activity."""

    Mode = Appointment.Mode
    address: ClassVar[str] = "activity__slug"
    address_related: ClassVar[tuple[str, ...]] = (
        "activity__programme",
        "activity__phase",
        "activity__place__parent",
    )

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
    event_type = models.CharField(_("type of meeting"), max_length=8, blank=True)
    takes_enrolments = models.BooleanField(
        _("people sign up"), default=True, help_text=_("Otherwise the page says that anyone may just come.")
    )
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

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.activity.title

    @property
    def is_in_person(self) -> bool:
        """Whether there is a room to go to."""
        return self.mode != self.Mode.ONLINE

    @property
    def is_online(self) -> bool:
        """Whether one can follow from afar."""
        return self.mode != self.Mode.IN_PERSON

    @property
    def type_name(self) -> str:
        """The type of event in words; empty when none was chosen."""
        return event_types.name(self.event_type)
