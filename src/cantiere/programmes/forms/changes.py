"""Forms about what changes along the way."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.ui.forms import DateInput
from cantiere.programmes.forms.activity import PhaseChoice
from cantiere.programmes.models import Change, Programme

Kind = Change.Kind
WORDS = {
    Kind.PAUSED: _("Pause: we stop for a while"),
    Kind.RESUMED: _("Resume: we start again"),
    Kind.REPLANNED: _("Re-plan: we do things in another way"),
    Kind.EXTENDED: _("Extend: we take more time"),
    Kind.CLOSED: _("Close: the programme is over"),
}


def possible_changes(programme: Programme) -> list[Change.Kind]:
    """What can happen to it as it stands."""
    if programme.closed_on is not None:
        return [Kind.RESUMED]
    first = Kind.RESUMED if programme.paused_on is not None else Kind.PAUSED
    return [first, Kind.REPLANNED, Kind.EXTENDED, Kind.CLOSED]


class ChangeForm(forms.Form):
    """What happened, since when, why, and what changes."""

    kind = forms.ChoiceField(label=_("What happens?"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("Since when"), widget=DateInput)
    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
        help_text=_("Everyone reads it: say it plainly."),
    )
    what = forms.CharField(
        label=_("What changes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is done otherwise, what is no longer done, what is new."),
    )
    phase = PhaseChoice(label=_("Does it concern one phase?"))
    days = forms.IntegerField(
        label=_("Days added"),
        required=False,
        min_value=1,
        max_value=3650,
        widget=forms.NumberInput({"class": "form-narrow"}),
        help_text=_("Only if you extend."),
    )
    ends_on = forms.DateField(
        label=_("New last day"), required=False, widget=DateInput, help_text=_("Only if it moves.")
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("on", timezone.localdate())
        kinds = possible_changes(programme)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(kind.value, WORDS[kind]) for kind in kinds]
        phases = programme.phases.all()
        if phases:
            field = cast("PhaseChoice", self.fields["phase"])
            field.queryset, field.required, field.empty_label = phases, False, _("No, the whole programme")
        else:
            del self.fields["phase"]

    def clean(self) -> dict[str, Any]:
        """An extension says how long it is."""
        cleaned = super().clean() or self.cleaned_data
        extended = cleaned.get("kind") == Kind.EXTENDED
        if extended and not cleaned.get("days") and not cleaned.get("ends_on"):
            self.add_error("days", _("Say how many days are added, or give the new last day."))
        return cleaned


class CorrectionForm(forms.Form):
    """What was wrong in a change already told, and how it is."""

    reason = forms.CharField(
        label=_("Correction"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-short"}),
        help_text=_("Say what was wrong and what is right. The first text stays readable."),
    )
