"""What one writes to take a seat, and to say that one came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.programmes.actions.enrolment import CODE_LETTERS
from cantiere.programmes.models import Enrolment


class EnrolForm(forms.ModelForm):  # type: ignore[type-arg]
    """Enrolling; whether one connects from afar is asked only where both are possible."""

    class Meta:
        model = Enrolment
        fields = ["online", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, is_hybrid: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_hybrid:
            del self.fields["online"]


class DoorForm(forms.Form):
    """The code shown at the door."""

    code = forms.CharField(
        label=_("Code at the door"),
        max_length=12,
        help_text=_("Five figures. You find them at the entrance, or on the screen."),
        widget=forms.TextInput(
            attrs={"class": "form-narrow", "inputmode": "numeric", "autocomplete": "off", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """The figures alone: people write spaces and dashes."""
        return "".join(sign for sign in self.cleaned_data["code"] if sign in CODE_LETTERS)
