"""Lists of programmes and of what is open in them."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import pgettext_lazy

from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity, Change, Partnership, Programme
from cantiere.programmes.queries.line import BENDS

FRONT = {Partnership.Role.PROMOTER, Partnership.Role.LEAD}
_over = Q(closed_on__isnull=False)


def _past(today: date) -> Q:
    return _over | Q(ends_on__lt=today)


STATES: dict[str, tuple[object, Callable[[date], Q]]] = {
    "in-corso": (
        pgettext_lazy("programmes", "Under way"),
        lambda today: ~_past(today) & Q(paused_on=None) & (Q(starts_on=None) | Q(starts_on__lte=today)),
    ),
    "in-arrivo": (
        pgettext_lazy("programmes", "To come"),
        lambda today: ~_over & Q(paused_on=None, starts_on__gt=today),
    ),
    "in-pausa": (pgettext_lazy("programmes", "Paused"), lambda _today: ~_over & Q(paused_on__isnull=False)),
    "conclusi": (
        pgettext_lazy("programmes", "Closed"),
        lambda today: _over | Q(paused_on=None, ends_on__lt=today),
    ),
}
"""The states one can ask for: word in the address, words on the page, condition."""


def programmes_with_outline(queryset: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with what a card and its line need: places, promoters, phases, activities, bends."""
    promoters = Partnership.objects.filter(role__in=FRONT).select_related("organisation")
    activities = Activity.objects.filter(published_at__isnull=False).only(
        "programme_id", "phase_id", "starts_on", "ends_on", "opens", "closes", "cancelled_on", "order"
    )
    return queryset.prefetch_related(
        Prefetch("places", Place.objects.select_related("parent")),
        "phases",
        Prefetch("partnerships", promoters, to_attr="promoters"),
        Prefetch("activities", activities, to_attr="shown_activities"),
        Prefetch("changes", Change.objects.filter(kind__in=BENDS), to_attr="bends"),
    )


def filter_by_state(queryset: QuerySet[Programme], state: str, today: date) -> QuerySet[Programme]:
    """Those in one of :data:`STATES`; without a known one all, what runs first."""
    if state in STATES:
        return queryset.filter(STATES[state][1](today)).order_by("-starts_on", "title")
    order = [
        When(condition(today), then=Value(place)) for place, (_words, condition) in enumerate(STATES.values())
    ]
    ranked = queryset.annotate(rank=Case(*order, default=Value(9), output_field=IntegerField()))
    return ranked.order_by("rank", "-starts_on", "title")


def filter_by_place(queryset: QuerySet[Programme], place: Place | None) -> QuerySet[Programme]:
    """Those whose territory is this place, or lies inside it."""
    if place is None:
        return queryset
    inside = Place.objects.filter(
        Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place) | Q(areas=place)
    ).values("pk")
    through = Programme.places.through.objects.filter(place__in=inside).values("programme")
    return queryset.filter(pk__in=through)


def place_asked(number: str) -> Place | None:
    """The place of an address such as ``?luogo=12``, or none."""
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    return Place.objects.select_related("parent").filter(pk=int(number)).first()


def places_of_programmes() -> list[Place]:
    """The territories of public programmes, and the provinces and regions around them; by name."""
    own = Programme.places.through.objects.filter(programme__published_at__isnull=False).values("place")
    direct = list(Place.objects.filter(pk__in=own).select_related("parent__parent"))
    found = {}
    for place in direct:
        step: Place | None = place
        while step is not None:
            found[step.pk] = step
            step = step.parent
    kinds = list(Place.Kind)
    return sorted(found.values(), key=lambda place: (kinds.index(Place.Kind(place.kind)), place.folded))


def open_activities(now: datetime, limit: int) -> list[Activity]:
    """What anyone can do now, what closes first before the rest."""
    rows = Activity.objects.public().open_at(now).filter(cancelled_on__isnull=True)
    ordered = rows.select_related("programme", "place").order_by("closes", "pk")
    with_end = list(ordered.filter(closes__isnull=False)[:limit])
    return with_end + list(ordered.filter(closes__isnull=True)[: limit - len(with_end)])


def latest_outcomes(limit: int) -> list[Activity]:
    """What came of things, newest first."""
    rows = Activity.objects.public().filter(outcome_on__isnull=False).select_related("programme", "place")
    return list(rows.order_by("-outcome_on", "-pk")[:limit])
