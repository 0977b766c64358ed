"""The list and the map of the innovators who are on a map."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from cantiere.activities.innovators.models import Innovator, InnovatorMap, InnovatorQuerySet
from cantiere.engine.window import State
from cantiere.engine.words import asked, shared_beginning, stem
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.foundation.core.codes import code
from cantiere.foundation.notices.models import Subscription
from cantiere.foundation.places.filters import place_key
from cantiere.foundation.places.models import Place
from cantiere.foundation.ui.filters import FilterForm
from cantiere.foundation.ui.maps import Point
from cantiere.programmes.models import Activity

_CARD = (
    *("slug", "name", "what", "offers", "needs", "picture", "picture_alt"),
    *("place__kind", "place__form", "place__name", "place__parent__short"),
)


def matching(own: InnovatorMap, chosen: Mapping[str, Any]) -> InnovatorQuerySet:
    """Those on the map who fit what was asked, the latest first."""
    rows = Innovator.objects.filter(map=own, state=Innovator.State.PUBLISHED)
    if place := chosen.get("place"):
        inside = list(Place.objects.within(place).values_list("pk", flat=True))
        rows = rows.filter(place_id__in=inside)
    if sectors := chosen.get("sectors"):
        rows = rows.filter(reduce(or_, (Q(sectors__contains=code(sector)) for sector in sectors)))
    if kind := chosen.get("kind"):
        rows = rows.filter(kind=kind)
    if chosen.get("offers"):
        rows = rows.exclude(offers="")
    if chosen.get("needs"):
        rows = rows.exclude(needs="")
    for word in asked(str(chosen.get("q") or "")):
        rows = rows.filter(folded__contains=f" {_beginning(word)}")
    return rows


def _beginning(word: str) -> str:
    """What all forms of a word begin with: ``ceramica`` also finds ``ceramiche``."""
    return shared_beginning(word, stem(word)) or word


class Spot(NamedTuple):
    """A municipality where innovators stand, with the latest of them."""

    place: int
    lng: float | None
    lat: float | None
    number: int
    one: int


@dataclass(frozen=True)
class Tally:
    """How many innovators stand where."""

    spots: Sequence[Spot]

    @property
    def number(self) -> int:
        """How many innovators in all."""
        return sum(spot.number for spot in self.spots)

    @property
    def dots(self) -> list[Point]:
        """Only where and how many, for a drawing."""
        placed = (spot for spot in self.spots if spot.lng is not None and spot.lat is not None)
        return [Point(spot.lng or 0, spot.lat or 0, spot.number, "", "") for spot in placed]


def tally(found: InnovatorQuerySet) -> Tally:
    """Count them by municipality, and ask where these are, in two queries."""
    counted = found.order_by().values_list("place").annotate(Count("pk"), Max("pk"))
    here = {place: (number, one) for place, number, one in counted}
    places = Place.objects.filter(pk__in=here).order_by("pk").values_list("pk", "lng", "lat")
    return Tally([Spot(pk, lng, lat, *here[pk]) for pk, lng, lat in places])


def points(own: InnovatorMap, form: FilterForm) -> list[Point]:
    """At the centres of municipalities: one innovator leads to their page, several to the list there."""
    standing = tally(matching(own, form.chosen)).spots
    spots = [spot for spot in standing if spot.lng is not None and spot.lat is not None]
    places = Place.objects.select_related("parent").in_bulk([spot.place for spot in spots])
    alone = {spot.one for spot in spots if spot.number == 1}
    told = {pk: (name, slug) for pk, name, slug in _named(alone)}
    before = form.query(place=None)
    there = f"{own.activity.get_absolute_url()}?{before}{'&' if before else ''}luogo="
    shown = []
    for spot in spots:
        place = places[spot.place]
        label, href = place.label, there + place_key(place)
        if spot.number == 1:
            name, slug = told[spot.one]
            label, href = f"{name}, {label}", reverse("innovators:profile", args=[slug])
        shown.append(Point(spot.lng or 0, spot.lat or 0, spot.number, label, href))
    return shown


def _named(keys: Collection[int]) -> Any:
    return Innovator.objects.filter(pk__in=keys).values_list("pk", "name", "slug") if keys else ()


class Cards(Sequence[Innovator]):
    """Innovators whose number is known, as cards show them; read when a part of them is asked for."""

    def __init__(self, found: InnovatorQuerySet, number: int) -> None:
        self._found, self._number = found, number

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, part: Any) -> Any:
        return self._found.select_related("place__parent").only(*_CARD)[part]


@dataclass(frozen=True)
class MapView:
    """What the page of a map says besides its list."""

    own: InnovatorMap
    activity: Activity
    may_edit: bool
    may_curate: bool
    may_follow: bool
    follows: bool

    @property
    def is_open(self) -> bool:
        """Whether one may nominate now."""
        return self.activity.is_public and self.activity.is_open

    @property
    def is_to_come(self) -> bool:
        """Whether the call has not opened yet."""
        return self.activity.opens is not None and self.activity.window.state(timezone.now()) is State.TO_COME

    @property
    def edit_url(self) -> str:
        """Where the team prepares it."""
        return self.activity.edit_url


def map_view(own: InnovatorMap, person: Person | None) -> MapView:
    """Read what the head of a map needs; nothing is asked for a visitor."""
    follows = person is not None and Subscription.objects.filter(person=person, topic=own.topic).exists()
    return MapView(
        own=own,
        activity=own.activity,
        may_edit=can(person, "innovators.edit", own),
        may_curate=can(person, "innovators.curate", own),
        may_follow=own.activity.is_public,
        follows=follows,
    )
