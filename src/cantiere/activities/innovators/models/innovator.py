"""An innovator: the profile, where it stands, and the consent without which nobody sees it."""

from typing import ClassVar, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators import sectors
from cantiere.activities.innovators.models.innovator_map import InnovatorMap
from cantiere.foundation.accounts.addresses import normal
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.codes import CodesField
from cantiere.foundation.core.linked import Linked
from cantiere.foundation.core.richtext import MarkdownField
from cantiere.foundation.core.uploads import PictureField
from cantiere.foundation.places.models import Place

web_address = URLValidator(
    schemes=["https", "http"], message=_("Write the whole address, beginning with https://.")
)


SHORT = 110


def _in_short(things: list[str]) -> str:
    text = " · ".join(things)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def _lines(text: str) -> list[str]:
    return [line.strip(" \t-*•") for line in text.splitlines() if line.strip(" \t-*•")]


class InnovatorQuerySet(models.QuerySet["Innovator"]):
    """Reads of innovators."""

    def public(self) -> Self:
        """Those anyone may see: published, on a map that anyone may see."""
        return self.filter(
            state=Innovator.State.PUBLISHED,
            map__activity__published_at__isnull=False,
            map__activity__programme__published_at__isnull=False,
        )

    def at(self, email: str) -> Self:
        """Those whose address this is; an empty one is nobody's."""
        return self.filter(email=normal(email)).exclude(email="")

    def waiting(self) -> Self:
        """Those on which the team has to decide something."""
        to_read = Q(state__in=[Innovator.State.CURATION, Innovator.State.TO_REACH])
        return self.filter(to_read | Q(state=Innovator.State.PUBLISHED, to_reread=True))


class Innovator(Linked):
    """Somebody who changes things.

    The place is a municipality: nobody is ever shown at home. Only the team ever sees ``email``.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("A person")
        GROUP = "group", _("A group")
        ORGANISATION = "organisation", _("An association, school or body")
        FIRM = "firm", _("A firm")

    class State(models.TextChoices):
        """From the nomination to the map, and away from it."""

        UNCONFIRMED = "unconfirmed", _("nominated, e-mail not confirmed")
        TO_REACH = "to_reach", _("to be reached by the team")
        INVITED = "invited", _("asked to tell and agree")
        CURATION = "curation", _("to be read by the team")
        CHANGES = "changes", _("asked for changes")
        PUBLISHED = "published", _("on the map")
        STALE = "stale", _("hidden: no answer to “Is it still right?”")
        DECLINED = "declined", _("not published")

    address: ClassVar[str] = "slug"
    address_related: ClassVar[tuple[str, ...]] = (
        "map__activity__programme",
        "map__activity__phase",
        "place__parent",
    )

    map = models.ForeignKey(InnovatorMap, models.CASCADE, related_name="innovators")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    state_on = models.DateField(default=timezone.localdate)
    slug = models.SlugField(max_length=80, unique=True, editable=False)

    kind = models.CharField(_("who"), max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("where you work or belong"), max_length=120, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("municipality"))
    what = models.CharField(_("what you do, in one line"), max_length=160)
    offers = models.CharField(_("what you offer"), max_length=600, blank=True)
    needs = models.CharField(_("what you are looking for"), max_length=600, blank=True)
    interests = models.CharField(_("what interests you"), max_length=300, blank=True)
    sectors = CodesField(_("sectors"), choices=sectors.SECTORS)
    picture = PictureField(_("picture"), blank=True)
    picture_alt = models.CharField(_("what the picture shows"), max_length=160, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True, validators=[web_address])

    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=5, default="it", editable=False)
    reach = models.CharField(_("how to reach them"), max_length=200, blank=True)
    searchable = models.BooleanField(_("search engines may find me"), default=False)
    takes_letters = models.BooleanField(_("people may write to me"), default=False)
    open_data = models.BooleanField(_("my entry may stand in the open data"), default=False)

    message = models.CharField(max_length=1000, blank=True, editable=False)
    made_on = models.DateField(default=timezone.localdate, editable=False)
    consented_on = models.DateField(null=True, editable=False)
    published_on = models.DateField(null=True, editable=False)
    right_on = models.DateField(null=True, editable=False)
    asked = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_on = models.DateField(null=True, editable=False)
    to_reread = models.BooleanField(default=False, editable=False)
    # Last on purpose: SQLite then filters without reading past them.
    folded = models.TextField(editable=False)
    story = MarkdownField(_("your story"), max_length=6000, blank=True)

    objects: ClassVar[InnovatorQuerySet] = InnovatorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "stale"]) | Q(consented_on__isnull=False),
                name="nobody_on_the_map_without_consent",
            )
        ]
        indexes = [
            # All that the list and the counts of a map ask but for words, in the order in which they show it.
            models.Index(
                fields=["map", "state", "-published_on", "-id", "place", "kind", "sectors"],
                name="innovators_of_a_map",
            ),
            # The same in the order in which they are counted.
            models.Index(fields=["map", "state", "place", "kind", "sectors"], name="innovators_by_place"),
            models.Index(fields=["email"], name="innovators_at_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("innovators:profile", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.state == self.State.PUBLISHED and self.map.activity.is_public

    @property
    def is_somebody(self) -> bool:
        """Whether it is one person."""
        return self.kind == self.Kind.PERSON

    @property
    def sector_labels(self) -> list[str]:
        """Its sectors in words."""
        return sectors.labels(self.sectors)

    @property
    def initials(self) -> str:
        """At most two letters that stand where a picture would."""
        return "".join(word[0] for word in self.name.split() if word[0].isalnum())[:2].upper()

    @property
    def offer_list(self) -> list[str]:
        """What they offer, a thing each."""
        return _lines(self.offers)

    @property
    def need_list(self) -> list[str]:
        """What they look for, a thing each."""
        return _lines(self.needs)

    @property
    def offers_in_short(self) -> str:
        """What they offer, in at most ``SHORT`` signs."""
        return _in_short(self.offer_list)

    @property
    def needs_in_short(self) -> str:
        """What they look for, in at most ``SHORT`` signs."""
        return _in_short(self.need_list)

    @property
    def website_host(self) -> str:
        """The name of the site its link leads to."""
        return self.website.partition("://")[2].partition("/")[0].removeprefix("www.")


class OwnInnovator(Innovator):
    """The same, reached by the secret address that only the innovator has."""

    address: ClassVar[str] = "digest"

    class Meta:
        proxy = True


class PublicationConsent(models.Model):
    """That somebody agreed to be shown: which words they read, when, and on what paper if it was paper."""

    class Channel(models.TextChoices):
        WEB = "web", _("on this site")
        PAPER = "paper", _("on paper")

    innovator = models.ForeignKey(Innovator, models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    given_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    note = models.CharField(_("where the sheet is kept"), max_length=200, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.given_on} {self.channel}"
