"""Forms about a programme as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.places.forms import PlacesField
from cantiere.foundation.ui.forms import DateInput
from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.forms.people import NewOrganisationFields, OrganisationField
from cantiere.programmes.models import Programme

TERRITORY_HELP = _(
    "One a line: municipalities, unions, provinces, the region. For example: Bomporto, Province of Modena."
)


class NewProgrammeForm(NewOrganisationFields):
    """What is needed to begin: the rest is mended in the workspace."""

    ORGANISATION = "promoter"

    title = forms.CharField(
        label=_("Title"), max_length=120, help_text=_("Short and clear: people look for it.")
    )
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
        help_text=_("What this programme wants to achieve, and for whom."),
    )
    places = PlacesField(label=_("Territory"), required=False, help_text=TERRITORY_HELP)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DateInput)
    promoter = OrganisationField(
        label=_("Who promotes it"),
        required=False,
        help_text=_("The body or association that answers for it."),
    )
    field_order = (
        "title",
        "summary",
        "places",
        "starts_on",
        "promoter",
        "is_new",
        "legal_form",
        "seat",
        "website",
    )

    def clean(self) -> dict[str, Any]:
        """The promoter is somebody known, or said to be new."""
        cleaned = super().clean() or self.cleaned_data
        self.find()
        return cleaned

    @property
    def details(self) -> dict[str, object]:
        """What the new programme says of itself."""
        return {name: self.cleaned_data[name] for name in ("title", "summary", "places", "starts_on")}


class ProgrammeForm(DetailsForm[Programme]):
    """What a programme says of itself."""

    places = PlacesField(label=_("Territory"), required=False, help_text=TERRITORY_HELP)

    class Meta:
        model = Programme
        fields = (
            "title",
            "summary",
            "approach",
            "places",
            "starts_on",
            "ends_on",
            "contact",
            "cover",
            "cover_alt",
        )
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "approach": forms.Textarea(attrs={"rows": 10}),
            "starts_on": DateInput,
            "ends_on": DateInput,
        }
        help_texts = {
            "approach": _(
                "How the work is done, and why so. Leave an empty line between paragraphs; "
                "## makes a heading, - a list, **two stars** strong words, [words](address) a link."
            ),
            "ends_on": _("Leave empty if you do not know it yet, or if it has no end."),
        }

    def __init__(self, *args: Any, row: Programme, **options: Any) -> None:
        places = list(row.places.select_related("parent"))
        options["initial"] = {"places": places, **(options.get("initial") or {})}
        super().__init__(*args, row=row, **options)

    def clean(self) -> dict[str, Any]:
        """Days in order; a picture is described for those who do not see it."""
        cleaned = super().clean() or self.cleaned_data
        self.keep_in_order("starts_on", "ends_on")
        if cleaned.get("cover") and not cleaned.get("cover_alt") and "cover" not in self.errors:
            self.add_error("cover_alt", _("Say in a few words what the picture shows."))
        if cleaned.get("cover") is False:
            cleaned["cover"] = ""
        return cleaned


class CopyProgrammeForm(forms.Form):
    """The name of the copy."""

    title = forms.CharField(label=_("Title of the copy"), max_length=120)
