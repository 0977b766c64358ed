"""Several forms that are filled in on one page and sent as one: an activity and its kind."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.template.loader import render_to_string

from cantiere.programmes.forms.details import DetailsForm


def _details(part: forms.BaseForm) -> Mapping[str, object]:
    return part.details if isinstance(part, DetailsForm) else part.cleaned_data


class Together:
    """Looks like one form to the page and to ``submit``; the names of the fields of its parts differ."""

    def __init__(self, *parts: forms.BaseForm) -> None:
        self.parts = list(parts)

    def rows(self) -> Iterable[forms.BaseForm]:
        """Forms that are repeated; none by default."""
        return ()

    def is_valid(self) -> bool:
        """Whether every part is; all are asked, so that all errors show at once."""
        verdicts = [part.is_valid() for part in [*self.parts, *self.rows()]]
        return all(verdicts)

    @property
    def fields(self) -> dict[str, forms.Field]:
        """The fields of all parts by name."""
        return {name: field for part in self.parts for name, field in part.fields.items()}

    @property
    def details(self) -> dict[str, object]:
        """The checked values of all parts; actions take from them what is theirs."""
        return {name: value for part in self.parts for name, value in _details(part).items()}

    def add_error(self, field: str | None, error: Any) -> None:
        """To the part that asked for the field; to the first when it concerns all."""
        part = next((each for each in self.parts if field in each.fields), self.parts[0])
        part.add_error(field, error)

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong, for the summary; repeated forms with their prefix."""
        found: dict[str, Any] = {}
        for part in [*self.parts, *self.rows()]:
            for name, errors in part.errors.items():
                found.setdefault(part.add_prefix(name), []).extend(errors)
        return found

    def non_field_errors(self) -> ErrorList:
        """What concerns no field."""
        everyone = [*self.parts, *self.rows()]
        return ErrorList([str(each) for part in everyone for each in part.errors.get(NON_FIELD_ERRORS, [])])

    def __iter__(self) -> Iterator[BoundField]:
        for part in [*self.parts, *self.rows()]:
            yield from part

    def hidden_fields(self) -> list[BoundField]:
        """What is sent along unseen."""
        return [field for field in self if field.is_hidden]

    def visible_fields(self) -> list[BoundField]:
        """What is asked, in the order of the parts."""
        return [field for field in self if not field.is_hidden]

    def is_multipart(self) -> bool:
        """Whether a file can be sent."""
        return any(part.is_multipart() for part in self.parts)

    def __str__(self) -> str:
        """All questions one after the other, for kinds that need no page of their own to ask them."""
        return render_to_string("ui/forms/form.html", {"form": self})
