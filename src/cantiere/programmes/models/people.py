"""Who is behind a programme: organisations in public, the team in the workspace."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.organisations.models import Organisation
from cantiere.programmes.models.programme import Programme


class Partnership(models.Model):
    """The role of an organisation in a programme."""

    class Role(models.TextChoices):
        PROMOTER = "promoter", _("Promoter")
        LEAD = "lead_partner", _("Lead partner")
        DECISION_HOLDER = "decision_holder", _("Decision holder")
        PARTNER = "partner", _("Partner")
        BENEFICIARY = "beneficiary", _("Beneficiary")
        FACILITATOR = "facilitator", _("Facilitator")
        FUNDER = "funder", _("Funder")
        SUPPORTER = "supporter", _("Supporter")

    address_related: ClassVar[tuple[str, ...]] = ("programme", "organisation")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    note = models.CharField(_("what it does"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role"], name="one_partnership_a_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_role_display()}"


class TeamMember(models.Model):
    """Somebody's role in a programme, or in one of its activities alone."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        EDITOR = "editor", _("Editor")
        FACILITATOR = "facilitator", _("Facilitator")
        OBSERVER = "observer", _("Observer")

    address_related: ClassVar[tuple[str, ...]] = ("programme", "person", "activity")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="team")
    activity = models.ForeignKey(
        "programmes.Activity",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="team",
        verbose_name=_("activity"),
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"], condition=Q(activity=None), name="one_role_in_a_programme"
            ),
            models.UniqueConstraint(fields=["activity", "person"], name="one_role_in_an_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"
