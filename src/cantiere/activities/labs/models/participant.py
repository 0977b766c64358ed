"""Who takes part: a device that joined, with what its holder chose to say."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.models.lab import Lab
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.models import Place
from cantiere.thread.contributions.models import ActorKind, Receipt


def new_actor() -> str:
    """The name under which somebody acts in the log: it says nothing of them."""
    return secrets.token_hex(12)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Reads of participants."""

    def come(self) -> "ParticipantQuerySet":
        """Those who came in: without the ones who have a place at a table and are still expected."""
        return self.exclude(person__isnull=False, receipt=None)


class Participant(models.Model):
    """Somebody in a laboratory. The row is deleted with what was live; the day is known, never the minute."""

    address_related: ClassVar[tuple[str, ...]] = ("lab__activity__programme", "lab__room")

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="participants")
    actor = models.CharField(max_length=24, default=new_actor, editable=False)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name or nickname"), max_length=60, blank=True)
    place = models.ForeignKey(
        Place, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    actor_kind = models.CharField(
        _("on whose behalf"), max_length=12, choices=ActorKind.choices, default=ActorKind.UNSTATED
    )
    online = models.BooleanField(_("I connect from afar"), default=False)
    receipt = models.ForeignKey(Receipt, models.SET_NULL, null=True, editable=False, related_name="+")
    joined_on = models.DateField(default=timezone.localdate, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participant")
        constraints = [
            models.UniqueConstraint(fields=["lab", "actor"], name="lab_participant_named_once"),
            models.UniqueConstraint(fields=["lab", "person"], name="lab_person_takes_part_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.actor[:6]

    @property
    def is_expected(self) -> bool:
        """Whether they have a place at a table but did not come in yet: who comes in has a receipt."""
        return self.person_id is not None and self.receipt_id is None
