"""What is done to meetings and pages: one function for each intention."""

from cantiere.activities.meetings.actions.meeting import copy_meeting, edit_meeting, set_up_meeting
from cantiere.activities.meetings.actions.minutes import publish_minutes, save_minutes, take_back_minutes
from cantiere.activities.meetings.actions.page import (
    add_document,
    copy_page,
    edit_page,
    remove_document,
    set_up_page,
)
from cantiere.programmes.actions import Session

__all__ = [
    "Session",
    "add_document",
    "copy_meeting",
    "copy_page",
    "edit_meeting",
    "edit_page",
    "publish_minutes",
    "remove_document",
    "save_minutes",
    "set_up_meeting",
    "set_up_page",
    "take_back_minutes",
]
