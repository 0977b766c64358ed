"""Coming in: the code, and the little that a laboratory may ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs import codes
from cantiere.activities.labs.models import Lab
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.forms import PlaceField
from cantiere.thread.contributions.codes import heard, is_code, new_code
from cantiere.thread.contributions.models import ActorKind


class CodeForm(forms.Form):
    """The six signs on the screen."""

    code = forms.CharField(
        label=_("Code of the laboratory"),
        help_text=_("Six letters and figures: you find them on the screen or on the sheet."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "lab-code-field",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "go",
            }
        ),
    )

    @property
    def heard(self) -> str:
        """The code as it is kept."""
        return codes.heard(str(self.cleaned_data.get("code", "")))

    def refuse(self) -> None:
        """Nobody has this code."""
        self.add_error(
            "code",
            _("No laboratory has this code. Look at the screen again: there are six signs, no O and no I."),
        )


class JoinForm(forms.Form):
    """Only what the laboratory asks, and nothing of it is required."""

    name = forms.CharField(
        label=_("Name or nickname, if you like"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "enterkeyhint": "go"}),
    )
    place = PlaceField(label=_("Your municipality, if you like"), required=False)
    actor_kind = forms.ChoiceField(
        label=_("You speak as"), choices=ActorKind.choices, required=False, initial=ActorKind.UNSTATED
    )
    online = forms.BooleanField(label=_("I connect from afar"), required=False)
    # Made before the form is sent, so that sending it twice opens one receipt.
    receipt = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, lab: Lab, person: Person | None, afar: bool) -> None:
        first = {"name": person.name if person is not None else "", "receipt": new_code(), "online": afar}
        super().__init__(data, initial=first)
        asked = {
            "name": lab.asks_name,
            "place": lab.asks_place,
            "actor_kind": lab.asks_actor,
            "online": lab.mode == Lab.Mode.HYBRID,
        }
        for name in [name for name, wanted in asked.items() if not wanted]:
            del self.fields[name]
        self._online = lab.mode == Lab.Mode.ONLINE

    def clean_receipt(self) -> str:
        code = heard(self.cleaned_data["receipt"])
        if not is_code(code):
            raise forms.ValidationError(_("Load the page again."))
        return code

    @property
    def details(self) -> dict[str, Any]:
        """The columns of a participant that were given."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "receipt" and value}
        return {"online": self._online, **given}
