"""Who was asked to answer a census, and what they answered."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.models.record import Record
from cantiere.activities.observatory.models.vocabularies import Sheet
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.questionnaires.models import Response
from cantiere.programmes.models import Activity


class CensusEntry(models.Model):
    """One answer to a census, from the first saved page to the published record."""

    address: ClassVar[str] = "pk"
    address_related: ClassVar[tuple[str, ...]] = ("census__programme", "response__version", "record")

    class State(models.TextChoices):
        STARTED = "started", pgettext_lazy("census", "Being answered")
        SUBMITTED = "submitted", pgettext_lazy("census", "To be looked at")
        CHANGES_ASKED = "changes_asked", pgettext_lazy("census", "Changes asked for")
        PUBLISHED = "published", pgettext_lazy("census", "Published")
        DECLINED = "declined", pgettext_lazy("census", "Not published")

    census = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=8, choices=Sheet.choices)
    state = models.CharField(max_length=13, choices=State.choices, default=State.STARTED)
    response = models.OneToOneField(Response, models.PROTECT, related_name="+")
    record = models.OneToOneField(Record, models.SET_NULL, null=True, related_name="entry")
    email = models.EmailField(_("your e-mail"), blank=True)
    name = models.CharField(_("your name"), max_length=120, blank=True)
    # Whoever holds the link goes on; we keep only its digest.
    digest = models.CharField(max_length=64, unique=True)
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    asked = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-submitted_at", "-pk")
        verbose_name_plural = "census entries"
        indexes = [models.Index(fields=["census", "state"])]

    def __str__(self) -> str:
        return f"{self.census_id}: {self.get_state_display()}"

    @property
    def may_still_change(self) -> bool:
        """Whether whoever answers may still write in it."""
        return self.state in {self.State.STARTED, self.State.CHANGES_ASKED}


class CensusInvitation(models.Model):
    """A personal link to answer."""

    address: ClassVar[str] = "pk"
    address_related: ClassVar[tuple[str, ...]] = ("census__programme",)

    census = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    sheet = models.CharField(_("questionnaire"), max_length=8, choices=Sheet.choices)
    email = models.EmailField(_("e-mail"))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    process = models.CharField(_("process"), max_length=160, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    entry = models.OneToOneField(CensusEntry, models.SET_NULL, null=True, related_name="invitation")

    class Meta:
        ordering = ("organisation", "email")
        constraints = [
            models.UniqueConstraint(
                fields=["census", "email", "process"], name="one_invitation_an_address_and_process"
            )
        ]

    def __str__(self) -> str:
        return self.organisation or self.email

    @property
    def last_letter_at(self) -> datetime | None:
        """When we last wrote."""
        return self.reminded_at or self.invited_at
