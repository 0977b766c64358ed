"""Which places a record is found under."""

from collections import defaultdict
from collections.abc import Iterable

from cantiere.foundation.core.codes import joined
from cantiere.foundation.places.models import Place

WIDE = (Place.Kind.PROVINCE, Place.Kind.REGION)


class Reach:
    """Today's places, read once, and what each stands in or is made of.

    A record on a union is found under the union, its municipalities, their province and region, and every
    other area that holds one of them; a record on a province is not found under each of its municipalities.
    """

    def __init__(self) -> None:
        rows = list(Place.objects.order_by().values_list("pk", "parent_id", "kind"))
        self._parent: dict[int, int | None] = {pk: parent for pk, parent, _kind in rows}
        self._wide = {pk for pk, _parent, kind in rows if kind in WIDE}
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

    def wide(self, territories: Iterable[int]) -> str:
        """Of these, the provinces and regions, as one column: what figures by province are counted from."""
        return joined(str(pk) for pk in sorted(self.of(territories) & self._wide))
