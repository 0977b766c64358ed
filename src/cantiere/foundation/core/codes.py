"""Several answers out of a short list, in one column: ``,times,costs,`` holds ``times`` and ``costs``.

One column instead of a table of pairs keeps a sheet flat, and still counts and filters in SQL:
``filter(kinds__contains=code("times"))``.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Field = models.Field[Any, list[str]]
else:
    _Field = models.Field


def code(value: str) -> str:
    """How one code stands in the column."""
    return f",{value},"


def joined(values: Iterable[str]) -> str:
    """Several codes as the column holds them; none is empty."""
    found = list(values)
    return f",{','.join(found)}," if found else ""


def split(column: str) -> list[str]:
    """The codes of a column, in their order."""
    return [value for value in column.split(",") if value]


class Together(models.Aggregate):
    """All values of a column in one text, to be counted with :func:`counts`; ``None`` where there is no row.

    Ten columns of ten thousand rows arrive in ten texts, several times faster than as rows, and are read once
    where a condition for each code would be asked of every row.
    """

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '\n')"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        here = self.copy()
        here.template = "STRING_AGG((%(expressions)s)::text, E'\\n')"
        return here.as_sql(compiler, connection, **extra)


def counts(together: str | None) -> Counter[str]:
    """How often each value stands in what :class:`Together` gave; none holds a line break."""
    return Counter(together.split("\n") if together is not None else ())


class CodesFormField(forms.MultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return split(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CodesField(_Field):
    """A list of codes, each of ``choices`` at most once, in the order of ``choices``."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not one of the answers.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("max_length", 250)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def db_type(self, connection: Any) -> str | None:
        return models.CharField(max_length=self.max_length).db_type(connection)

    def from_db_value(self, value: str | None, *_rest: Any) -> list[str]:
        return split(value or "")

    def to_python(self, value: Any) -> list[str]:
        return split(value) if isinstance(value, str) else list(value or [])

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str):  # a part of the column, in a lookup
            return value
        order = [str(key) for key, _label in self.flatchoices]
        return joined(sorted(set(value or []), key=lambda each: order.index(each) if each in order else 99))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:  # noqa: ARG002 (Django's signature)
        known = {str(key) for key, _label in self.flatchoices}
        for each in value:
            if each not in known:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": each}
                )

    def value_to_string(self, obj: models.Model) -> str:
        return joined(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return CodesFormField(
            required=False,
            choices=self.flatchoices,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            **kwargs,
        )

    def labels(self, values: Iterable[str]) -> list[str]:
        """The words of some codes."""
        names = {str(key): str(label) for key, label in self.flatchoices}
        return [names.get(value, value) for value in values]
