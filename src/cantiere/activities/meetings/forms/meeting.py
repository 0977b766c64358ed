"""Forms about a meeting."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext_lazy as _

from cantiere.activities.meetings import event_types
from cantiere.activities.meetings.forms.sessions import SessionForm, Sessions, sessions_of
from cantiere.activities.meetings.models import Meeting
from cantiere.programmes.forms import ActivityForm, DetailsForm, RulesForm, Together
from cantiere.programmes.models import EnrolmentRules

MORE = "more"


class MeetingForm(DetailsForm[Meeting]):
    """What only a meeting knows."""

    event_type = forms.ChoiceField(label=_("Type of meeting"), choices=event_types.choices, required=False)
    why = forms.CharField(
        label=_("If day, hour or place change: why"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
        help_text=_("Everyone reads it on the page. Those who signed up get a message at once."),
    )

    class Meta:
        model = Meeting
        fields = (
            "event_type", "mode", "video_link", "video_is_public", "takes_enrolments", "agenda", "directions",
            "languages",
        )  # fmt: skip
        widgets = {
            "mode": forms.RadioSelect,
            "video_link": forms.URLInput,
            "agenda": forms.Textarea(attrs={"rows": 8}),
            "directions": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, row: Meeting, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        cast("forms.ChoiceField", self.fields["mode"]).choices = Meeting.Mode.choices
        if not row.activity.is_public:
            del self.fields["why"]

    @property
    def reason_of_move(self) -> str:
        """The reason of a move."""
        return str(self.cleaned_data.get("why", ""))


class MeetingEditor(Together):
    """The row, what only a meeting knows, its days, who may sign up: one page, one sending."""

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        activity = meeting.activity
        rules = EnrolmentRules.objects.filter(pk=activity.pk).first() or EnrolmentRules(activity=activity)
        self.row = ActivityForm(data, row=activity, without={"starts_on", "ends_on"})
        self.own = MeetingForm(data, row=meeting)
        self.rules = RulesForm(data, row=rules)
        first = sessions_of(activity) if data is None else None  # what is sent speaks for itself
        self.sessions = Sessions(data, activity=activity, initial=first, prefix="days")
        self.row.fields["opens"].help_text = _(
            "Leave empty: people can sign up as soon as the page is public."
        )
        self.row.fields["closes"].help_text = _("Leave empty: people can sign up until the meeting starts.")
        super().__init__(self.row, self.own, self.rules)

    @classmethod
    def with_another_day(cls, meeting: Meeting, data: Any) -> "MeetingEditor":
        """What was written so far, with one more empty row; nothing is checked or kept."""
        data = data.copy()
        told = str(data.get("days-TOTAL_FORMS", ""))
        total = int(told) if told.isdecimal() else 0
        data["days-TOTAL_FORMS"] = str(min(total + 1, Sessions.max_num))
        editor = cls(meeting, data)
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


class MinutesForm(DetailsForm[Meeting]):
    """What came out, from the shortest to the longest."""

    class Meta:
        model = Meeting
        fields = ("short", "points", "in_person_count", "minutes")
        widgets = {
            "short": forms.Textarea(attrs={"rows": 3, "class": "form-short"}),
            "points": forms.Textarea(attrs={"rows": 6}),
            "in_person_count": forms.NumberInput({"class": "form-narrow", "min": 0}),
            "minutes": forms.Textarea(attrs={"rows": 18}),
        }

    def __init__(self, *args: Any, row: Meeting, **options: Any) -> None:
        super().__init__(*args, row=row, initial={"short": row.short or row.activity.outcome}, **options)
        if row.minutes_on is not None:
            self.initial["short"] = row.activity.outcome
