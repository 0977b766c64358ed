"""A believable example: a world café to come, made through the actions."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.labs import actions, methods
from cantiere.activities.labs.models import Lab
from cantiere.engine.lab.script import BreakPlan, QuestionPlan
from cantiere.programmes.models import Activity


def world_cafe(activity: Activity) -> None:
    """An evening in twelve days: a first word from everybody, three rounds at five tables, a vote."""
    day = timezone.localdate() + timedelta(days=12)
    starts = timezone.make_aware(datetime.combine(day, time(18)))
    lab = Lab.objects.select_related(*Lab.address_related).get(pk=activity.pk)
    actions.edit(
        by=None,
        lab=lab,
        row={
            "summary": activity.summary
            or _("An evening at small tables: what should we do first with the old railway yard?"),
            "place_note": activity.place_note or _("Civic room, piazza della Libertà 1"),
        },
        own={
            "directions": _("The room is on the ground floor. There are no steps."),
            "languages": _("In Italian"),
            "asks_place": True,
            "asks_actor": True,
            "ask_reason": _("So that at each table people meet who come from other places and other work."),
        },
        rules={"capacity": 60, "needs_approval": False, "offer_hours": 48},
        sessions=[actions.Session(starts, starts + timedelta(hours=2, minutes=15))],
    )
    actions.set_number_of_groups(by=None, lab=lab, number=5)
    question = QuestionPlan(
        prompt=_("In one word: what is this place for you today?"), asks="words", most=3, hidden=False
    )
    details = {"title": _("A word each"), "goal": _("We hear everybody once, at once."), "minutes": 5}
    cafe = methods.method("world-cafe")
    assert cafe is not None
    places = list(enumerate(cafe.steps))
    made = actions.add_steps(by=None, lab=lab, steps=places, method=cafe.key)
    actions.add_block(by=None, lab=lab, plan=question, details=details, after=made[0])
    pause = {"title": _("Coffee"), "goal": _("The tables stay open."), "minutes": 15}
    actions.add_block(by=None, lab=lab, plan=BreakPlan(), details=pause, after=made[2])
