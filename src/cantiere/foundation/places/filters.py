"""A place as a filter: one address however its name was written, and words that go on a sentence."""

import re
from typing import Any

from django.utils.translation import get_language, pgettext

from cantiere.foundation.places.forms import PlaceField
from cantiere.foundation.places.models import Place

_KEY = re.compile(rf"^({'|'.join(Place.Kind.values)})-([\w-]{{1,40}})$", re.ASCII)
# The regions that Italian names with an article: «nel Lazio», «nelle Marche».
_WITH_ARTICLE = {"12": "nel Lazio", "11": "nelle Marche"}
EVERY_KIND = (Place.Kind.MUNICIPALITY, Place.Kind.PROVINCE, Place.Kind.REGION, Place.Kind.AREA)


def place_key(place: Place) -> str:
    """How a place is written in an address: ``municipality-036006``; it stays when names change."""
    return f"{place.kind}-{place.code}"


def place_of_key(key: str) -> Place | None:
    """Today's place of a key, also where the code is of the past; nothing where it names none, or several."""
    parts = _KEY.match(key)
    found = _of_key(*parts.groups()) if parts else []
    return found[0] if len(found) == 1 else None


def _of_key(kind: str, code: str) -> list[Place]:
    exact = Place.objects.current().filter(kind=kind, code=code).select_related("parent")
    return list(exact) or list(Place.objects.resolve(code).filter(kind=kind).select_related("parent"))


class PlaceFilterField(PlaceField):
    """A municipality, province, region or area, by its name or by its key.

    Old codes and names lead to today's place.
    """

    def __init__(self, *, kinds: tuple[str, ...] = EVERY_KIND, **options: Any) -> None:
        super().__init__(kinds=kinds, **{"required": False, **options})
        self._read: dict[str, list[Place]] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> "PlaceFilterField":
        """Each form reads anew: what was found belongs to one request."""
        mine: PlaceFilterField = super().__deepcopy__(memo)
        mine._read = {}
        return mine

    def _found(self, written: str) -> list[Place]:
        if written not in self._read:
            key = _KEY.match(written)
            of_key = [place for place in _of_key(*key.groups()) if place.kind in self.kinds] if key else None
            self._read[written] = self._widest(written) if of_key is None else of_key
        return self._read[written]

    def _widest(self, written: str) -> list[Place]:
        """«Modena» is a municipality and a province: the widest is taken, and the chip says which."""
        found = super()._found(written)
        for kind in (Place.Kind.REGION, Place.Kind.PROVINCE):
            of_kind = [place for place in found if place.kind == kind]
            if len(of_kind) == 1:
                return of_kind
        return found

    def prepare_value(self, value: Any) -> str:
        """In the input stands the name, also when the address holds the key."""
        if isinstance(value, str) and _KEY.match(value):
            found = self._found(value)
            return found[0].label if len(found) == 1 else value
        return super().prepare_value(value)

    def to_parameter(self, value: Place) -> str:
        """The key, for the address."""
        return place_key(value)

    def chip(self, value: Place) -> str:
        """«a Bomporto (MO)», «in provincia di Modena», «in Emilia-Romagna»."""
        return whereabouts(value)


def whereabouts(place: Place) -> str:
    """Where something is, to go on a sentence; needs the parent of a municipality."""
    if get_language() == "it":
        if place.kind == Place.Kind.MUNICIPALITY:
            return f"{'ad' if place.name[:1] in 'AÀaà' else 'a'} {place.label}"
        if place.kind == Place.Kind.REGION and place.code in _WITH_ARTICLE:
            return _WITH_ARTICLE[place.code]
    if place.form == Place.Form.METROPOLITAN_CITY:
        return pgettext("whereabouts", "in the metropolitan city of %(name)s") % {"name": place.name}
    patterns = {
        Place.Kind.MUNICIPALITY: pgettext("whereabouts", "in %(name)s"),
        Place.Kind.PROVINCE: pgettext("whereabouts", "in the province of %(name)s"),
        Place.Kind.AREA: pgettext("whereabouts", "in the area “%(name)s”"),
        Place.Kind.REGION: pgettext("whereabouts", "in the region %(name)s"),
    }
    kind = Place.Kind(place.kind)
    return patterns[kind] % {"name": place.label if kind == Place.Kind.MUNICIPALITY else place.name}
