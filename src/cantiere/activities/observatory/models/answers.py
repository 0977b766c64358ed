"""Who was asked to answer a census, and what they answered."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.models.record import Record
from cantiere.activities.observatory.models.vocabularies import Sheet
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.linked import Linked
from cantiere.foundation.questionnaires.models import Response
from cantiere.programmes.models import Activity


class CensusEntry(Linked):
    """One answer to a census, from the first saved page to the published record."""

    address: ClassVar[str] = "pk"
    address_related: ClassVar[tuple[str, ...]] = (
        "census__programme", "response__version__questionnaire", "record",
    )  # fmt: skip

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
    language = models.CharField(max_length=5, blank=True)
    # Written by a curator for somebody who answered otherwise.
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    by_hand = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    # What the answers said of the record when they were last taken over, by field: what a curator changed
    # since then stays, unless the answer changes too.
    taken_over = models.JSONField(default=dict)
    asked = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
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
        """Whether whoever answers may still write in it, as far as its state goes."""
        return self.state in {self.State.STARTED, self.State.CHANGES_ASKED}

    @property
    def may_be_decided(self) -> bool:
        """Whether a curator has it before them."""
        return self.state == self.State.SUBMITTED


class EntryLink(CensusEntry):
    """An entry as whoever holds its link reaches it."""

    address: ClassVar[str] = "digest"

    class Meta:
        proxy = True


class CensusInvitation(Linked):
    """A personal link to answer."""

    address: ClassVar[str] = "pk"
    address_related: ClassVar[tuple[str, ...]] = ("census__programme", "entry")

    class State(models.TextChoices):
        TO_SEND = "to_send", pgettext_lazy("invitation", "To be invited")
        INVITED = "invited", pgettext_lazy("invitation", "Invited")
        OPENED = "opened", pgettext_lazy("invitation", "Opened")
        ANSWERING = "answering", pgettext_lazy("invitation", "Answering")
        ANSWERED = "answered", pgettext_lazy("invitation", "Answered")
        REFUSED = "refused", pgettext_lazy("invitation", "Does not concern them")

    census = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    sheet = models.CharField(_("questionnaire"), max_length=8, choices=Sheet.choices)
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    process = models.CharField(_("process"), max_length=160, blank=True)
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
                fields=["census", "email", "process"],
                condition=~Q(email=""),
                name="one_invitation_an_address_and_process",
            )
        ]

    def __str__(self) -> str:
        return self.organisation or self.email

    @property
    def state(self) -> "CensusInvitation.State":
        """How far it has come."""
        if self.entry is not None:
            return self.State.ANSWERED if self.entry.submitted_at else self.State.ANSWERING
        if self.refused_at is not None:
            return self.State.REFUSED
        if self.opened_at is not None:
            return self.State.OPENED
        return self.State.TO_SEND if self.invited_at is None else self.State.INVITED

    @property
    def last_letter_at(self) -> datetime | None:
        """When we last wrote."""
        return self.reminded_at or self.invited_at


class InvitationLink(CensusInvitation):
    """An invitation as whoever holds its link reaches it."""

    address: ClassVar[str] = "digest"

    class Meta:
        proxy = True
