"""What may be asked of the observatory; the address is the state, in Italian."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.models import (
    Census,
    Changed,
    Level,
    Origin,
    ProponentKind,
    Sheet,
    Status,
    Theme,
    Tool,
    Used,
)
from cantiere.activities.observatory.queries.find import Question
from cantiere.foundation.places.filters import PlaceFilterField
from cantiere.foundation.ui.filters import FilterForm
from cantiere.foundation.ui.forms import Boxes
from cantiere.programmes.models import Activity

if TYPE_CHECKING:
    _ToolChoice = forms.ModelChoiceField[Tool]
    _CensusChoice = forms.ModelChoiceField[Activity]
else:
    _ToolChoice = _CensusChoice = forms.ModelChoiceField

# How codes are written in addresses.
THEMES = {
    "ambiente": Theme.ENVIRONMENT,
    "territorio": Theme.TERRITORY,
    "welfare": Theme.WELFARE,
    "societa-dell-informazione": Theme.INFORMATION_SOCIETY,
    "assetto-istituzionale": Theme.INSTITUTIONS,
    "sviluppo-economico": Theme.ECONOMY,
}
PROPONENTS = {
    "ente-pubblico": ProponentKind.PUBLIC_BODY,
    "associazione": ProponentKind.ASSOCIATION,
    "impresa": ProponentKind.FIRM,
    "gruppo": ProponentKind.GROUP,
}
LEVELS = {
    "informazione": Level.INFORMATION,
    "consultazione": Level.CONSULTATION,
    "co-progettazione": Level.CODESIGN,
    "empowerment": Level.EMPOWERMENT,
}
STATUSES = {
    "progetto": Status.PLANNED,
    "in-corso": Status.RUNNING,
    "sospeso": Status.SUSPENDED,
    "concluso": Status.CONCLUDED,
    "annullato": Status.CANCELLED,
}
SHEETS = {"bando": Sheet.FUNDED, "altri": Sheet.OTHER}
ORIGINS = {"gia-avviato": Origin.UNDER_WAY, "nuovo": Origin.NEW, "non-indicato": Origin.UNSTATED}
CHANGED = {
    "fasi": Changed.PHASES,
    "progetto": Changed.DESIGN,
    "tempi": Changed.TIMES,
    "professionalita": Changed.PROFESSIONALS,
    "partner": Changed.PARTNERS,
    "costi": Changed.COSTS,
}
SINCE = {"previsto": Used.PLANNED, "introdotto": Used.INTRODUCED}
Codes = Mapping[str, str]


def _labels(codes: Mapping[str, object]) -> Callable[[], list[tuple[str, str | Promise]]]:
    return lambda: [(word, each.label) for word, each in codes.items()]  # type: ignore[attr-defined]


def _several(label: Any, codes: Mapping[str, object]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=_labels(codes), widget=Boxes, required=False)


def _one(
    label: Any, codes: Mapping[str, object], widget: type[forms.Widget] = forms.Select
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=lambda: [("", _("All")), *_labels(codes)()], required=False, widget=widget
    )


class ToolField(_ToolChoice):
    """A published tool by its address; ``which`` of them, where not all."""

    def __init__(self, which: Q | None = None, **options: object) -> None:
        super().__init__(
            Tool.objects.filter(which or Q(), published_at__isnull=False).only("name", "slug").distinct(),
            to_field_name="slug",
            required=False,
            **options,  # type: ignore[arg-type]
        )


class _CensusField(_CensusChoice):
    """A public census by its address."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            Activity.objects.public()
            .filter(pk__in=Census.objects.values("pk"))
            .only("title", "slug")
            .order_by("title"),
            to_field_name="slug",
            required=False,
            **options,  # type: ignore[arg-type]
        )


class RecordFilters(FilterForm):
    """The filters of list, map, statistics and downloads alike."""

    search: ClassVar[str] = "text"
    parameters: ClassVar[Mapping[str, str]] = {
        "text": "testo",
        "place": "luogo",
        "census": "censimento",
        "themes": "tema",
        "proponents": "proponente",
        "levels": "livello",
        "years": "anno",
        "statuses": "stato",
        "sheet": "scheda-tipo",
        "origins": "origine",
        "changed": "cambiato",
        "tool": "strumento",
        "since": "uso",
        "instead_of": "al-posto-di",
        "point": "punto",
    }
    words: ClassVar[Mapping[str, str | Promise]] = {
        "census": pgettext_lazy("chip", "from the census “%(value)s”"),
        "themes": pgettext_lazy("chip", "on %(value)s"),
        "proponents": pgettext_lazy("chip", "proposed by: %(value)s"),
        "levels": pgettext_lazy("chip", "up to the level of %(value)s"),
        "years": pgettext_lazy("chip", "in the year %(value)s"),
        "statuses": "%(value)s",
        "sheet": "%(value)s",
        "origins": "%(value)s",
        "changed": pgettext_lazy("chip", "that changed: %(value)s"),
        "tool": pgettext_lazy("chip", "with %(value)s"),
        "since": "%(value)s",
        "instead_of": pgettext_lazy("chip", "instead of %(value)s"),
    }

    text = forms.CharField(label=_("Words in the records"), max_length=120, required=False)
    place = PlaceFilterField(label=_("Where"))
    census = _CensusField(label=_("Census"), empty_label=_("All"))
    themes = _several(pgettext_lazy("filter", "Theme"), THEMES)
    proponents = _several(_("Who proposes"), PROPONENTS)
    levels = _several(_("Level of participation"), LEVELS)
    years = forms.TypedMultipleChoiceField(label=_("Year"), coerce=int, widget=Boxes, required=False)
    statuses = _several(_("State of progress"), STATUSES)
    sheet = _one(_("Questionnaire"), SHEETS)
    origins = _several(_("New or already under way"), ORIGINS)
    changed = _several(_("What changed"), CHANGED)
    tool = ToolField(label=_("Tool or method used"), empty_label=_("All"))
    since = _one(_("Since when it is used"), SINCE, forms.HiddenInput)
    instead_of = ToolField(label=_("Instead of"), widget=forms.HiddenInput)
    point = PlaceFilterField(label=_("Exactly here"), widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, years: list[int] | None = None) -> None:
        super().__init__(data)
        field = self.fields["years"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(year), str(year)) for year in years or []]

    @property
    def question(self) -> Question:
        """What is asked, in the codes of the records."""
        chosen = self.chosen
        return Question(
            text=chosen["text"],
            census=chosen["census"],
            place=chosen["place"],
            point=chosen["point"],
            themes=[THEMES[word] for word in chosen["themes"]],
            proponents=[PROPONENTS[word] for word in chosen["proponents"]],
            levels=[LEVELS[word] for word in chosen["levels"]],
            statuses=[STATUSES[word] for word in chosen["statuses"]],
            years=[int(year) for year in chosen["years"]],
            sheet=SHEETS[chosen["sheet"]] if chosen["sheet"] else "",
            origins=[ORIGINS[word] for word in chosen["origins"]],
            changed=[CHANGED[word] for word in chosen["changed"]],
            tool=chosen["tool"],
            since=SINCE[chosen["since"]] if chosen["since"] else "",
            instead_of=chosen["instead_of"],
        )


def word_of(codes: Mapping[str, object], value: str) -> str:
    """How a code is written in the address; codes nobody gave have no word."""
    return next((word for word, each in codes.items() if each == value), "")
