"""What meetings and pages accept: forms check, actions write."""

from cantiere.activities.meetings.forms.meeting import MeetingForm, MinutesForm
from cantiere.activities.meetings.forms.page import PageEditor, PageForm

__all__ = ["MeetingForm", "MinutesForm", "PageEditor", "PageForm"]
