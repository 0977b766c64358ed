"""Who speaks and where from, said only where enough others share it that nobody is recognised."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cantiere.foundation.places.models import Place
from cantiere.thread.contributions.models import ActorKind, Contribution

FEWEST = 5
Cell = tuple[int, str, int | None]
Speaker = tuple[int | None, int | None]
"""The account and the receipt somebody spoke with."""


@dataclass(frozen=True)
class Shown:
    """What may be said of whoever speaks: of each activity the kinds and places that five people share."""

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
    """What may be said in these activities, of all who speak in what is published there; one query."""
    rows = Contribution.objects.said().filter(activity__in=list(activities), published=True)
    speakers: defaultdict[Cell, set[Speaker]] = defaultdict(set)
    told = rows.values_list("activity", "actor", "place", "person", "receipt").order_by().distinct()
    for activity, actor, place, account, receipt in told:
        speakers[activity, actor, place].add((account, receipt))
    pairs = {cell for cell, found in speakers.items() if _people(found) >= FEWEST}
    left: defaultdict[tuple[int, str], set[Speaker]] = defaultdict(set)
    for cell, found in speakers.items():
        if cell not in pairs:
            left[cell[:2]] |= found
    actors = {cell for cell, found in left.items() if _people(found) >= FEWEST}
    return Shown(frozenset(pairs), frozenset(actors))


def _people(speakers: Collection[Speaker]) -> int:
    """How many they are at the least.

    One may speak under an account here and with a receipt there; those without either may be one of these.
    """
    accounts = {account for account, _receipt in speakers} - {None}
    receipts = {receipt for _account, receipt in speakers} - {None}
    return max(len(accounts), len(receipts), 1)
