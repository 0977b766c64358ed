"""What maps of innovators do by the clock."""

from django.utils import timezone

from cantiere.activities.innovators import actions
from cantiere.foundation.core.clock import every


@every(at="07:30")
def ask_whether_right() -> None:
    """Once a year a letter to each: is it still right? Who never answers is hidden."""
    actions.ask_whether_right(today=timezone.localdate())


@every(at="03:50")
def forget_unanswered() -> None:
    """What nobody confirmed or answered is erased."""
    actions.forget_unanswered(today=timezone.localdate())
