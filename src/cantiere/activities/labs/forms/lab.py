"""Forms about a laboratory as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.models import Lab
from cantiere.programmes.forms import HeldForm


class LabForm(HeldForm[Lab]):
    """What only a laboratory knows."""

    class Meta(HeldForm.Meta):
        model = Lab
        fields = (
            *HeldForm.Meta.fields,
            *("joins", "asks_name", "asks_place", "asks_actor", "ask_reason", "keep_days"),
        )
        widgets = {
            **HeldForm.Meta.widgets,
            "joins": forms.RadioSelect,
            "ask_reason": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "keep_days": forms.NumberInput({"class": "form-narrow", "min": 1, "max": 365}),
        }

    def clean(self) -> dict[str, Any]:
        """Whoever asks people where they come from, or for whom they speak, says why."""
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("asks_place") or cleaned.get("asks_actor")) and not cleaned.get("ask_reason"):
            self.add_error(
                "ask_reason", _("Say in one sentence why you ask: people read it beside the question.")
            )
        if cleaned.get("joins") == Lab.Joins.ENROLLED and not cleaned.get("takes_enrolments"):
            self.add_error(
                "joins", _("Nobody can sign up: let whoever has the code join, or let people sign up.")
            )
        return cleaned
