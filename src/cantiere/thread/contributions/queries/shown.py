"""Who speaks and where from, said only where enough others share it that nobody is recognised."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from cantiere.foundation.places.models import Place
from cantiere.thread.contributions.models import ActorKind, Contribution

FEWEST = 5
Cell = tuple[int, str, int | None]


@dataclass(frozen=True)
class Shown:
    """What may be said of whoever speaks: of each activity the kinds and places that five or more share."""

    pairs: frozenset[Cell] = frozenset()
    """Activity, kind of actor and place."""
    actors: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    """Activity and kind of actor, of those whose place is not said."""

    def actor(self, row: Contribution) -> str:
        """The kind of actor, or empty."""
        if row.actor == ActorKind.UNSTATED:
            return ""
        told = self.cell(row) in self.pairs or (row.activity_id, row.actor) in self.actors
        return row.actor if told else ""

    def place(self, row: Contribution) -> Place | None:
        """The place, or nothing."""
        return row.place if row.place_id and self.cell(row) in self.pairs else None

    @staticmethod
    def cell(row: Contribution) -> Cell:
        """Where a contribution stands in the table of kinds and places."""
        return row.activity_id, row.actor, row.place_id

    def by_actor(self, actor: str) -> Q:
        """Those of whom the kind is said, and is this one."""
        pairs = [(activity, place) for activity, kind, place in self.pairs if kind == actor]
        told = [activity for activity, kind in self.actors if kind == actor]
        shown = Q(pk__in=[])
        for activity, place in pairs:
            shown |= Q(activity=activity, actor=actor, place=place)
        hidden = Q(activity__in=told, actor=actor)
        return shown | hidden

    def by_places(self, places: Iterable[Place]) -> Q:
        """Those of whom the place is said, and is one of these."""
        wanted = {place.pk for place in places}
        shown = Q(pk__in=[])
        for activity, actor, place in self.pairs:
            if place in wanted:
                shown |= Q(activity=activity, actor=actor, place=place)
        return shown


def shown_in(activities: Iterable[int]) -> Shown:
    """What may be said in these activities, counted over all that is published there; one query."""
    rows = Contribution.objects.said().filter(activity__in=list(activities), published=True)
    numbers = rows.values_list("activity", "actor", "place").annotate(n=Count("pk")).order_by()
    counted: Counter[Cell] = Counter({(a, k, p): n for a, k, p, n in numbers})
    pairs = {cell for cell, n in counted.items() if n >= FEWEST}
    left: Counter[tuple[int, str]] = Counter()
    for (activity, actor, place), n in counted.items():
        if (activity, actor, place) not in pairs:
            left[activity, actor] += n
    actors = {cell for cell, n in left.items() if n >= FEWEST}
    return Shown(frozenset(pairs), frozenset(actors))
