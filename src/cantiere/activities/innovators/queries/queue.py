"""The curators' queue: who waits for the team, who waits for themselves, who may be there twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from cantiere.activities.innovators.models import Departure, Innovator, InnovatorMap, Nomination
from cantiere.engine.words import fold

State = Innovator.State
FEW = 200


@dataclass(frozen=True)
class Waiting:
    """An entry with the nominations that brought it and those that may be the same."""

    innovator: Innovator
    nominations: Sequence[Nomination] = ()
    doubles: Sequence[Innovator] = ()


@dataclass(frozen=True)
class Queue:
    """What the team sees of a map."""

    to_read: Sequence[Waiting]
    to_reach: Sequence[Waiting]
    to_reread: Sequence[Waiting]
    with_them: Sequence[Innovator]
    hidden: Sequence[Innovator]
    to_ask: Sequence[Innovator]
    counts: dict[str, int] = field(default_factory=dict)
    left: int = 0

    @property
    def published(self) -> int:
        """How many are on the map."""
        return self.counts.get(State.PUBLISHED, 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for the team."""
        return not (self.to_read or self.to_reach or self.to_reread or self.to_ask)


def queue(own: InnovatorMap) -> Queue:
    """Read the queue in a few queries, whatever its length."""
    rows = own.innovators.select_related("place__parent")
    counted = own.innovators.order_by().values("state").annotate(number=Count("pk"))
    waiting = list(rows.waiting().order_by("state_on", "pk").prefetch_related("nominations")[:FEW])
    twice = doubles(own, waiting)
    told = [Waiting(each, list(each.nominations.all()), twice.get(each.pk, ())) for each in waiting]
    for each in told:
        each.innovator.map = own
    rest = rows.filter(state__in=[State.UNCONFIRMED, State.INVITED, State.CHANGES]).order_by("state_on", "pk")
    hidden = rows.filter(state__in=[State.STALE, State.DECLINED]).order_by("state_on", "pk")
    ask = rows.filter(state=State.PUBLISHED, asked__gt=0, email="").order_by("asked_on", "pk")
    return Queue(
        to_read=[each for each in told if each.innovator.state == State.CURATION],
        to_reach=[each for each in told if each.innovator.state == State.TO_REACH],
        to_reread=[each for each in told if each.innovator.state == State.PUBLISHED],
        with_them=list(rest[:FEW]),
        hidden=list(hidden[:FEW]),
        to_ask=list(ask[:FEW]),
        counts={row["state"]: row["number"] for row in counted},
        left=Departure.objects.filter(map=own).count(),
    )


def doubles(own: InnovatorMap, innovators: Sequence[Innovator]) -> dict[int, list[Innovator]]:
    """For each of these, others of the same map with the same name in the same place, or the same address."""
    places = {each.place_id for each in innovators}
    emails = {each.email for each in innovators if each.email}
    others = own.innovators.select_related("place__parent").order_by("pk")
    near = list((others.filter(place__in=places) | others.filter(email__in=emails))[: FEW * 10])
    by_name: dict[tuple[int, str], list[Innovator]] = {}
    by_email: dict[str, list[Innovator]] = {}
    for each in near:
        by_name.setdefault((each.place_id, fold(each.name)), []).append(each)
        if each.email:
            by_email.setdefault(each.email, []).append(each)
    found = {}
    for each in innovators:
        same = by_name.get((each.place_id, fold(each.name)), []) + by_email.get(each.email, [])
        found[each.pk] = [one for one in {other.pk: other for other in same}.values() if one.pk != each.pk]
    return found
