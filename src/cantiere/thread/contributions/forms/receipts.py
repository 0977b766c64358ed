"""The code of a receipt, and one's own words again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cantiere.thread.contributions import codes
from cantiere.thread.contributions.models.contribution import LONGEST

UNKNOWN = _("No receipt has this code. Look again: it has ten letters and numbers, and never a U.")


class CodeForm(forms.Form):
    """A code as people type it; one that cannot be answers as one that is not."""

    code = forms.CharField(
        label=_("Code of your receipt"),
        max_length=60,
        help_text=_("For example: K7M 2XQ 9D4T. Spaces and small letters do not matter."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "form-narrow receipt-input",
                "data-from-fragment": "",
            }
        ),
    )

    def refuse(self) -> None:
        """There is no such receipt."""
        self.add_error("code", ValidationError(UNKNOWN, code="unknown"))

    @property
    def heard(self) -> str:
        """The code as it is written."""
        return codes.heard(self.cleaned_data["code"])


class OwnTextForm(forms.Form):
    """What one said, to be said better."""

    text = forms.CharField(
        label=_("What you said"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Do not write names of people."),
    )

    def __init__(self, data: Any = None, *, text: str) -> None:
        super().__init__(data, initial={"text": text})
