"""Enrolling in an activity: shared by every kind that counts seats."""

from datetime import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts.models import Person
from cantiere.programmes.models.activity import Activity


class EnrolmentRules(models.Model):
    """How people enrol in one activity; its row is the lock under which seats are given."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="enrolment_rules"
    )
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Leave empty if there is room for everyone.")
    )
    needs_approval = models.BooleanField(
        _("the team approves each request"),
        default=False,
        help_text=_("Otherwise a free seat is given at once."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered seat"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text=_("When a seat frees up, the first in the waiting list has this long to take it."),
    )
    door_code = models.CharField(_("code at the door"), max_length=6, blank=True, editable=False)

    def __str__(self) -> str:
        return f"{self.activity}: {self.capacity}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Reads of enrolments."""

    def holding_a_seat(self) -> "EnrolmentQuerySet":
        """Confirmed, or offered and not yet lapsed."""
        return self.filter(state__in=Enrolment.HOLDING)

    def current(self) -> "EnrolmentQuerySet":
        """Those that are not over."""
        return self.exclude(state__in=Enrolment.OVER)


class Enrolment(models.Model):
    """One person in one activity, from asking to attending."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("waiting for approval")
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("in the waiting list")
        OFFERED = "offered", _("a seat is offered")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DECLINED = "declined", _("not accepted")
        LAPSED = "lapsed", _("offer lapsed")

    HOLDING: ClassVar[tuple[str, ...]] = (State.CONFIRMED, State.OFFERED)
    OVER: ClassVar[tuple[str, ...]] = (State.WITHDRAWN, State.DECLINED, State.LAPSED)
    address_related: ClassVar[tuple[str, ...]] = ("activity__programme", "person")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    queued_at = models.DateTimeField()
    offered_until = models.DateTimeField(null=True)
    online = models.BooleanField(_("I will connect online"), default=False)
    note = models.CharField(
        _("anything we should know"),
        max_length=240,
        blank=True,
        help_text=_("For example: I use a wheelchair, I need the subtitles. Only the team reads it."),
    )
    reason = models.CharField(max_length=240, blank=True, editable=False)
    attended_on = models.DateField(null=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["queued_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="one_enrolment_each")]
        indexes = [
            models.Index(fields=["offered_until"], condition=Q(state="offered"), name="enrolment_offers")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_state_display()}"

    def is_offered_at(self, now: datetime) -> bool:
        """Whether a seat is kept for this person at ``now``."""
        return (
            self.state == self.State.OFFERED and self.offered_until is not None and now < self.offered_until
        )
