"""Forms about partners and the team."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.organisations import legal_forms
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.forms import PlaceField
from cantiere.programmes.models import Activity, Partnership, Programme, TeamMember

ROLES = {
    TeamMember.Role.COORDINATOR: _("Coordinator: does everything, publishes, and says who is in the team"),
    TeamMember.Role.EDITOR: _("Editor: writes the programme and prepares the activities"),
    TeamMember.Role.FACILITATOR: _("Facilitator: holds the activities and welcomes people on the day"),
    TeamMember.Role.OBSERVER: _("Observer: reads everything, changes nothing"),
}


class OrganisationInput(forms.TextInput):
    """A text input with the names of the organisations already known."""

    template_name = "programmes/workspace/organisation_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own |= {"list": f"{own.get('id') or name}-known", "autocomplete": "off"}
        context["organisations"] = Organisation.objects.only("name").order_by("name")[:500]
        return context


class OrganisationField(forms.CharField):
    """The name of an organisation, known or new."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, "widget": OrganisationInput, **options})


class NewOrganisationFields(forms.Form):
    """What is asked when an organisation is not known yet; hidden until then."""

    is_new = forms.BooleanField(label=_("It is not in the list: add it"), required=False)
    legal_form = forms.ChoiceField(label=_("Legal form"), required=False)
    seat = PlaceField(label=_("Municipality of its seat"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    ORGANISATION = "organisation"
    NEW = ("is_new", "legal_form", "seat", "website")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("I do not know")), *legal_forms.choices()]
        cast("forms.ChoiceField", self.fields["legal_form"]).choices = choices
        self.found: Organisation | None = None

    @property
    def asks_for_new(self) -> bool:
        """Whether the page shows the fields of a new organisation."""
        return (
            self.is_bound and self.found is None and bool(self.data.get(self.add_prefix(self.ORGANISATION)))
        )

    def visible_fields(self) -> list[BoundField]:
        """Without the questions about a new organisation, until there is one."""
        fields = super().visible_fields()
        return fields if self.asks_for_new else [field for field in fields if field.name not in self.NEW]

    def find(self) -> None:
        """Called by ``clean``: the organisation of this name, or an error that asks whether it is new."""
        name = self.cleaned_data.get(self.ORGANISATION)
        if not name:
            return
        known = list(Organisation.objects.named(name)[:2])
        if len(known) == 1:
            self.found = known[0]
        elif len(known) > 1:
            self.add_error(
                self.ORGANISATION, _("More than one organisation has this name: write the official one.")
            )
        elif not self.cleaned_data.get("is_new"):
            near = ", ".join(each.name for each in Organisation.objects.suggest(name.split()[0])[:3])
            sentences = [gettext("“%(name)s” is not in our list.") % {"name": name}]
            if near:
                sentences.append(gettext("Did you mean %(near)s?") % {"near": near})
            sentences.append(gettext("If it is new, tick “It is not in the list”."))
            self.add_error(self.ORGANISATION, ValidationError(" ".join(sentences)))

    @property
    def new_organisation(self) -> dict[str, Any]:
        """What to create, when nobody known was named."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned[self.ORGANISATION],
            "legal_form": cleaned.get("legal_form") or "",
            "place": cleaned.get("seat"),
            "website": cleaned.get("website") or "",
        }


class PartnerForm(NewOrganisationFields):
    """An organisation, its role, and what it does."""

    organisation = OrganisationField(
        label=_("Organisation"), help_text=_("Write its name: we suggest those we know.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Partnership.Role.choices)
    note = forms.CharField(
        label=_("What it does"),
        max_length=160,
        required=False,
        help_text=_("In a few words. Everyone reads it."),
    )
    field_order = ("organisation", "is_new", "legal_form", "seat", "website", "role", "note")

    def __init__(
        self, *args: Any, programme: Programme, partnership: Partnership | None = None, **options: Any
    ) -> None:
        self.programme, self.partnership = programme, partnership
        if partnership is not None:
            known = {
                "organisation": partnership.organisation.name,
                "role": partnership.role,
                "note": partnership.note,
            }
            options["initial"] = {**known, **(options.get("initial") or {})}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """The same organisation has a role once."""
        cleaned = super().clean() or self.cleaned_data
        self.find()
        same = self.programme.partnerships.filter(organisation=self.found, role=cleaned.get("role"))
        if self.partnership is not None:
            same = same.exclude(pk=self.partnership.pk)
        if self.found is not None and same.exists():
            self.add_error("role", _("It has this role already: choose another one."))
        return cleaned


class MemberForm(forms.Form):
    """A role in the team."""

    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()), widget=forms.RadioSelect)


class NewMemberForm(MemberForm):
    """Somebody, by e-mail, with a role in the whole programme or in one activity."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Who has no account yet receives an invitation."), max_length=254
    )
    activity: Any = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("In the whole programme"),
    )
    field_order = ("email", "role", "activity")

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(
            "forms.ModelChoiceField[Activity]", self.fields["activity"]
        ).queryset = programme.activities.all()

    def clean(self) -> dict[str, Any]:
        """In one activity alone one can only facilitate it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("activity") and cleaned.get("role") not in {None, TeamMember.Role.FACILITATOR}:
            self.add_error("activity", _("In one activity alone one can only be a facilitator."))
        return cleaned
