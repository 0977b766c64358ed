"""Who may do what with contributions. A receipt is not a rule: its pages ask for the code."""

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, can, rule
from cantiere.programmes.models import Activity, Programme
from cantiere.thread.contributions.models import Contribution, Theme


@rule("contributions.see")
def see(person: Person | None, contribution: Contribution) -> bool:
    """Anyone, while it is published in a public activity or was withdrawn there; held back, the team."""
    activity = contribution.activity
    if activity.is_public and contribution.published:
        return True
    return can(person, "programmes.run_activity", activity)


@rule("contributions.write")
def write(person: Person | None, activity: Activity) -> bool:
    """Write down what was said, print a slip: whoever holds the activity."""
    return can(person, "programmes.run_activity", activity)


@rule("contributions.curate")
def curate(person: Person | None, activity: Activity) -> bool:
    """Group, hold back, say what became of them: the programme's editors."""
    return can(person, "programmes.edit_activity", activity)


@rule("contributions.edit")
def edit(person: Person | None, contribution: Contribution) -> bool:
    """Correct the text with a reason: the programme's editors."""
    return can(person, "programmes.edit_activity", contribution.activity)


@rule("contributions.code")
def code(person: Person | None, programme: Programme) -> bool:
    """Make the themes of a programme: its editors."""
    return can(person, "programmes.edit", programme)


@rule("contributions.edit_theme")
def edit_theme(person: Person | None, theme: Theme) -> bool:
    """Change, merge, remove a theme: the programme's editors."""
    return can(person, "programmes.edit", theme.programme)


@rule("contributions.own")
def own(person: Person | None, _nothing: object) -> Decision:
    """Read what one said under one's name: everyone with an account."""
    return Decision.SIGN_IN if person is None else Decision.YES
