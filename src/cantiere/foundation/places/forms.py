"""Fields in which people write places; without script a plain input, checked when it is sent."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.places.models import Place, fold

_WITH_PROVINCE = re.compile(r"^(?P<name>.+?)\s*\(\s*(?P<province>[^()]+?)\s*\)$")
_PROVINCE = re.compile(r"^(?:provincia|citta metropolitana|province|metropolitan city) (?:di|del|of) (.+)$")
_BETWEEN = re.compile(r"[\n;,]+")


class PlaceInput(forms.TextInput):
    """A text input whose list of places fills while one writes."""

    template_name = "places/place_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None, kinds: Sequence[str] = ()) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.kinds = kinds

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        address = reverse("places:search") + "?" + urlencode({"tipo": self.kinds}, doseq=True)
        context["widget"]["attrs"] |= {
            "list": f"{context['widget']['attrs'].get('id') or name}-places",
            "hx-get": address,
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "next datalist",
            "hx-swap": "innerHTML",
        }
        return context


class _Names(forms.Field):
    """How a written name becomes a place, or an error that helps."""

    default_error_messages = {
        "unknown": _("No place is called “%(name)s”."),
        "near": _("No place is called “%(name)s”. Did you mean %(places)s?"),
        "several": _("There is more than one “%(name)s”: %(places)s. Write the one you mean."),
    }
    kinds: tuple[str, ...]

    def _place(self, written: str) -> Place:
        found = self._found(written)
        if len(found) == 1:
            return found[0]
        code = "several" if found else "near"
        near = found[:5] or Place.objects.nearest(_WITH_PROVINCE.sub(r"\g<name>", written), self.kinds)
        if not near:
            code = "unknown"
        params = {"name": written[:60], "places": "; ".join(place.label for place in near)}
        raise ValidationError(self.error_messages[code], code=code, params=params)

    def _found(self, written: str) -> list[Place]:
        if written.isdecimal():
            code = written.zfill(6) if len(written) > 3 else written  # spreadsheets eat the zeros
            return list(Place.objects.resolve(code).filter(kind__in=self.kinds).select_related("parent"))
        told = _WITH_PROVINCE.match(written)
        if told:
            return Place.objects.find(told["name"], told["province"], kinds=self.kinds)
        province = _PROVINCE.match(fold(written))
        if province and Place.Kind.PROVINCE in self.kinds:
            return Place.objects.find(province[1], kinds=[Place.Kind.PROVINCE])
        return Place.objects.find(written, kinds=self.kinds)


def _text(value: Any) -> str:
    """What stands in the input for a place, its key, or what was written."""
    if isinstance(value, int):
        value = Place.objects.select_related("parent").filter(pk=value).first() or ""
    return str(value or "")


class PlaceField(_Names):
    """One place by its name: ``Bomporto``, ``Castelfranco E.``, ``Forlì (FC)``, or by its ISTAT code."""

    def __init__(self, *, kinds: Iterable[str] = (Place.Kind.MUNICIPALITY,), **options: Any) -> None:
        self.kinds = tuple(kinds)
        super().__init__(**{"widget": PlaceInput(kinds=self.kinds), **options})

    def to_python(self, value: Any) -> Place | None:
        written = str(value or "").strip()[:200]
        return self._place(written) if written else None

    def prepare_value(self, value: Any) -> str:
        return _text(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if fold(_text(initial)) == fold(str(data or "")):
            return False
        try:
            place = self.to_python(data)
        except ValidationError:
            return True
        return bool((place and place.pk) != getattr(initial, "pk", initial))


class PlacesField(_Names):
    """Several places, one a line or between commas."""

    widget = forms.Textarea

    def __init__(self, *, kinds: Iterable[str] = Place.Kind.values, **options: Any) -> None:
        self.kinds = tuple(kinds)
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 4}), **options})

    def to_python(self, value: Any) -> list[Place]:
        places: dict[int, Place] = {}
        errors: list[ValidationError] = []
        for written in filter(None, map(str.strip, _BETWEEN.split(str(value or "")[:20_000]))):
            try:
                place = self._place(written[:200])
            except ValidationError as refused:
                errors.append(refused)
            else:
                places[place.pk] = place
        if errors:
            raise ValidationError(errors[:10])
        return list(places.values())

    def prepare_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return "\n".join(_text(each) for each in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        def lines(value: Any) -> set[str]:
            return {fold(line) for line in _BETWEEN.split(self.prepare_value(value)) if line.strip()}

        return lines(initial) != lines(data)
