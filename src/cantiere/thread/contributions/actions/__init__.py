"""What is done to contributions: written, corrected, held back, withdrawn, grouped, followed."""

from cantiere.thread.contributions.actions.author import withdraw
from cantiere.thread.contributions.actions.receipts import open_receipt, write_anew
from cantiere.thread.contributions.actions.search import (
    appeared_or_disappeared,
    hide_activity,
    show_activity,
    show_contribution,
)
from cantiere.thread.contributions.actions.steps import step, take_back_step
from cantiere.thread.contributions.actions.team import hold_back, publish, unstate
from cantiere.thread.contributions.actions.themes import (
    add_theme,
    code,
    edit_theme,
    merge_themes,
    move_theme,
    remove_theme,
    split_theme,
    uncode,
)
from cantiere.thread.contributions.actions.wording import correct
from cantiere.thread.contributions.actions.writing import Said, contribute, contribute_all

__all__ = [
    "Said",
    "add_theme",
    "appeared_or_disappeared",
    "code",
    "contribute",
    "contribute_all",
    "correct",
    "edit_theme",
    "hide_activity",
    "hold_back",
    "merge_themes",
    "move_theme",
    "open_receipt",
    "publish",
    "remove_theme",
    "show_activity",
    "show_contribution",
    "split_theme",
    "step",
    "take_back_step",
    "uncode",
    "unstate",
    "withdraw",
    "write_anew",
]
