"""Forms for organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.organisations import legal_forms
from cantiere.foundation.organisations.models import Organisation, check_tax_code
from cantiere.foundation.places.forms import PlaceField


class OrganisationForm(forms.Form):
    """What is asked of an organisation; the same in its own page and in a programme's workspace."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("The official name, written out."))
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_("As people call it, or its initials."),
    )
    legal_form = forms.ChoiceField(label=_("Legal form"), required=False)
    place = PlaceField(label=_("Municipality"), required=False, help_text=_("Where it has its seat."))
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    ipa_code = forms.RegexField(
        r"^[A-Za-z0-9_]+$",
        label=_("IPA code"),
        max_length=20,
        required=False,
        help_text=_("Only for public bodies: their code in the national index."),
        error_messages={"invalid": _("An IPA code is made of letters and figures.")},
    )
    tax_code = forms.CharField(
        label=_("Tax code"),
        max_length=11,
        required=False,
        validators=[check_tax_code],
        help_text=_("The 11 figures of the organisation, never of a person."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **options: Any) -> None:
        self.organisation = organisation
        if organisation is not None:
            known = {name: getattr(organisation, name) for name in self.base_fields}
            options["initial"] = {**known, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        field = self.fields["legal_form"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *legal_forms.choices()]

    def clean(self) -> dict[str, Any]:
        """Nobody twice: the same codes, or the same name in the same place, are somebody known."""
        cleaned = super().clean() or {}
        others = Organisation.objects.all()
        if self.organisation is not None:
            others = others.exclude(pk=self.organisation.pk)
        for code in ("ipa_code", "tax_code"):
            known = others.filter(**{code: cleaned[code]}).first() if cleaned.get(code) else None
            if known:
                self.add_error(code, _("“%(name)s” has this code already.") % {"name": known.name})
        if cleaned.get("name") and "place" in cleaned:
            known = others.named(cleaned["name"]).filter(place=cleaned["place"]).first()
            if known:
                self.add_error(
                    "name", _("“%(name)s” is here already: choose it from the list.") % {"name": known}
                )
        return cleaned
