"""What is done to laboratories: one function for each intention."""

from cantiere.activities.labs.actions.chair import Chair
from cantiere.activities.labs.actions.ending import end, finish
from cantiere.activities.labs.actions.erasing import erase, forget_waiting
from cantiere.activities.labs.actions.groups import edit_groups, remove_group, set_number_of_groups
from cantiere.activities.labs.actions.harvest import harvest, hold_back, let_through, put_under, take_out
from cantiere.activities.labs.actions.joining import enter, join, room_of
from cantiere.activities.labs.actions.lab import copy, edit, set_up
from cantiere.activities.labs.actions.leading import send_script, start
from cantiere.activities.labs.actions.minutes import draft
from cantiere.activities.labs.actions.people import forget_person
from cantiere.activities.labs.actions.photos import transcribe
from cantiere.activities.labs.actions.script import (
    add_block,
    add_steps,
    copy_block,
    edit_block,
    move_block,
    remove_block,
)
from cantiere.activities.labs.actions.telling import tell_script
from cantiere.activities.labs.actions.themes import make_theme
from cantiere.programmes.actions import Session

__all__ = [
    "Chair",
    "Session",
    "add_block",
    "add_steps",
    "copy",
    "copy_block",
    "draft",
    "edit",
    "edit_block",
    "edit_groups",
    "end",
    "enter",
    "erase",
    "finish",
    "forget_person",
    "forget_waiting",
    "harvest",
    "hold_back",
    "join",
    "let_through",
    "make_theme",
    "move_block",
    "put_under",
    "remove_block",
    "remove_group",
    "room_of",
    "send_script",
    "set_number_of_groups",
    "set_up",
    "start",
    "take_out",
    "tell_script",
    "transcribe",
]
