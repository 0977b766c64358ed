"""Forms about goals and phases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.ui.forms import DateInput
from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.models import Goal, Phase


class PhaseForm(DetailsForm[Phase]):
    """A phase: planned days, and the days it really took."""

    class Meta:
        model = Phase
        fields = ("title", "summary", "starts_on", "ends_on", "started_on", "ended_on")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "starts_on": DateInput,
            "ends_on": DateInput,
            "started_on": DateInput,
            "ended_on": DateInput,
        }
        help_texts = {
            "started_on": _("Fill it in when the phase really starts, if it is another day."),
            "ended_on": _("Fill it in when the phase is over."),
        }

    def clean(self) -> dict[str, Any]:
        """Phases end after they begin."""
        cleaned = super().clean() or self.cleaned_data
        self.keep_in_order("starts_on", "ends_on")
        self.keep_in_order("started_on", "ended_on")
        return cleaned


class GoalForm(DetailsForm[Goal]):
    """A goal in a few words, and what it means."""

    class Meta:
        model = Goal
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "class": "form-short"})}
        help_texts = {"title": _("Begin with a verb, for example: Make innovators visible.")}
