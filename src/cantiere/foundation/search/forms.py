"""What may be asked."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """A few words; everything else comes from links."""

    q = forms.CharField(label=_("What are you looking for?"), max_length=200, required=False)
    kind = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
