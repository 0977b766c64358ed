"""Methods for looking at how things are, and for whom."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cantiere.activities.labs.methods.parts import gathering, weighing
from cantiere.activities.labs.methods.step import Method, Step, board
from cantiere.engine.lab.script import SAME, Area, GroupsPlan, QuestionPlan


def swot() -> Method:
    """Strengths and weaknesses inside, opportunities and threats outside."""
    areas = board(
        (_("Strengths"), _("What works well here, and depends on us?")),
        (_("Weaknesses"), _("What is missing or does not work, and depends on us?")),
        (_("Opportunities"), _("What happens around us that we could use?")),
        (_("Threats"), _("What happens around us that could harm us?")),
    )
    actions = board(
        (_("We use our strengths"), _("Which strength lets us seize which opportunity?")),
        (_("We mend our weaknesses"), _("Which weakness must we mend before a threat strikes?")),
    )
    return Method(
        key="swot",
        name=_("SWOT"),
        summary=_(
            "Strengths, weaknesses, opportunities, threats: a picture of where we are, in four squares."
        ),
        good_for=_("At the beginning, to share one picture of a place, a service or a group."),
        people=_("From 6 to 80 people"),
        group_size=_("Five to eight at each table"),
        materials=_("The few figures that everybody needs, on one page."),
        board=areas,
        steps=[
            Step(
                GroupsPlan(areas=areas, method="swot"),
                _("Four squares"),
                _("We say what is good and bad here, and what comes from outside."),
                30,
                material=_("Begin with strengths. What depends on us goes above, what does not goes below."),
                hands_on=_("Three notes for each square, those on which the table agrees."),
            ),
            Step(
                GroupsPlan(assign=SAME, goes_on=True, areas=actions, dots=3, method="swot"),
                _("From the squares to what we do"),
                _("We cross the squares: what can we use, what must we mend?"),
                20,
                material=_("Each sentence joins two notes of the squares."),
                hands_on=_("Actions with dots."),
                follows=0,
            ),
            gathering(1),
        ],
    )


def empathy_map() -> Method:
    """After Dave Gray: one person, seen from within."""
    areas = board(
        (_("Thinks and feels"), _("What matters to this person? What do they fear, what do they hope?")),
        (_("Sees"), _("What is around them: places, people, offers?")),
        (_("Hears"), _("What do family, friends, colleagues and offices say to them?")),
        (_("Says and does"), _("What do they say in public, and what do they do?")),
        (_("Obstacles"), _("What makes it hard for them?")),
        (_("Needs"), _("What would really help them?")),
        columns=2,
    )
    return Method(
        key="empathy-map",
        name=_("Empathy map"),
        summary=_("A person whom what we do concerns, seen from their side: what they think, see, hear, do."),
        good_for=_("Before planning a service, and when those concerned are not in the room."),
        people=_("From 4 to 60 people"),
        group_size=_("Four to six at each table, a person for each"),
        materials=_("For each table the portrait of one person: name, age, what their day looks like."),
        board=areas,
        steps=[
            Step(
                GroupsPlan(areas=areas, method="empathy-map"),
                _("In somebody else's shoes"),
                _("We describe one person from within, not from our desk."),
                30,
                material=_(
                    "Better a real story, with another name, than an average. No names of real people."
                ),
                hands_on=_("The two strongest needs of this person."),
            ),
            gathering(0),
            weighing(1, _("Which needs should we answer first?")),
        ],
    )


def _who_counts(areas: Sequence[Area]) -> list[Step]:
    """A list, the map, who is missing."""
    return [
        Step(
            QuestionPlan(
                prompt=_("Who has to do with this matter? One body or group an answer."),
                asks="ideas",
                most=8,
                hidden=False,
            ),
            _("Who has to do with it"),
            _("We make a list without choosing: bodies, groups, services, firms."),
            10,
            material=_("Ask three times: who gains, who loses, who has never been asked?"),
            hands_on=_("A list for the tables."),
        ),
        Step(
            GroupsPlan(areas=areas, shape=True, method="stakeholder-map"),
            _("Who can, who cares"),
            _("We put each of them where they stand, and say how to involve them."),
            25,
            material=_("A note for each body. If the table disagrees, two notes in two places."),
            hands_on=_("For each square: whom to call, and who calls them."),
        ),
        gathering(1, 10),
        Step(
            QuestionPlan(prompt=_("Who is missing in this room?"), asks="words", most=3),
            _("Who is missing"),
            _("We say whom we invite next time."),
            5,
            hands_on=_("Whom to invite."),
        ),
    ]


def stakeholder_map() -> Method:
    """Who counts, by how much they can and how much they care."""
    areas = board(
        (_("Can much, care little"), _("Whom must we keep content, and how?")),
        (_("Can much, care much"), _("With whom do we decide together?")),
        (_("Can little, care little"), _("Whom do we keep informed?")),
        (_("Can little, care much"), _("Whose voice must we help to be heard?")),
    )
    return Method(
        key="stakeholder-map",
        name=_("Stakeholder map"),
        summary=_(
            "Everybody who counts in a matter: how much they can do, how much they care, who is missing."
        ),
        good_for=_("Before inviting, and whenever you ask: who is not in this room?"),
        people=_("From 4 to 40 people"),
        group_size=_("Four to six at each table"),
        materials=_("The matter in one sentence. No judgements on single persons: write offices and groups."),
        board=areas,
        steps=_who_counts(areas),
    )


def journey() -> Method:
    """A service step by step, as those live it who use it."""
    areas = board(
        (_("Before"), _("How do people learn of it? What do they expect?")),
        (_("Beginning"), _("What is the first thing they must do? Where, with whom?")),
        (_("During"), _("What happens, step by step? Who helps?")),
        (_("After"), _("How does it end? What remains?")),
        (_("Where it gets stuck"), _("At which step do people give up, wait, come back?")),
        (_("What would help"), _("What could be made easier, and by whom?")),
        columns=2,
    )
    return Method(
        key="journey",
        name=_("User journey"),
        summary=_(
            "A service followed step by step with those who use it: where it flows, where it gets stuck."
        ),
        good_for=_("To better a service, a procedure, a path through the town."),
        people=_("From 4 to 40 people"),
        group_size=_("Four to six at each table, with somebody who uses the service"),
        materials=_("The steps as the office sees them, to compare at the end and not before."),
        board=areas,
        steps=[
            Step(
                GroupsPlan(areas=areas, shape=True, dots=3, method="journey"),
                _("The journey, step by step"),
                _("We follow the service as people live it, and mark where it gets stuck."),
                35,
                material=_(
                    "Who uses the service speaks first. In the end three dots each on what gets stuck most."
                ),
                hands_on=_("Two sticking points a table, with what would help."),
            ),
            gathering(0),
            weighing(1, _("Which sticking point should be mended first?")),
        ],
    )
