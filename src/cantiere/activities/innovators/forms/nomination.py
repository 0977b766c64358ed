"""The call: short forms, for an old phone in a queue."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.innovators.models import Innovator, Letter
from cantiere.foundation.accounts.forms import AddressField
from cantiere.foundation.places.forms import PlaceField
from cantiere.programmes.forms import DetailsForm

SHORT = {"rows": 2, "class": "form-short"}


class OptionalAddressField(AddressField):
    """An address that may be left out."""

    def clean(self, value: Any) -> str:
        return super().clean(value) if str(value or "").strip() else ""


class OneselfForm(DetailsForm[Innovator]):
    """What is needed to begin; the rest is told from the link that comes by mail."""

    place = PlaceField(
        label=_("Municipality"),
        help_text=_("On the map you stand at the centre of the municipality, never at your address."),
    )
    email = AddressField(help_text=_("We send you the link to go on. Nobody will see it."))

    class Meta:
        model = Innovator
        fields = ("kind", "name", "place", "what", "email")
        widgets = {"kind": forms.RadioSelect, "what": forms.Textarea(attrs=SHORT)}
        help_texts = {
            "name": _("As everyone will read it. If you are a person, it may also be a name you chose."),
            "what": _("For example: I turn old looms into musical instruments."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["kind"]).choices = Innovator.Kind.choices


class OtherForm(DetailsForm[Innovator]):
    """Only what is needed to ask somebody whether they want to be on the map."""

    NOMINATION = ("why", "by_name", "by_email", "may_name")

    place = PlaceField(label=_("Municipality"))
    email = OptionalAddressField(
        label=_("Their e-mail"),
        required=False,
        help_text=_("We write to them once. They decide whether to be on the map."),
    )
    why = forms.CharField(
        label=_("How do you know them, and why should they be on the map?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-short"}),
        help_text=_("Only the team reads it."),
    )
    by_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    by_email = AddressField(help_text=_("We send you a link to confirm. Then we forget it."))
    may_name = forms.BooleanField(
        label=_("You may tell them that it was me"),
        required=False,
        help_text=_("Otherwise we only say that somebody nominated them."),
    )

    class Meta:
        model = Innovator
        fields = ("kind", "name", "place", "what", "email", "reach")
        labels = {
            "kind": _("Whom do you nominate?"),
            "name": _("Their name"),
            "what": _("What they do, in one line"),
            "reach": _("If you do not know their e-mail: how can we reach them?"),
        }
        widgets = {"kind": forms.RadioSelect, "what": forms.Textarea(attrs=SHORT)}
        help_texts = {
            "what": _("For example: she brings old varieties of beans back to the mountain."),
            "reach": _("A public contact: the website, the shop, the association."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["kind"]).choices = Innovator.Kind.choices

    def clean(self) -> dict[str, Any]:
        """There must be a way to ask them."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("email") and not cleaned.get("reach") and "email" not in self.errors:
            self.add_error("email", _("Write their e-mail, or how else we can reach them."))
        return cleaned

    @property
    def nomination(self) -> dict[str, object]:
        """What is said of the nomination itself."""
        return {name: self.cleaned_data[name] for name in self.NOMINATION}


class LetterForm(DetailsForm[Letter]):
    """A message to an innovator."""

    email = AddressField(help_text=_("They answer you here. First we send you a link to confirm it."))

    class Meta:
        model = Letter
        fields = ("name", "email", "text")
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "text": forms.Textarea(attrs={"rows": 8}),
        }
