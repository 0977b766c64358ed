"""What is done to maps of innovators: one function for each intention."""

from cantiere.activities.innovators.actions.curation import (
    add_by_hand,
    ask_for_changes,
    decline,
    edit_profile,
    invite,
    merge,
    note_still_right,
    publish,
    read_again,
    record_consent,
    take_up_again,
)
from cantiere.activities.innovators.actions.innovator_map import edit_map, follow
from cantiere.activities.innovators.actions.letters import send_letter, write_letter
from cantiere.activities.innovators.actions.nomination import (
    confirm_nomination,
    nominate_oneself,
    nominate_other,
    take_back_nomination,
)
from cantiere.activities.innovators.actions.own import leave, save_profile, still_right
from cantiere.activities.innovators.actions.yearly import ask_whether_right, forget_unanswered

__all__ = [
    "add_by_hand",
    "ask_for_changes",
    "ask_whether_right",
    "confirm_nomination",
    "decline",
    "edit_map",
    "edit_profile",
    "follow",
    "forget_unanswered",
    "invite",
    "leave",
    "merge",
    "nominate_oneself",
    "nominate_other",
    "note_still_right",
    "publish",
    "read_again",
    "record_consent",
    "save_profile",
    "send_letter",
    "still_right",
    "take_back_nomination",
    "take_up_again",
    "write_letter",
]
