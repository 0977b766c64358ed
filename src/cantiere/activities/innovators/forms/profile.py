"""The entry itself, as its innovator and the team write it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.models import Innovator
from cantiere.foundation.places.forms import PlaceField
from cantiere.programmes.forms import DetailsForm

TOLD = (
    "kind", "name", "organisation", "place", "what", "story", "offers", "needs", "interests", "sectors",
    "website", "picture", "picture_alt",
)  # fmt: skip
CHOICES = ("searchable", "takes_letters", "open_data")
HELP = {
    "name": _("As everyone will read it. If you are a person, it may also be a name you chose."),
    "organisation": _("Only if it helps to understand what you do."),
    "what": _("For example: I turn old looms into musical instruments."),
    "story": _(
        "How it began, what you change, whom with. A few lines are enough; an empty line parts paragraphs."
    ),
    "offers": _("A room, a skill, a visit, advice, time. One thing a line."),
    "needs": _("Customers, partners, a machine, someone who knows. One thing a line."),
    "interests": _("What you would like to talk about with others."),
    "website": _("The whole address, beginning with https://."),
    "picture": _("A face, hands at work, a place. JPEG, PNG or WebP, up to 8 MB."),
    "picture_alt": _("For those who do not see it: “Ada at the loom, in the old spinning mill”."),
}
SHORT = {"rows": 2, "class": "form-short"}


class ProfileForm(DetailsForm[Innovator]):
    """What an entry says; the municipality is asked, never an address."""

    place = PlaceField(
        label=_("Municipality"),
        help_text=_("On the map you stand at the centre of the municipality, never at your address."),
    )

    class Meta:
        model = Innovator
        fields = (*TOLD, *CHOICES)
        help_texts = {
            **HELP,
            "searchable": _("The search of this site and those outside lead to your entry."),
            "takes_letters": _("Through a form: who writes does not see your address, you see theirs."),
            "open_data": _("Anyone can download and reuse it, with the others who agreed."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "what": forms.Textarea(attrs=SHORT),
            "story": forms.Textarea(attrs={"rows": 10}),
            "offers": forms.Textarea(attrs={"rows": 4, "class": "form-short"}),
            "needs": forms.Textarea(attrs={"rows": 4, "class": "form-short"}),
            "interests": forms.Textarea(attrs=SHORT),
            "website": forms.URLInput,
        }

    def __init__(self, data: Any = None, files: Any = None, *, row: Innovator, **options: Any) -> None:
        super().__init__(data, files, row=row, **options)
        cast("forms.ChoiceField", self.fields["kind"]).choices = Innovator.Kind.choices
        offered = dict(row.map.offered)
        kept = {
            code: label
            for code, label in Innovator._meta.get_field("sectors").flatchoices
            if code in row.sectors
        }
        choices = list({**offered, **kept}.items())
        self.fields["sectors"].label = _("Sectors")
        cast("forms.MultipleChoiceField", self.fields["sectors"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A picture is described for those who do not see it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("picture") and not cleaned.get("picture_alt") and "picture" not in self.errors:
            self.add_error("picture_alt", _("Say in a few words what the picture shows."))
        if cleaned.get("picture") is False:
            cleaned["picture"] = cleaned["picture_alt"] = ""
        return cleaned


class OwnForm(ProfileForm):
    """The entry in the hands of its innovator: at the end they agree, or keep it for later."""

    agrees = forms.BooleanField(label=_("I agree"), required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, row: Innovator, words: str, **options: Any
    ) -> None:
        super().__init__(data, files, row=row, **options)
        if row.consented_on is not None:
            del self.fields["agrees"]
        else:
            self.fields["agrees"].help_text = words

    @property
    def agrees_now(self) -> bool:
        """Whether the box was ticked."""
        return bool(self.cleaned_data.get("agrees"))
