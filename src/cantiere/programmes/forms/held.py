"""Forms of what is held on a day."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext_lazy as _

from cantiere.programmes import event_types
from cantiere.programmes.forms.activity import ActivityForm
from cantiere.programmes.forms.details import DetailsForm
from cantiere.programmes.forms.enrolment import RulesForm
from cantiere.programmes.forms.sessions import SessionForm, Sessions, sessions_of
from cantiere.programmes.forms.together import Together
from cantiere.programmes.models import EnrolmentRules, Held

MORE = "more"
Row = TypeVar("Row", bound=Held)


class HeldForm(DetailsForm[Row]):
    """What every kind that is held says of itself; each names its model and adds its own fields."""

    event_type = forms.ChoiceField(label=_("Type of meeting"), choices=event_types.choices, required=False)
    why = forms.CharField(
        label=_("If day, hour or place change: why"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
        help_text=_("Everyone reads it on the page. Those who signed up get a message at once."),
    )

    class Meta:
        fields: ClassVar[tuple[str, ...]] = (
            "event_type", "mode", "video_link", "takes_enrolments", "directions", "languages",
        )  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "mode": forms.RadioSelect,
            "video_link": forms.URLInput,
            "directions": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, row: Row, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        cast("forms.ChoiceField", self.fields["mode"]).choices = Held.Mode.choices
        if not row.activity.is_public:
            del self.fields["why"]

    @property
    def reason_of_move(self) -> str:
        """The reason of a move."""
        return str(self.cleaned_data.get("why", ""))


class HeldEditor(Together):
    """The row, what only the kind knows, its days, who may sign up: one page, one sending."""

    def __init__(self, held: Held, own: type[HeldForm[Any]], data: Any = None) -> None:
        activity = held.activity
        rules = EnrolmentRules.objects.filter(pk=activity.pk).first() or EnrolmentRules(activity=activity)
        self.row = ActivityForm(data, row=activity, without={"starts_on", "ends_on"})
        self.own = own(data, row=held)
        self.rules = RulesForm(data, row=rules)
        first = sessions_of(activity) if data is None else None  # what is sent speaks for itself
        self.sessions = Sessions(data, activity=activity, initial=first, prefix="days")
        self.row.fields["opens"].help_text = _(
            "Leave empty: people can sign up as soon as the page is public."
        )
        self.row.fields["closes"].help_text = _("Leave empty: people can sign up until the meeting starts.")
        super().__init__(self.row, self.own, self.rules)

    @classmethod
    def with_another_day(cls, held: Held, own: type[HeldForm[Any]], data: Any) -> "HeldEditor":
        """What was written so far, with one more empty row; nothing is checked or kept."""
        data = data.copy()
        told = str(data.get("days-TOTAL_FORMS", ""))
        total = int(told) if told.isdecimal() else 0
        data["days-TOTAL_FORMS"] = str(min(total + 1, Sessions.max_num))
        editor = cls(held, own, data)
        for part in [*editor.parts, *editor.rows()]:
            part._errors = ErrorDict()  # type: ignore[attr-defined]  # noqa: SLF001 (to show, not to judge)
        editor.sessions._errors = []  # type: ignore[attr-defined]  # noqa: SLF001
        editor.sessions._non_form_errors = ErrorList()  # type: ignore[attr-defined]  # noqa: SLF001
        return editor

    def rows(self) -> Iterable[SessionForm]:
        return self.sessions.forms

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.sessions.is_valid()])

    def non_field_errors(self) -> Any:
        return super().non_field_errors() + self.sessions.non_form_errors()

    @property
    def errors(self) -> dict[str, Any]:
        found = super().errors
        if self.sessions.is_bound and self.sessions.non_form_errors():
            found["days"] = self.sessions.non_form_errors()
        return found

    @property
    def wanted(self) -> dict[str, Any]:
        """What the action ``edit_held`` takes, once all is checked."""
        return {
            "row": self.row.details,
            "own": self.own.details,
            "rules": self.rules.details,
            "sessions": self.sessions.sessions,
            "why": self.own.reason_of_move,
        }
