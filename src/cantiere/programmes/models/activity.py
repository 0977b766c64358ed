"""An activity is a row plus a kind: here is the row, and what is searched across activities."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.engine.window import Days, State, Window
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.models import Place
from cantiere.programmes.kinds import AnyKind, kind_of
from cantiere.programmes.models.programme import Goal, Phase, Programme


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Reads of activities."""

    def public(self) -> "ActivityQuerySet":
        """Those anyone may see."""
        return self.filter(published_at__isnull=False, programme__published_at__isnull=False)

    def open_at(self, now: datetime) -> "ActivityQuerySet":
        """Those in which one may do something at ``now``."""
        return self.filter(opens__lte=now).filter(Q(closes__isnull=True) | Q(closes__gt=now))


class Activity(models.Model):
    """Something a programme does. Its kind keeps what only it knows in a table of its own."""

    address: ClassVar[str] = "slug"
    address_related: ClassVar[tuple[str, ...]] = ("programme", "phase", "place")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="activities")
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("phase")
    )
    kind_key = models.CharField(max_length=30, editable=False)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=240, blank=True)
    goals = models.ManyToManyField(
        Goal, verbose_name=_("goals it serves"), related_name="activities", blank=True
    )
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    place_note = models.CharField(
        _("venue"),
        max_length=160,
        blank=True,
        help_text=_("Room and address, for example: Sala Maggiore, piazza Duomo 1."),
    )
    opens = models.DateTimeField(_("opens"), null=True, blank=True)
    closes = models.DateTimeField(_("closes"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    outcome = models.CharField(
        _("what came of it"),
        max_length=400,
        blank=True,
        help_text=_("In two sentences, for everyone: what was decided or learnt, and what happens next."),
    )
    outcome_on = models.DateField(null=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, editable=False)
    cancelled_on = models.DateField(null=True, editable=False)
    cancelled_why = models.CharField(max_length=240, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "starts_on", "pk"]
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(closes__gt=F("opens")),
                name="activity_closes_after_it_opens",
            )
        ]
        indexes = [models.Index(fields=["programme", "published_at"]), models.Index(fields=["closes"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.kind.url(self)

    @property
    def kind(self) -> AnyKind:
        """The kind's answers; they are the same object for all activities of the kind."""
        return kind_of(self.kind_key)

    @property
    def edit_url(self) -> str:
        """Where the team prepares it."""
        return self.kind.edit_url(self)

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.published_at is not None and self.programme.is_public

    @property
    def window(self) -> Window:
        """When one may act in it."""
        return Window(self.opens, self.closes)

    @property
    def is_open(self) -> bool:
        """Whether there is something one may do in it now."""
        return self.opens is not None and self.cancelled_on is None and self.window.is_open(timezone.now())

    @property
    def days(self) -> Days:
        """When it is held."""
        return Days(self.starts_on, self.ends_on or self.starts_on)

    @property
    def state(self) -> State:
        """Where it stands today: running while it is held or open."""
        if self.is_open:
            return State.NOW
        if self.starts_on is None and self.opens is not None:
            return self.window.state(timezone.now())
        return self.days.state(timezone.localdate())


class Appointment(models.Model):
    """A time, and perhaps a place, inside an activity: session, lesson, deadline."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="appointments")
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    link = models.CharField(
        _("where to connect"),
        max_length=500,
        blank=True,
        help_text=_("Only those with a confirmed seat see it."),
    )
    version = models.PositiveSmallIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="appointment_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["starts"])]

    def __str__(self) -> str:
        return self.title or self.activity.title


class Participation(models.Model):
    """Who took part and how often: the day, never the minute; without a name only the day's total."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "person", "day"], name="one_participation_a_day"),
            models.UniqueConstraint(
                fields=["activity", "day"], condition=Q(person=None), name="one_total_without_names_a_day"
            ),
        ]
        indexes = [models.Index(fields=["activity", "day"])]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.day}: {self.times}"
