"""Forms about a map."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.models import InnovatorMap
from cantiere.programmes.forms import ActivityForm, DetailsForm, OutcomeForm, Together


class MapForm(DetailsForm[InnovatorMap]):
    """What only a map knows."""

    class Meta:
        model = InnovatorMap
        fields = ("intro", "sectors", "takes_others", "thanks", "months")
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 8}),
            "thanks": forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
            "months": forms.NumberInput({"class": "form-narrow", "min": 3, "max": 36}),
        }

    def __init__(self, *args: Any, row: InnovatorMap, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.fields["sectors"].label = _("Sectors to choose from")


class MapEditor(Together):
    """The row, the map's own words, what came of it: one page, one sending."""

    def __init__(self, own: InnovatorMap, data: Any = None) -> None:
        self.row = ActivityForm(data, row=own.activity, without={"place_note", "starts_on", "ends_on"})
        self.own = MapForm(data, row=own)
        self.outcome = OutcomeForm(data, row=own.activity)
        fields = self.row.fields
        fields["opens"].help_text = _("From when people can nominate. Empty: only the team adds innovators.")
        fields["closes"].help_text = _("The last moment to nominate. The map stays also afterwards.")
        fields["place"].help_text = _("Only if the map is about one municipality.")
        super().__init__(self.row, self.own, self.outcome)
