"""What curators write of a tool, and how visitors look for one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.forms.filters import ToolField
from cantiere.activities.observatory.models import Tool
from cantiere.foundation.ui.filters import FilterForm
from cantiere.programmes.forms import DetailsForm

KINDS = {"metodo": Tool.Kind.METHOD, "digitale": Tool.Kind.DIGITAL}


class ToolFilters(FilterForm):
    """The filters of the toolbox."""

    search: ClassVar[str] = "text"
    parameters: ClassVar[Mapping[str, str]] = {
        "text": "testo",
        "kind": "tipo",
        "people": "persone",
        "instead_of": "al-posto-di",
    }
    words: ClassVar[Mapping[str, str | Promise]] = {
        "kind": "%(value)s",
        "people": pgettext_lazy("chip", "for %(value)s people"),
        "instead_of": pgettext_lazy("chip", "instead of %(value)s"),
    }

    text = forms.CharField(label=_("Name, or what you need it for"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=pgettext_lazy("toolbox", "Kind"),
        choices=lambda: [("", _("All")), *((word, kind.label) for word, kind in KINDS.items())],
        required=False,
    )

    people = forms.IntegerField(
        label=_("For how many people"), min_value=1, max_value=100_000, required=False
    )
    instead_of = ToolField(
        label=_("Instead of"), which=Q(replaced_by__published_at__isnull=False), empty_label=_("All")
    )

    @property
    def kind_code(self) -> str:
        """The kind in the codes of the tools."""
        word = self.chosen["kind"]
        return KINDS[word] if word else ""


class ToolForm(DetailsForm[Tool]):
    """All that is said of a tool."""

    class Meta:
        model = Tool
        fields = (
            "kind",
            "name",
            "other_names",
            "good_for",
            "description",
            "group_min",
            "group_max",
            "duration",
            "needs",
            "caution",
            "website",
            "replaces",
        )
        widgets = {
            "kind": forms.RadioSelect,
            "other_names": forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
            "good_for": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "description": forms.Textarea(attrs={"rows": 10}),
            "caution": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "group_min": forms.NumberInput(attrs={"class": "form-narrow", "min": 1}),
            "group_max": forms.NumberInput(attrs={"class": "form-narrow", "min": 1}),
            "replaces": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "other_names": _("One a line: sheets write the same tool in many ways."),
            "good_for": _("In one sentence, beginning with a verb."),
            "caution": _("What goes wrong when one does not know it."),
            "group_max": _("Leave empty if there is no limit."),
        }

    def __init__(self, *args: Any, row: Tool, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = Tool.Kind.choices
        others = self.fields["replaces"]
        assert isinstance(others, forms.ModelMultipleChoiceField)
        others.queryset = Tool.objects.exclude(pk=row.pk)  # a tool does not replace itself
        others.required = False
