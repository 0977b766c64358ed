"""Blocks that many methods end with."""

from django.utils.translation import gettext as _

from cantiere.activities.labs.methods.step import Step
from cantiere.engine.lab.script import HarvestPlan, VotePlan


def gathering(follows: int, minutes: int = 15) -> Step:
    """Each group tells what it brings, and it comes on the wall."""
    return Step(
        HarvestPlan(),
        _("What the tables bring"),
        _("Each table tells the two things that matter most."),
        minutes,
        material=_("Two minutes a table, timed. Choose with each table which notes come on the wall."),
        hands_on=_("The notes and clusters on the wall, which everybody can weigh."),
        follows=follows,
    )


def weighing(follows: int, prompt: str, most: int = 3) -> Step:
    """Everybody chooses among what came on the wall."""
    return Step(
        VotePlan(prompt=prompt, most=most),
        _("What matters most to us"),
        _("We see together what weighs more, before we say goodbye."),
        5,
        material=_("Say that the vote decides nothing by itself: it tells where to begin."),
        hands_on=_("An order of what came out, for the minutes and for whoever decides."),
        follows=follows,
    )
