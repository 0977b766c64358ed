"""What somebody suggests about a public record, and what a curator takes of it."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.activities.observatory.models import Record, Status
from cantiere.activities.observatory.queries.figures import PEOPLE, is_few
from cantiere.foundation.accounts.forms import AddressField
from cantiere.programmes.forms import DetailsForm

FIELDS = (
    "status", "website", "public_contacts", "participants_actual", "participants_note", "changes",
    "new_activities",
)  # fmt: skip


class SuggestionForm(DetailsForm[Record]):
    """The record as everyone sees it, to be put right; only what differs is a suggestion.

    A number of people too small to be told is not shown, and whatever is written there is a suggestion: that
    somebody guessed it is not said either.
    """

    note = forms.CharField(
        label=gettext_lazy("Something else we should know?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    relation = forms.CharField(
        label=gettext_lazy("How do you know this process?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: I work in the municipality, I took part in it."),
    )
    email = AddressField(
        help_text=gettext_lazy("We ask you to confirm it, and tell you what came of your suggestion.")
    )

    class Meta:
        model = Record
        fields = FIELDS
        widgets = {
            "public_contacts": forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
            "participants_actual": forms.NumberInput({"class": "form-narrow", "min": 0}),
            "changes": forms.Textarea(attrs={"rows": 5}),
            "new_activities": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, row: Record, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.row = row
        for name in FIELDS:
            self.fields[name].required = False
            self.initial[name] = self._shown(name)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [("", gettext_lazy("Not stated")), *Status.choices]
        if is_few(self.row.participants_actual):
            self.fields["participants_actual"].help_text = _(
                "There were fewer than 5: we do not say how many."
            )

    def _shown(self, name: str) -> object:
        value = getattr(self.row, name)
        return None if name in PEOPLE and is_few(value) else value

    @property
    def suggested(self) -> Mapping[str, object]:
        """The fields that should be different, with what should stand there."""
        given = {name: self.cleaned_data.get(name) for name in FIELDS}
        return {name: value for name, value in given.items() if not _same(value, self._shown(name))}

    def clean(self) -> dict[str, Any]:
        """Something must be suggested."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.suggested and not cleaned.get("note"):
            self.add_error("note", _("Change a field above, or tell us here what is missing."))
        return cleaned


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return one == other or (one in ("", None) and other in ("", None))


class DecisionForm(forms.Form):
    """Which of the proposed fields are taken up, and what is answered."""

    take = forms.MultipleChoiceField(
        label=gettext_lazy("What do you take up?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answer = forms.CharField(
        label=gettext_lazy("A word to whoever suggested it"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
        help_text=gettext_lazy("They get a letter in any case. If you leave something out, say why."),
    )

    def __init__(self, *args: Any, changes: Mapping[str, object], **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.MultipleChoiceField", self.fields["take"])
        field.choices = [
            (name, capfirst(str(Record._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]
            for name in changes
        ]
        if not changes:
            del self.fields["take"]
