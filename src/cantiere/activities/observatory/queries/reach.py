"""Which places a record is found under."""

from collections import defaultdict
from collections.abc import Iterable

from cantiere.foundation.places.models import Place


class Reach:
    """Today's places, read once, and what each stands in or is made of.

    A record on a union is found under the union, its municipalities, their province and region, and every
    other area that holds one of them; a record on a province is not found under each of its municipalities.
    """

    def __init__(self) -> None:
        rows = Place.objects.values_list("pk", "parent_id")
        self._parent: dict[int, int | None] = dict(rows)
        self._members: dict[int, list[int]] = defaultdict(list)
        self._areas: dict[int, list[int]] = defaultdict(list)
        for area, member in Place.members.through.objects.values_list("from_place_id", "to_place_id"):
            self._members[area].append(member)
            self._areas[member].append(area)

    def of(self, territories: Iterable[int]) -> set[int]:
        """The keys of all places under which something on these territories is found."""
        found: set[int] = set()
        for territory in territories:
            for place in (territory, *self._members[territory]):
                found |= {place, *self._areas[place]}
                above = self._parent.get(place)
                while above is not None and above not in found:
                    found.add(above)
                    above = self._parent.get(above)
        return found
