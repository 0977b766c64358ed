"""What meetings and pages accept: forms check, actions write."""

from cantiere.activities.meetings.forms.meeting import MeetingEditor, MeetingForm, MinutesForm
from cantiere.activities.meetings.forms.page import PageEditor, PageForm
from cantiere.activities.meetings.forms.sessions import SessionForm, Sessions

__all__ = [
    "MeetingEditor",
    "MeetingForm",
    "MinutesForm",
    "PageEditor",
    "PageForm",
    "SessionForm",
    "Sessions",
]
