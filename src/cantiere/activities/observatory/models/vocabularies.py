"""The words of a record, as Italian observatories of participation use them.

Sources: Osservatorio Partecipazione of the Region of Emilia-Romagna (ART-ER), public sheets; the sheets of
RiPartecipiamo (2020). Answers have several states, never just yes and no: not having said is one of them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sheet(models.TextChoices):
    """Which of the two questionnaires a record answers."""

    FUNDED = "funded", _("Project funded by the call")
    OTHER = "other", _("Other experience")


class Status(models.TextChoices):
    PLANNED = "planned", _("Designed, not started")
    RUNNING = "running", pgettext_lazy("process", "In progress")
    SUSPENDED = "suspended", pgettext_lazy("process", "Suspended")
    CONCLUDED = "concluded", pgettext_lazy("process", "Concluded")
    CANCELLED = "cancelled", pgettext_lazy("process", "Cancelled")


class Nature(models.TextChoices):
    """Whether the guarantor of participation certified it (l.r. Emilia-Romagna 15/2018, art. 17)."""

    CERTIFIED_FUNDED = "certified_funded", _("Certified and funded")
    CERTIFIED = "certified", _("Certified, not funded")
    NOT_CERTIFIED = "not_certified", _("Not certified")
    NOT_APPLICABLE = "not_applicable", _("Certification does not apply")


class Theme(models.TextChoices):
    ENVIRONMENT = "environment", _("Environment")
    TERRITORY = "territory", pgettext_lazy("theme", "Territory")
    WELFARE = "welfare", _("Welfare")
    INFORMATION_SOCIETY = "information_society", _("Information society")
    INSTITUTIONS = "institutions", _("Institutions")
    ECONOMY = "economy", _("Economic development")


class Level(models.TextChoices):
    """Levels of participation, from low to high."""

    INFORMATION = "information", _("Information")
    CONSULTATION = "consultation", _("Consultation")
    CODESIGN = "codesign", _("Co-design")
    EMPOWERMENT = "empowerment", _("Empowerment")


class ParticipationKind(models.TextChoices):
    VOLUNTARY = "voluntary", _("Voluntary participation")
    CODECISION = "codecision", _("Co-decision")
    SORTITION = "sortition", _("Drawn by lot")
    REPRESENTATION = "representation", _("Representatives")


class ProponentKind(models.TextChoices):
    """Who proposes it."""

    PUBLIC_BODY = "public_body", _("Public body")
    ASSOCIATION = "association", _("Association")
    FIRM = "firm", _("Firm")
    GROUP = "group", _("Informal group")


class Origin(models.TextChoices):
    """Whether the process was there before what changed it, or was born with it."""

    UNDER_WAY = "under_way", _("Already under way")
    NEW = "new", _("Born with the emergency")
    UNSTATED = "unstated", _("Not stated")


class Changed(models.TextChoices):
    """What changed in it."""

    PHASES = "phases", pgettext_lazy("changed", "Phases")
    DESIGN = "design", pgettext_lazy("changed", "Design")
    TIMES = "times", pgettext_lazy("changed", "Times")
    PROFESSIONALS = "professionals", pgettext_lazy("changed", "Professionals")
    PARTNERS = "partners", pgettext_lazy("changed", "Partners")
    COSTS = "costs", pgettext_lazy("changed", "Costs")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSTATED = "unstated", _("Not stated")


class CoFunding(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_FORESEEN = "not_foreseen", _("Not foreseen as a bonus")
    UNSTATED = "unstated", _("Not stated")


class GenderPrevalence(models.TextChoices):
    FEMALE = "female", _("More women")
    MALE = "male", _("More men")
    EQUAL = "equal", _("As many women as men")
    UNSTATED = "unstated", _("Not stated")


class Source(models.TextChoices):
    """How what a record says came here."""

    CENSUS = "census", _("Answer to the census")
    CURATED = "curated", _("Written by a curator")
    IMPORTED = "imported", _("Imported")


class BodyRole(models.TextChoices):
    """What a body does in a process, besides proposing it."""

    DECISION_HOLDER = "decision_holder", _("Holds the decision")
    PARTNER = "partner", _("Partner")
    SUPPORTER = "supporter", _("Supporter")
    SUPPLIER = "supplier", _("Supplier")
    BENEFICIARY = "beneficiary", _("Receives the grant")


class ExtensionKind(models.TextChoices):
    EXTENSION = "extension", _("Extension")
    SUSPENSION = "suspension", _("Suspension")
    BOTH = "both", _("Extension and suspension together")


class Used(models.TextChoices):
    """Since when a process used a tool."""

    PLANNED = "planned", _("Planned from the beginning")
    INTRODUCED = "introduced", _("Introduced with the changes")
