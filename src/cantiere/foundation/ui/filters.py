"""Filters whose state is the address: a form that is read, never saved."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, cast, runtime_checkable
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from cantiere.foundation.ui import dates

MOST_VALUES = 50
IN_ROW = 5


@dataclass(frozen=True)
class Chip:
    """One filter in force: words that go on the sentence of the count, and the address without it."""

    words: str
    query: str
    name: str


@runtime_checkable
class SpokenField(Protocol):
    """A field that knows how its value is written in the address, and what its chip says."""

    def to_parameter(self, value: Any) -> str: ...

    def chip(self, value: Any) -> str: ...


class FilterForm(forms.Form):
    """What may be asked of a list, by GET; nothing is required.

    Fields are named in English; ``parameters`` gives their names in the address. ``words`` gives the chip of
    a field, with ``%(value)s`` for what was chosen. ``search`` names the field that stands outside the folded
    filters. ``quiet`` fields order or show the list and have no chip. A field's ``initial`` is its default
    and stays out of the address.
    """

    parameters: ClassVar[Mapping[str, str]] = {}
    words: ClassVar[Mapping[str, str | Promise]] = {}
    search: ClassVar[str] = "q"
    quiet: ClassVar[Collection[str]] = ()

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        self.asked = (data or QueryDict()).copy()
        super().__init__(data=self.asked, auto_id="filter_%s", **options)
        for name, field in self.fields.items():
            field.required = False
            field.widget.is_required = False
            parameter = self.add_prefix(name)
            if field.initial is not None and parameter not in self.asked:
                self.asked.setlist(parameter, self._written(name, self._default(field)))

    def add_prefix(self, field_name: str) -> str:
        """The name of a field in the address."""
        return self.parameters.get(field_name, field_name)

    def full_clean(self) -> None:
        """As Django does, but what is wrong takes nothing else away: the rest applies."""
        super().full_clean()
        for name, field in self.fields.items():
            if name in self.errors:
                self.cleaned_data[name] = self._what_is_right(name, field)
            else:
                self.cleaned_data.setdefault(name, self._default(field))

    def _what_is_right(self, name: str, field: forms.Field) -> Any:
        if not _holds_several(field):
            return self._default(field)
        given = self.asked.getlist(self.add_prefix(name))[:MOST_VALUES]
        return field.clean([value for value in given if _passes(field, value)])

    @staticmethod
    def _default(field: forms.Field) -> Any:
        initial = field.initial() if callable(field.initial) else field.initial
        return field.clean(initial)

    @property
    def chosen(self) -> dict[str, Any]:
        """What is asked: every field is there, empty or at its default where nothing valid was said."""
        self.is_valid()
        return self.cleaned_data

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force in the order of the fields, several values of a field one by one."""
        found = []
        for name, value in self._in_force():
            several = list(dict.fromkeys(value)) if _holds_several(self.fields[name]) else [value]
            for one in several:
                rest = [other for other in several if other != one] or None
                found.append(Chip(self._say(name, one), self.query(**{name: rest}), name))
        return found

    @property
    def active(self) -> int:
        """How many filters are in force; 0 shows everything."""
        return len(self.chips)

    @property
    def folded_active(self) -> int:
        """How many of them stand among the folded filters."""
        return sum(chip.name != self.search for chip in self.chips)

    def query(self, **changes: Any) -> str:
        """The address of this state, or of it with changes, without ``?``; ``None`` takes a filter away.

        Values are as chosen or as written in the address. The order is that of the fields, defaults and
        what was refused are left out: the same state has one address.
        """
        unknown = changes.keys() - self.fields.keys()
        if unknown:
            raise KeyError(*unknown)
        state = self._state | {name: self._asked(name, value) for name, value in changes.items()}
        return "&".join(filter(None, state.values()))

    @cached_property
    def _state(self) -> dict[str, str]:
        """What each field adds to the address of this state, in the order of the fields."""
        return {name: self._asked(name, self.chosen[name]) for name in self.fields}

    @cached_property
    def _usual(self) -> dict[str, list[str]]:
        """How the default of each field would stand in the address."""
        return {name: self._written(name, self._default(field)) for name, field in self.fields.items()}

    def _asked(self, name: str, value: Any) -> str:
        """What a field adds to an address, nothing at its default."""
        written = self._written(name, value)
        if not written or written == self._usual[name]:
            return ""
        return urlencode([(self.add_prefix(name), one) for one in written])

    @property
    def cleared(self) -> str:
        """The address without any filter; order and view stay."""
        return self.query(**dict.fromkeys(self.fields.keys() - set(self.quiet)))

    @property
    def search_field(self) -> BoundField | None:
        """The field that stands outside the folded filters."""
        return self[self.search] if self.search in self.fields else None

    @property
    def folded_fields(self) -> list[BoundField]:
        """The other fields that stand in the row; up to six all do, of more the first five."""
        others = self._others
        return others if len(others) <= IN_ROW + 1 else others[:IN_ROW]

    @property
    def further_fields(self) -> list[BoundField]:
        """Those that fold once more."""
        return self._others[len(self.folded_fields) :]

    @property
    def further_active(self) -> int:
        """How many filters of the further fields are in force."""
        further = {field.name for field in self.further_fields}
        return sum(chip.name in further for chip in self.chips)

    @property
    def _others(self) -> list[BoundField]:
        return [field for field in self.visible_fields() if field.name != self.search]

    @property
    def mistakes(self) -> list[str]:
        """What was refused, each as a sentence that names its field."""
        told = [f"{self[name].label}: {' '.join(map(str, self.errors[name]))}" for name in self._refused()]
        return [*told, *map(str, self.non_field_errors())]

    def _refused(self) -> list[str]:
        return [name for name in self.fields if name in self.errors]

    def _in_force(self) -> Iterable[tuple[str, Any]]:
        for name in self.fields:
            value = self.chosen[name]
            written = self._written(name, value)
            if name not in self.quiet and written and written != self._usual[name]:
                yield name, value

    def _written(self, name: str, value: Any) -> list[str]:
        """A value as it stands in the address: a list, because a field may hold several."""
        field = self.fields[name]
        if value is None or value is False or value == "":
            return []
        if _holds_several(field) and not isinstance(value, str):
            return sorted({one for each in value for one in self._written_one(field, each)})
        return self._written_one(field, value)

    @staticmethod
    def _written_one(field: forms.Field, value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        if value is True:
            return ["1"]
        if isinstance(field, SpokenField):
            return [field.to_parameter(value)]
        if isinstance(value, dt.date):
            return [value.isoformat()]
        return [str(field.prepare_value(value))]

    def _say(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, SpokenField):
            return field.chip(value)
        label = str(_label(field, value))
        pattern = self.words.get(name)
        if pattern is not None:
            return str(pattern) % {"value": label}
        if isinstance(field, forms.BooleanField):
            return str(self[name].label)
        if name == self.search:
            return _("with the words “%(value)s”") % {"value": label}
        return f"{self[name].label}: {label}"


def _holds_several(field: forms.Field) -> bool:
    return isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))


def _passes(field: forms.Field, value: str) -> bool:
    try:
        field.clean([value])
    except ValidationError:
        return False
    return True


def _label(field: forms.Field, value: Any) -> object:
    """The words of a choice; of anything else the value itself."""
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    if isinstance(value, dt.date):
        return dates.full_day(value)
    if isinstance(field, forms.ChoiceField):
        for key, label in cast("Iterable[tuple[Any, Any]]", field.choices):
            pairs = label if isinstance(label, (list, tuple)) else [(key, label)]
            for one, words in pairs:
                if str(one) == str(value):
                    return cast("object", words)
    return value
