"""One innovator as a page shows them, with those near in what they do or where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from cantiere.activities.innovators.models import Innovator, InnovatorMap
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.foundation.core.codes import code

NEAR = 3


@dataclass(frozen=True)
class ProfileView:
    """Everything a profile says to one reader."""

    innovator: Innovator
    own: InnovatorMap
    alike: Sequence[Innovator]
    nearby: Sequence[Innovator]
    may_curate: bool
    may_write: bool
    is_mine: bool


def profile_view(innovator: Innovator, person: Person | None) -> ProfileView:
    """Read a profile: on the same theme first, then nearby, nobody twice."""
    others = Innovator.objects.filter(map=innovator.map_id, state=Innovator.State.PUBLISHED)
    others = others.exclude(pk=innovator.pk).select_related("place__parent")
    alike: list[Innovator] = []
    if innovator.sectors:
        theme = Q()
        for sector in innovator.sectors:
            theme |= Q(sectors__contains=code(sector))
        alike = list(others.filter(theme)[:NEAR])
    shown = [each.pk for each in alike]
    near = Q(place=innovator.place_id) | Q(place__parent=innovator.place.parent_id)
    nearby = list(others.filter(near).exclude(pk__in=shown)[: NEAR * 4])
    nearby.sort(key=lambda each: each.place_id != innovator.place_id)
    return ProfileView(
        innovator=innovator,
        own=innovator.map,
        alike=alike,
        nearby=nearby[:NEAR],
        may_curate=can(person, "innovators.curate", innovator.map),
        may_write=can(person, "innovators.write_to", innovator),
        is_mine=person is not None and bool(innovator.email) and person.email == innovator.email,
    )
