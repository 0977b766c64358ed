"""Rows that hang on a record: bodies, extensions, tools; two empty ones are always there to write in."""

from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.actions.records import known_organisation
from cantiere.activities.observatory.models import (
    BodyRole,
    Extension,
    ExtensionKind,
    Record,
    RecordBody,
    Tool,
    ToolUse,
    Used,
)
from cantiere.foundation.ui.forms import DateInput

EMPTY, MOST = 2, 60
Row = TypeVar("Row", bound=Model)


class BodyForm(forms.Form):
    """Who else is in it."""

    role = forms.ChoiceField(label=_("Role"), choices=BodyRole.choices, initial=BodyRole.PARTNER)
    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args: Any, record: Record, **options: Any) -> None:
        self.record = record
        super().__init__(*args, **options)

    @property
    def row(self) -> RecordBody:
        given = self.cleaned_data
        return RecordBody(
            record=self.record,
            role=given["role"],
            name=given["name"],
            organisation=known_organisation(given["name"]),
        )


class ExtensionForm(forms.Form):
    """Days that were added."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("extension", "Kind"),
        choices=ExtensionKind.choices,
        initial=ExtensionKind.EXTENSION,
    )
    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=3660, widget=forms.NumberInput({"class": "form-narrow"})
    )
    requested_on = forms.DateField(label=_("Asked for on"), required=False, widget=DateInput)
    granted_on = forms.DateField(label=_("Granted on"), required=False, widget=DateInput)
    act = forms.CharField(label=_("Act"), max_length=200, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=400, required=False)

    def __init__(self, *args: Any, record: Record, **options: Any) -> None:
        self.record = record
        super().__init__(*args, **options)

    @property
    def row(self) -> Extension:
        given = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return Extension(record=self.record, **given)


class UseForm(forms.Form):
    """A tool, since when, and what it stood in for."""

    tool = forms.TypedChoiceField(label=_("Tool or method"), coerce=int)
    since = forms.ChoiceField(label=_("Since when it is used"), choices=Used.choices, initial=Used.PLANNED)
    instead_of = forms.TypedChoiceField(label=_("Instead of"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, record: Record, tools: list[tuple[int, str]], **options: Any) -> None:
        self.record = record
        super().__init__(*args, **options)
        for name in ("tool", "instead_of"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", "—"), *tools]

    @property
    def row(self) -> ToolUse:
        given = self.cleaned_data
        return ToolUse(
            record=self.record,
            tool_id=given["tool"],
            since=given["since"],
            instead_of_id=given["instead_of"],
        )


class _Rows(forms.BaseFormSet[Any], Generic[Row]):
    """What stands, two empty rows, a box to remove each."""

    twice = _("The same thing stands here twice: remove one.")
    mark: tuple[str, ...] = ()

    def clean(self) -> None:
        seen: set[tuple[Any, ...]] = set()
        for form in self._kept():
            key = tuple(form.cleaned_data.get(name) for name in self.mark)
            if self.mark and key in seen:
                raise ValidationError(self.twice)
            seen.add(key)

    def _kept(self) -> list[Any]:
        return [
            form
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]

    @property
    def given(self) -> list[Any]:
        """The rows that stay, in their order."""
        return [form.row for form in self._kept()]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this row")


def _factory(form: type[forms.Form], rows: type[_Rows[Any]]) -> Any:
    return forms.formset_factory(
        form, formset=rows, extra=EMPTY, max_num=MOST, absolute_max=MOST, validate_max=True, can_delete=True
    )


class _Bodies(_Rows[RecordBody]):
    mark = ("role", "name")

    def __init__(self, data: Any = None, *, record: Record) -> None:
        first = [{"role": row.role, "name": row.name} for row in record.bodies.all()]
        super().__init__(data, initial=first, prefix="bodies", form_kwargs={"record": record})


class _Extensions(_Rows[Extension]):
    def __init__(self, data: Any = None, *, record: Record) -> None:
        names = ExtensionForm.base_fields
        first = [{name: getattr(row, name) for name in names} for row in record.extensions.all()]
        super().__init__(data, initial=first, prefix="extensions", form_kwargs={"record": record})


class _Uses(_Rows[ToolUse]):
    mark = ("tool",)

    def __init__(self, data: Any = None, *, record: Record) -> None:
        first = [
            {"tool": row.tool_id, "since": row.since, "instead_of": row.instead_of_id}
            for row in record.uses.all()
        ]
        tools = list(Tool.objects.values_list("pk", "name"))
        super().__init__(data, initial=first, prefix="uses", form_kwargs={"record": record, "tools": tools})


Bodies = _factory(BodyForm, _Bodies)
Extensions = _factory(ExtensionForm, _Extensions)
Uses = _factory(UseForm, _Uses)
