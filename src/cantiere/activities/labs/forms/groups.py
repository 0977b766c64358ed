"""The groups people work in: how many, their names, who is with them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.actions.groups import MOST_GROUPS
from cantiere.activities.labs.models import Group, Lab
from cantiere.foundation.accounts.models import Person
from cantiere.programmes.forms import DetailsForm, Together


class NumberForm(forms.Form):
    """How many groups there are."""

    number = forms.IntegerField(
        label=_("How many groups"),
        min_value=0,
        max_value=MOST_GROUPS,
        widget=forms.NumberInput({"class": "form-narrow", "inputmode": "numeric"}),
    )


class GroupForm(DetailsForm[Group]):
    """One group."""

    class Meta:
        model = Group
        fields = ("name", "facilitator", "paper", "link")
        widgets = {"link": forms.URLInput}
        help_texts = {
            "link": _("Any service. Whoever connects from afar is dealt to the groups that have one.")
        }


class GroupsForm(Together):
    """All groups on one page, in one sending."""

    def __init__(self, lab: Lab, data: Any = None) -> None:
        team = Person.objects.filter(pk__in=lab.activity.programme.team.values("person")).order_by(
            "name", "email"
        )
        people = list(team)
        choices = [("", _("Nobody yet")), *((str(each.pk), str(each)) for each in people)]
        self.groups = list(lab.groups.select_related("facilitator"))
        parts = []
        for group in self.groups:
            form = GroupForm(data, row=group, prefix=f"g{group.pk}")
            field = cast("forms.ModelChoiceField[Person]", form.fields["facilitator"])
            field.queryset = team
            field.choices = choices
            parts.append(form)
        super().__init__(*parts)

    @property
    def wanted(self) -> dict[int, Any]:
        """The checked values by the number of the group in the database."""
        forms_of = zip(self.groups, self.parts, strict=True)
        return {group.pk: cast("GroupForm", form).details for group, form in forms_of}
