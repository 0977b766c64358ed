"""What the team says about an entry."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.forms.nomination import OptionalAddressField
from cantiere.activities.innovators.forms.profile import ProfileForm
from cantiere.activities.innovators.models import Innovator
from cantiere.foundation.accounts.forms import AddressField
from cantiere.foundation.ui.forms import DateInput


class CuratedForm(ProfileForm):
    """The entry in the hands of the team, who chooses nothing in place of the innovator."""

    def __init__(self, *args: Any, row: Innovator, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        for name in ("searchable", "takes_letters", "open_data"):
            del self.fields[name]


class PaperFields(forms.Form):
    """A consent on paper: its day, and where the sheet is."""

    given_on = forms.DateField(label=_("Day on the signed sheet"), widget=DateInput)
    note = forms.CharField(
        label=_("Where the sheet is kept"),
        max_length=200,
        help_text=_("For example: folder “Mappa 2026”, office 12."),
    )

    def clean_given_on(self) -> Any:
        """Nobody has signed tomorrow."""
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A consent cannot be of a day to come."))
        return day


class PaperForm(PaperFields):
    """They signed a sheet."""


class ByHandForm(ProfileForm, PaperFields):
    """An entry written from a signed sheet."""

    email = OptionalAddressField(
        label=_("Their e-mail"),
        required=False,
        help_text=_("If they have one, they get the link to change or erase the entry. Nobody sees it."),
    )


class InviteForm(forms.Form):
    """The address that was missing."""

    email = AddressField(
        label=_("Their e-mail"), help_text=_("They get one letter, and decide whether to be on the map.")
    )


class DecisionForm(forms.Form):
    """What goes in the letter when something is asked or refused."""

    message = forms.CharField(
        label=_("What you want to tell them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to ask for changes or to decline: it stands in the letter they get."),
    )
