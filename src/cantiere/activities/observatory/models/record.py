"""The record of a participatory process: the flat sheet, as its source states it.

Sessions, the negotiation table, proposals, outcomes and acts are not here: they are read from the programme a
record may lead to. Days of a source are kept as stated; what follows from them is computed beside.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models.vocabularies import (
    BodyRole,
    Changed,
    CoFunding,
    ExtensionKind,
    GenderPrevalence,
    Level,
    Nature,
    Origin,
    ParticipationKind,
    ProponentKind,
    Sheet,
    Source,
    Status,
    Theme,
    YesNo,
)
from cantiere.engine.terms import planned_end
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.codes import CodesField
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity, Programme

# What filters ask of the row of a record.
ASKED = (
    *("census", "theme", "proponent_kind", "participation_level", "status", "sheet", "year", "changed"),
    "published_at",
)
_year = [MinValueValidator(1900), MaxValueValidator(2100)]


class RecordQuerySet(models.QuerySet["Record"]):
    """Reads of records."""

    def public(self) -> Self:
        """Those anyone may see."""
        return self.filter(published_at__isnull=False)

    def of(self, census: Activity) -> Self:
        """Those a census gathered."""
        return self.filter(census=census)


class Record(models.Model):
    """One participatory process in the words of its source."""

    address: ClassVar[str] = "slug"
    address_related: ClassVar[tuple[str, ...]] = ("census__programme",)

    census = models.ForeignKey(Activity, models.PROTECT, related_name="+", verbose_name=_("census"))
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    sheet = models.CharField(_("sheet"), max_length=8, choices=Sheet.choices, default=Sheet.OTHER)
    title = models.CharField(_("title of the process"), max_length=160)
    identifier = models.CharField(_("identifier in its source"), max_length=60, blank=True)
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("programme here")
    )
    status = models.CharField(_("state of progress"), max_length=10, choices=Status.choices, blank=True)

    # Rules it follows
    nature = models.CharField(_("nature of the process"), max_length=16, choices=Nature.choices, blank=True)
    certification_year = models.PositiveSmallIntegerField(
        _("year of certification"), null=True, blank=True, validators=_year
    )
    reference_law = models.CharField(_("law of reference"), max_length=120, blank=True)
    call = models.CharField(_("call"), max_length=120, blank=True)
    call_year = models.PositiveSmallIntegerField(
        _("year of the call"), null=True, blank=True, validators=_year
    )

    # Who
    proponent = models.CharField(_("proponent"), max_length=200, blank=True)
    proponent_kind = models.CharField(
        _("kind of proponent"), max_length=12, choices=ProponentKind.choices, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    responsible_office = models.CharField(_("office responsible for the process"), max_length=200, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    public_contacts = models.TextField(_("public contacts"), max_length=1000, blank=True)

    # Where
    territories = models.ManyToManyField(Place, verbose_name=_("territory"), related_name="+", blank=True)
    # The territories, the municipalities in them if they are areas, and all that these stand in.
    reach = models.ManyToManyField(Place, related_name="+", blank=True, editable=False)
    territory_note = models.CharField(_("territory, in words"), max_length=200, blank=True)

    # What about
    theme = models.CharField(_("theme"), max_length=20, choices=Theme.choices, blank=True)
    specific_topic = models.CharField(_("specific topic"), max_length=200, blank=True)
    participation_level = models.CharField(
        _("level of participation"), max_length=12, choices=Level.choices, blank=True
    )
    participation_kinds = CodesField(_("kind of participation"), choices=ParticipationKind.choices)
    subject = models.TextField(_("subject of the process"), max_length=10_000, blank=True)
    linked_procedure = models.CharField(_("procedure it is linked to"), max_length=400, blank=True)
    context = models.TextField(_("context"), max_length=10_000, blank=True)
    objectives = models.TextField(_("goals"), max_length=10_000, blank=True)
    expected_results = models.TextField(_("expected results"), max_length=10_000, blank=True)
    target_groups = models.CharField(_("for whom"), max_length=400, blank=True)

    # When
    started_on = models.DateField(_("start"), null=True, blank=True)
    ended_on = models.DateField(_("end"), null=True, blank=True)
    planned_months = models.PositiveSmallIntegerField(
        _("planned duration in months"), null=True, blank=True, validators=[MaxValueValidator(240)]
    )

    # Money, in euros
    total_cost = models.DecimalField(_("total cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    grant_amount = models.DecimalField(
        _("amount granted by the call"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    cofunding = models.CharField(
        _("co-funding by others"), max_length=12, choices=CoFunding.choices, default=CoFunding.UNSTATED
    )
    cofunding_share = models.DecimalField(
        _("share of co-funding (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )

    # Who took part
    participants_estimated = models.PositiveIntegerField(_("participants, estimated"), null=True, blank=True)
    participants_actual = models.PositiveIntegerField(_("participants, counted"), null=True, blank=True)
    participants_note = models.CharField(_("who took part"), max_length=400, blank=True)
    female_presence = models.CharField(
        _("women among them"), max_length=8, choices=YesNo.choices, default=YesNo.UNSTATED
    )
    gender_prevalence = models.CharField(
        _("prevalence of gender"),
        max_length=8,
        choices=GenderPrevalence.choices,
        default=GenderPrevalence.UNSTATED,
    )
    worklife_reconciliation = models.CharField(
        _("times chosen to fit work and family"), max_length=8, choices=YesNo.choices, default=YesNo.UNSTATED
    )

    # What was planned online, what changed
    online_planned = models.TextField(_("online activities already planned"), max_length=10_000, blank=True)
    origin = models.CharField(
        _("already under way or new"), max_length=9, choices=Origin.choices, default=Origin.UNSTATED
    )
    change_cause = models.CharField(_("cause of the changes"), max_length=120, blank=True)
    changed = CodesField(_("what changed"), choices=Changed.choices)
    changes = models.TextField(_("main changes"), max_length=10_000, blank=True)
    new_activities = models.TextField(_("new activities, tools and resources"), max_length=10_000, blank=True)

    # Where this comes from
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.CURATED, editable=False)
    source_note = models.CharField(_("source"), max_length=400, blank=True)
    curated_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", editable=False)
    verified_on = models.DateField(_("last verified on"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    # Kept beside for lists: when it counts for a year, the keys of its provinces and regions (``,3,12,``) and
    # all its words without accents.
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    within = models.TextField(blank=True, editable=False)
    folded = models.TextField(blank=True, editable=False)

    objects: ClassVar[RecordQuerySet] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("title", "pk")
        verbose_name = _("record")
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="record_ends_after_it_starts",
                violation_error_message=_("The end comes before the start: check the two dates."),
            ),
            models.UniqueConstraint(
                fields=["census", "identifier"],
                condition=~Q(identifier=""),
                name="one_record_an_identifier",
                violation_error_message=_("Another record of this census has this identifier."),
            ),
        ]
        # All that may be asked of public records is in both, so that nobody looks at the records themselves:
        # in the order of lists, and in that of the sentence that counts them. Without the day of publishing
        # they would not cover what is asked.
        indexes = [
            models.Index(
                fields=["title", "id", "origin", "within", *ASKED],
                condition=Q(published_at__isnull=False),
                name="observatory_record_list",
            ),
            models.Index(
                fields=["within", "origin", *ASKED],
                condition=Q(published_at__isnull=False),
                name="observatory_record_sentence",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("observatory:record", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.published_at is not None

    @property
    def extra_days(self) -> int:
        """Days of all extensions and suspensions."""
        return sum(each.days for each in self.extensions.all())

    @property
    def computed_end(self) -> date | None:
        """When it should have ended by what was planned and granted; beside the stated end, never instead."""
        if self.started_on is None or self.planned_months is None:
            return None
        return planned_end(self.started_on, self.planned_months, self.extra_days)

    @property
    def days_apart(self) -> int:
        """Days from the computed end to the stated one; 0 where either is unknown."""
        if self.computed_end is None or self.ended_on is None:
            return 0
        return (self.ended_on - self.computed_end).days


class Extension(models.Model):
    """Days that were added to a process."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="extensions")
    kind = models.CharField(_("kind"), max_length=10, choices=ExtensionKind.choices)
    days = models.PositiveSmallIntegerField(
        _("days"), validators=[MinValueValidator(1), MaxValueValidator(3660)]
    )
    requested_on = models.DateField(_("asked for on"), null=True, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    act = models.CharField(_("act"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days}"


class RecordBody(models.Model):
    """Who else is in a process, as the source names it; the organisation where it is one we know."""

    Role = BodyRole

    record = models.ForeignKey(Record, models.CASCADE, related_name="bodies")
    role = models.CharField(_("role"), max_length=16, choices=BodyRole.choices, default=BodyRole.PARTNER)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("role", "pk")
        verbose_name_plural = "record bodies"
        constraints = [
            models.UniqueConstraint(fields=["record", "role", "name"], name="one_body_a_role_and_name")
        ]

    def __str__(self) -> str:
        return self.name
