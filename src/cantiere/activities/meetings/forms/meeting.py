"""Forms about a meeting."""

from django import forms

from cantiere.activities.meetings.models import Meeting
from cantiere.programmes import forms as programmes


class MeetingForm(programmes.HeldForm[Meeting]):
    """What only a meeting knows."""

    class Meta(programmes.HeldForm.Meta):
        model = Meeting
        fields = (*programmes.HeldForm.Meta.fields, "video_is_public", "agenda")
        widgets = {**programmes.HeldForm.Meta.widgets, "agenda": forms.Textarea(attrs={"rows": 8})}


class MinutesForm(programmes.MinutesForm[Meeting]):
    """What came out of a meeting."""

    class Meta(programmes.MinutesForm.Meta):
        model = Meeting
