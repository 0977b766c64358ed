"""What people and the team write; forms check and never save."""

from cantiere.thread.contributions.forms.filters import ContributionFilters
from cantiere.thread.contributions.forms.marks import Mark, MarkForm
from cantiere.thread.contributions.forms.receipts import CodeForm, OwnTextForm
from cantiere.thread.contributions.forms.team import CorrectForm, MergeForm, RemoveForm, ThemeForm, WriteForm

__all__ = [
    "CodeForm",
    "ContributionFilters",
    "CorrectForm",
    "Mark",
    "MarkForm",
    "MergeForm",
    "OwnTextForm",
    "RemoveForm",
    "ThemeForm",
    "WriteForm",
]
