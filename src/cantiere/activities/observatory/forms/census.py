"""Forms about a census and the answers to it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.activities.observatory.models import Census, Sheet
from cantiere.activities.observatory.queries.questionnaires import sheets_of
from cantiere.foundation.accounts.forms import AddressField
from cantiere.programmes.forms import ActivityForm, DetailsForm, Together


class CensusForm(DetailsForm[Census]):
    """What only a census knows."""

    class Meta:
        model = Census
        fields = (
            "introduction", "is_public", "asks_funded", "call", "call_year", "asks_others",
            "remind_every_days", "most_reminders",
        )  # fmt: skip
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 8}),
            "call_year": forms.NumberInput({"class": "form-narrow"}),
            "remind_every_days": forms.NumberInput({"class": "form-narrow"}),
            "most_reminders": forms.NumberInput({"class": "form-narrow"}),
        }

    def clean(self) -> dict[str, Any]:
        """At least one questionnaire."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("asks_funded") and not cleaned.get("asks_others"):
            self.add_error("asks_others", _("Choose at least one of the two questionnaires."))
        return cleaned


class CensusEditor(Together):
    """The row that every activity has and what only a census knows, on one page."""

    def __init__(self, census: Census, data: Any = None) -> None:
        self.row = ActivityForm(
            data, row=census.activity, without={"starts_on", "ends_on", "place", "place_note"}
        )
        self.own = CensusForm(data, row=census)
        self.row.fields["opens"].help_text = _("Leave empty: people can answer as soon as it is public.")
        self.row.fields["closes"].help_text = _(
            "Who has begun may finish in the 48 hours after. Later answers can still be entered by hand."
        )
        super().__init__(self.row, self.own)


def _choices(census: Census) -> list[tuple[str, str]]:
    labels = {
        Sheet.FUNDED: _("It was funded by a call") if not census.call else _("It was funded by: %(call)s"),
        Sheet.OTHER: _("It is another experience"),
    }
    return [(sheet.value, labels[sheet] % {"call": census.call}) for sheet in sheets_of(census)]


class _SheetForm(forms.Form):
    """Which of the two questionnaires; not asked where a census has only one."""

    sheet = forms.ChoiceField(label=gettext_lazy("Questionnaire"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, census: Census, **options: Any) -> None:
        super().__init__(*args, **options)
        self.census = census
        choices = _choices(census)
        if len(choices) > 1:
            cast("forms.ChoiceField", self.fields["sheet"]).choices = choices
        else:
            del self.fields["sheet"]

    @property
    def chosen(self) -> str:
        """The questionnaire to begin."""
        return str(self.cleaned_data.get("sheet") or sheets_of(self.census)[0])


class StartForm(_SheetForm):
    """Who begins to answer."""

    email = AddressField(
        help_text=gettext_lazy("We send you the link to go on another day. We do not publish it.")
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=gettext_lazy("If we have a question about the answers. We do not publish it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "sheet" in self.fields:
            self.fields["sheet"].label = _("Your process")


class _MaybeAddress(AddressField):
    """An address, if there is one."""

    def clean(self, value: Any) -> str:
        return super().clean(value) if str(value or "").strip() else ""


class ByHandForm(_SheetForm):
    """For whom a curator fills it in."""

    name = forms.CharField(label=gettext_lazy("Who answered"), max_length=120, required=False)
    email = _MaybeAddress(
        label=gettext_lazy("Their e-mail"),
        required=False,
        help_text=gettext_lazy("We write to it when the record is public. Leave empty if there is none."),
    )


class AskForm(forms.Form):
    """What is asked of whoever answered."""

    message = forms.CharField(
        label=gettext_lazy("What should they change?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It goes out as a letter, with the link to the answers."),
    )


class DeclineForm(forms.Form):
    """Why something is not published."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("They read it in the letter. The answers are kept, not published."),
    )
