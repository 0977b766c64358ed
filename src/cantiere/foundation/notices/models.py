"""What people follow, how often they want to hear of it, and what there was to hear."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Actor

STALE = timedelta(days=14)


class Rhythm(models.TextChoices):
    """How often mail may come; what is urgent comes at once, except to who wants none."""

    AS_IT_HAPPENS = "as_it_happens", _("At once, one mail for each piece of news")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday")
    NEVER = "never", _("Never: I look on this page")


class Subscriptions(models.QuerySet["Subscription"]):
    """Reading."""

    def follows(self, person: Actor, topic: str) -> bool:
        """Whether a person follows a topic; nobody in particular follows nothing."""
        return person is not None and self.filter(person_id=person.pk, topic=topic).exists()

    def followers(self, topic: str) -> Self:
        """Those who follow a topic and still have a working account, oldest first."""
        return self.filter(topic=topic, person__is_active=True).order_by("pk")


class Subscription(models.Model):
    """Somebody follows something: this is the request on which notices rest, no other consent is."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=80)
    since = models.DateField(auto_now_add=True)

    objects = Subscriptions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="notices_follow_once")]
        indexes = [models.Index(fields=["topic"])]

    def __str__(self) -> str:
        return f"{self.person} · {self.topic}"


class Preference(models.Model):
    """How often somebody wants mail; without a row: once a week."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="notice_preference")
    rhythm = models.CharField(_("How often"), max_length=13, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    def __str__(self) -> str:
        return f"{self.person} · {self.rhythm}"


class Notices(models.QuerySet["Notice"]):
    """Reading."""

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def waiting(self) -> Self:
        """Not sent by mail, not read on the page meanwhile, still wanted; with each person's ``rhythm``."""
        rhythm = Coalesce(F("person__notice_preference__rhythm"), Value(Rhythm.WEEKLY.value))
        follows = Subscription.objects.filter(person=OuterRef("person"), topic=OuterRef("topic"))
        found = self.filter(Q(topic="") | Exists(follows), sent_at=None, read_at=None, person__is_active=True)
        return found.annotate(rhythm=rhythm)

    def for_now(self) -> Self:
        """What must not wait for a digest: one's own affairs, the urgent, and for who wants all at once."""
        own = Q(topic="", urgent=True)
        return self.waiting().filter(
            own | Q(rhythm=Rhythm.AS_IT_HAPPENS) | (Q(urgent=True) & ~Q(rhythm=Rhythm.NEVER))
        )

    def for_digest(self, today: date) -> Self:
        """What a digest of this day tells: days that are over, weeks that are over; nothing stale.

        Whatever the hour and however often it is asked, the same day gives the same digest; one missed on
        Monday is due on Tuesday.
        """
        monday = today - timedelta(days=today.weekday())
        daily = Q(rhythm=Rhythm.DAILY, day__lt=today, day__gte=today - STALE)
        weekly = Q(rhythm=Rhythm.WEEKLY, day__lt=monday, day__gte=monday - STALE)
        return self.waiting().filter(daily | weekly)


class Notice(models.Model):
    """One thing told to one person; ``once`` names the event, so that nobody is told twice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    once = models.CharField(max_length=120)
    topic = models.CharField(max_length=80, blank=True)  # empty: it is about this person alone
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=500)
    urgent = models.BooleanField(default=False)
    day = models.DateField(default=timezone.localdate)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = Notices.as_manager()

    class Meta:
        # The event first: all that was told of it is found at once.
        constraints = [models.UniqueConstraint(fields=["once", "person"], name="notices_tell_once")]
        indexes = [
            models.Index(fields=["person", "-day", "-id"]),
            models.Index(fields=["day"], condition=Q(sent_at=None), name="notices_waiting"),
        ]

    def __str__(self) -> str:
        return self.title
