"""What was said, chosen by filters, with what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity, Programme
from cantiere.thread.contributions.models import (
    ANSWERS,
    ActorKind,
    Coding,
    Contribution,
    Step,
    Theme,
)
from cantiere.thread.contributions.queries.becoming import Followed, followed
from cantiere.thread.contributions.queries.shown import Shown, shown_in

OUTCOMES: dict[str, tuple[str, ...]] = {
    "con-risposta": ANSWERS,
    "accolto": (Step.Kind.ACCEPTED,),
    "accolto-in-parte": (Step.Kind.PARTLY,),
    "non-accolto": (Step.Kind.REFUSED,),
    "in-una-proposta": (Step.Kind.PROPOSED,),
    "con-impegno": (Step.Kind.COMMITTED,),
    "con-risultato": (Step.Kind.RESULT,),
}


@dataclass(frozen=True)
class PublicRow:
    """A contribution as everyone reads it."""

    followed: Followed
    who: str
    place: Place | None

    @property
    def row(self) -> Contribution:
        """The contribution."""
        return self.followed.contribution


def chosen(programme: Programme, asked: Mapping[str, Any], actor: str) -> "QuerySet[Contribution]":
    """What everyone may read and the filters ask; ``actor`` is the kind in the code of the table."""
    found = Contribution.objects.public().filter(activity__programme=programme)
    for word in str(asked["q"]).split()[:8]:
        found = found.filter(text__icontains=word)
    if asked["themes"]:
        own = Q(theme__slug__in=asked["themes"]) | Q(theme__parent__slug__in=asked["themes"])
        found = found.filter(Exists(Coding.objects.filter(own, contribution=OuterRef("pk"))))
    if asked["activity"]:
        found = found.filter(activity__slug=asked["activity"])
    found = found.filter(_became(asked["became"]))
    if actor or asked["place"]:
        shown = shown_in(found.order_by().values_list("activity", flat=True).distinct())
        if actor:
            found = found.filter(shown.by_actor(actor))
        if asked["place"]:
            found = found.filter(shown.by_places(Place.objects.within(asked["place"])))
    order = "day" if asked["order"] == "vecchi" else "-day"
    return found.select_related("activity__programme", "place__parent").order_by(order, "pk")


def _became(asked: str) -> Q:
    if asked == "senza-risposta":
        return ~Q(_has(ANSWERS))
    return Q(_has(OUTCOMES[asked])) if asked in OUTCOMES else Q()


def _has(kinds: Sequence[str]) -> Exists:
    return Exists(Step.objects.filter(contribution=OuterRef("pk"), kind__in=kinds))


def public_rows(contributions: Sequence[Contribution]) -> list[PublicRow]:
    """Each with what became of it and what may be said of who spoke; five queries."""
    shown = shown_in({row.activity_id for row in contributions})
    return [_row(each, shown) for each in followed(contributions, own=False)]


def _row(each: Followed, shown: Shown) -> PublicRow:
    actor = shown.actor(each.contribution)
    return PublicRow(each, str(ActorKind(actor).label) if actor else "", shown.place(each.contribution))


# For the team ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Desk:
    """What an activity's list of contributions can be narrowed to, with how many."""

    total: int
    uncoded: int
    held: int
    withdrawn: int


def desk(activity: Activity) -> Desk:
    """In one query."""
    coded = Exists(Coding.objects.filter(contribution=OuterRef("pk")))
    here = Q(withdrawn_on__isnull=True)
    numbers = Contribution.objects.filter(activity=activity).annotate(coded=coded)
    return Desk(
        **numbers.aggregate(
            total=Count("pk", filter=here),
            uncoded=Count("pk", filter=here & Q(coded=False)),
            held=Count("pk", filter=here & Q(published=False)),
            withdrawn=Count("pk", filter=~here),
        )
    )


def of_activity(activity: Activity, narrowed: str, theme: Theme | None) -> "QuerySet[Contribution]":
    """What was said in it, for the team: ``narrowed`` is ``senza-tema``, ``non-pubblicati`` or nothing."""
    found = Contribution.objects.said().filter(activity=activity).select_related("place__parent")
    if narrowed == "senza-tema":
        found = found.filter(codings__isnull=True)
    if narrowed == "non-pubblicati":
        found = found.filter(published=False)
    if theme is not None:
        found = found.filter(codings__theme=theme)
    return found.order_by("-day", "origin", "pk")


@dataclass(frozen=True)
class Reported:
    """A step that was reported of several contributions of an activity."""

    step: Step
    count: int


def reported(activity: Activity) -> list[Reported]:
    """What was said of the contributions of an activity, event by event, the latest first."""
    steps = Step.objects.filter(contribution__activity=activity)
    events = steps.values("kind", "reference", "words", "link", "on").annotate(n=Count("pk")).order_by("-on")
    return [
        Reported(
            Step(**{name: event[name] for name in ("kind", "reference", "words", "link", "on")}), event["n"]
        )
        for event in events[:50]
    ]
