"""The tables of meetings and pages."""

from cantiere.activities.meetings.models.meeting import Meeting
from cantiere.activities.meetings.models.page import Page, PageDocument

__all__ = ["Meeting", "Page", "PageDocument"]
