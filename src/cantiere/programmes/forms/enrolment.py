"""Forms of the team about enrolments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.models import EnrolmentRules


class RulesForm(DetailsForm[EnrolmentRules]):
    """How people enrol in one activity."""

    class Meta:
        model = EnrolmentRules
        fields = ("capacity", "needs_approval", "offer_hours")
        widgets = {
            "capacity": forms.NumberInput({"class": "form-narrow", "min": 1}),
            "offer_hours": forms.NumberInput({"class": "form-narrow"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["capacity"].widget.attrs["inputmode"] = "numeric"


class DeclineForm(forms.Form):
    """Why somebody cannot be given a seat."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
        help_text=_("The person reads it in an e-mail. Write as you would speak to them."),
    )
