"""What may be asked."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.places.filters import PlaceFilterField
from cantiere.foundation.ui.filters import FilterForm


class SearchForm(FilterForm):
    """A few words, and where; the kind comes from links."""

    parameters: ClassVar[dict[str, str]] = {"place": "luogo"}
    quiet = ("q", "kind")

    q = forms.CharField(label=_("What are you looking for?"), max_length=200)
    place = PlaceFilterField(label=_("Where, if you like"))
    kind = forms.CharField(max_length=60, widget=forms.HiddenInput)
