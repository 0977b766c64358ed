"""What a curator writes of a record: its fields in groups, and the rows that hang on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from cantiere.activities.observatory.actions import Parts
from cantiere.activities.observatory.forms.record_rows import Bodies, Extensions, Uses
from cantiere.activities.observatory.models import (
    Level,
    Nature,
    ProponentKind,
    Record,
    Sheet,
    Status,
    Theme,
)
from cantiere.foundation.places.forms import PlacesField
from cantiere.foundation.ui.forms import DateInput
from cantiere.programmes.forms import DetailsForm, Together
from cantiere.programmes.models import Programme

Words = str | Promise
GROUPS: Sequence[tuple[Words, tuple[str, ...]]] = (
    (_("What it is"), ("title", "sheet", "status", "identifier", "programme")),
    (
        _("Who"),
        ("proponent", "proponent_kind", "responsible_office", "website", "public_contacts"),
    ),
    (pgettext_lazy("fieldset", "Where"), ("territories", "territory_note")),
    (
        _("What about"),
        (
            "theme",
            "specific_topic",
            "participation_level",
            "participation_kinds",
            "subject",
            "linked_procedure",
            "context",
            "objectives",
            "expected_results",
            "target_groups",
        ),
    ),
    (pgettext_lazy("fieldset", "When"), ("started_on", "ended_on", "planned_months")),
    (
        _("What was planned online, what changed"),
        ("online_planned", "origin", "change_cause", "changed", "changes", "new_activities"),
    ),
    (
        _("Who took part"),
        (
            "participants_estimated",
            "participants_actual",
            "participants_note",
            "female_presence",
            "gender_prevalence",
            "worklife_reconciliation",
        ),
    ),
    (
        _("Rules and money"),
        (
            "nature",
            "certification_year",
            "reference_law",
            "call",
            "call_year",
            "total_cost",
            "grant_amount",
            "cofunding",
            "cofunding_share",
        ),
    ),
    (_("Where this comes from"), ("source_note", "verified_on")),
)
LONG = (
    "subject",
    "context",
    "objectives",
    "expected_results",
    "online_planned",
    "changes",
    "new_activities",
)
SHORT = ("public_contacts", "participants_note", "target_groups", "linked_procedure")
NUMBERS = (
    "certification_year",
    "call_year",
    "planned_months",
    "total_cost",
    "grant_amount",
    "cofunding_share",
    "participants_estimated",
    "participants_actual",
)
VOCABULARIES: Mapping[str, type[TextChoices]] = {
    "status": Status,
    "proponent_kind": ProponentKind,
    "theme": Theme,
    "participation_level": Level,
    "nature": Nature,
}
"""Where nothing was said is an answer too."""
DAYS = ("started_on", "ended_on", "verified_on")


class RecordForm(DetailsForm[Record]):
    """Every field of a record; what is not known stays empty."""

    territories = PlacesField(
        label=_("Territory"),
        required=False,
        help_text=_("One a line: municipalities, unions, provinces, the region."),
    )

    class Meta:
        model = Record
        fields = tuple(chain.from_iterable(names for _title, names in GROUPS))
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 6}) for name in LONG},
            **{name: forms.Textarea(attrs={"rows": 2, "class": "form-short"}) for name in SHORT},
            **{name: forms.NumberInput(attrs={"class": "form-narrow", "min": 0}) for name in NUMBERS},
            **{name: DateInput() for name in DAYS},
        }
        help_texts = {
            "identifier": _("For example its number in the regional observatory."),
            "started_on": _("As the source states it: nothing is corrected."),
            "participants_actual": _("Below five the page only says “fewer than 5”."),
            "source_note": _("Who says so, and where: title and date of the document, or its address."),
        }

    def __init__(self, *args: Any, row: Record, **options: Any) -> None:
        territories = list(row.territories.select_related("parent")) if row.pk else []
        super().__init__(*args, row=row, initial={"territories": territories}, **options)
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ModelChoiceField)
        programme.queryset, programme.empty_label = Programme.objects.public(), pgettext("programme", "None")
        for name, words in VOCABULARIES.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Not stated")), *words.choices]
        self.fields["website"].assume_scheme = "https"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The end not before the start; nobody else with the same identifier."""
        cleaned = super().clean() or self.cleaned_data
        self.keep_in_order("started_on", "ended_on")
        identifier = cleaned.get("identifier")
        others = Record.objects.filter(census_id=self.instance.census_id, identifier=identifier or "")
        if identifier and others.exclude(pk=self.instance.pk).exists():
            self.add_error("identifier", _("Another record of this census has this identifier."))
        return cleaned


class NewRecordForm(forms.Form):
    """The least a record begins with."""

    title = forms.CharField(label=_("Title of the process"), max_length=160)
    sheet = forms.ChoiceField(
        label=_("Questionnaire"),
        choices=Sheet.choices,
        widget=forms.RadioSelect,
        initial="other",
    )
    proponent = forms.CharField(label=_("Proponent"), max_length=200, required=False)


@dataclass(frozen=True)
class Group:
    """Some fields under one heading."""

    title: Words
    fields: Sequence[BoundField]


class RecordEditor(Together):
    """The record and its rows: one page, one sending."""

    def __init__(self, record: Record, data: Any = None) -> None:
        self.own = RecordForm(data, row=record)
        self.bodies = Bodies(data, record=record)
        self.extensions = Extensions(data, record=record)
        self.uses = Uses(data, record=record)
        super().__init__(self.own)

    @property
    def _sets(self) -> tuple[Any, ...]:
        return self.bodies, self.extensions, self.uses

    def rows(self) -> Iterable[forms.BaseForm]:
        return chain.from_iterable(each.forms for each in self._sets)

    def is_valid(self) -> bool:
        verdicts = [each.is_valid() for each in self._sets]
        return all([super().is_valid(), *verdicts])

    def non_field_errors(self) -> Any:
        found = super().non_field_errors()
        for each in self._sets:
            found += each.non_form_errors()
        return found

    @property
    def errors(self) -> dict[str, Any]:
        found = super().errors
        for each in self._sets:
            if each.is_bound and each.non_form_errors():
                found[each.prefix] = each.non_form_errors()
        return found

    @property
    def groups(self) -> list[Group]:
        """The fields under their headings."""
        return [Group(title, [self.own[name] for name in names]) for title, names in GROUPS]

    @property
    def given(self) -> Parts:
        """The rows as the action takes them."""
        return Parts(self.bodies.given, self.extensions.given, self.uses.given)
