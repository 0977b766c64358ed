"""Forms about an activity."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.places.forms import PlaceField
from cantiere.foundation.ui.forms import DateInput, DateTimeInput
from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.kinds import kinds
from cantiere.programmes.models import Activity, Phase, Programme


class PhaseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a programme's phases; nothing to choose where there are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"queryset": Phase.objects.none(), "label": _("Phase"), **options})


def offer_phases(form: forms.BaseForm, programme: Programme) -> None:
    """Let the form choose among the phases of this programme, or drop the question."""
    phases = programme.phases.all()
    if not phases:
        del form.fields["phase"]
        return
    field = cast("PhaseChoice", form.fields["phase"])
    field.queryset = phases
    field.required = programme.is_in_phases
    field.empty_label = _("Choose the phase") if field.required else _("Outside the phases")


class ActivityForm(DetailsForm[Activity]):
    """The row that every activity has; kinds add a form of their own beside it.

    ``without`` leaves fields out: a kind whose days follow from its appointments does not ask for them.
    """

    phase = PhaseChoice(required=False)
    place = PlaceField(
        label=_("Municipality"),
        required=False,
        help_text=_("Where it takes place. Leave empty if it is only online."),
    )

    class Meta:
        model = Activity
        fields = (
            "title", "summary", "phase", "goals", "place", "place_note",
            "starts_on", "ends_on", "opens", "closes",
        )  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "goals": forms.CheckboxSelectMultiple,
            "starts_on": DateInput,
            "ends_on": DateInput,
            "opens": DateTimeInput,
            "closes": DateTimeInput,
        }
        help_texts = {
            "summary": _("What it is and for whom. It is the first thing people read."),
            "ends_on": _("Leave empty if it lasts one day."),
            "opens": _(
                "From when people can take part or enrol. Leave empty if there is nothing to do here."
            ),
            "closes": _("The last moment to take part or enrol. Leave empty if it stays open."),
        }

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        row: Activity,
        without: Collection[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, files, row=row, **options)
        offer_phases(self, row.programme)
        goals = row.programme.goals.all()
        cast("forms.ModelMultipleChoiceField[Any]", self.fields["goals"]).queryset = goals
        for name in {*without, *(() if goals else ("goals",))}:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Things end after they begin."""
        cleaned = super().clean() or self.cleaned_data
        self.keep_in_order("starts_on", "ends_on")
        self.keep_in_order("opens", "closes")
        return cleaned


class NewActivityForm(forms.Form):
    """What is needed to begin an activity: what it is, its name, where it stands."""

    kind = forms.ChoiceField(label=_("What do you want to do?"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120)
    phase = PhaseChoice()

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(kind.key, kind.name) for kind in kinds()]
        cast("forms.ChoiceField", self.fields["kind"]).choices = choices
        offer_phases(self, programme)

    @property
    def details(self) -> dict[str, object]:
        """What the new row says."""
        return {"title": self.cleaned_data["title"], "phase": self.cleaned_data.get("phase")}


class CopyActivityForm(forms.Form):
    """Under which name, and where, a copy begins."""

    title = forms.CharField(label=_("Title of the copy"), max_length=120)
    phase = PhaseChoice()

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_phases(self, programme)


class CancelForm(forms.Form):
    """Why something is not held."""

    why = forms.CharField(
        label=_("Why"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
        help_text=_("Everyone reads it. Say also whether there will be a new date."),
    )


class OutcomeForm(DetailsForm[Activity]):
    """What came of it."""

    class Meta:
        model = Activity
        fields = ("outcome",)
        widgets = {"outcome": forms.Textarea(attrs={"rows": 4, "class": "form-short"})}
