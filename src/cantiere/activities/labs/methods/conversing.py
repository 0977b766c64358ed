"""Methods for talking with each other so that everybody is heard."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cantiere.activities.labs.methods.parts import gathering, weighing
from cantiere.activities.labs.methods.step import Method, Step, board
from cantiere.engine.lab.script import ROTATE, SAME, Area, GroupsPlan, PlenaryPlan, QuestionPlan


def _rounds(first: Sequence[Area], second: Sequence[Area], third: Sequence[Area]) -> list[Step]:
    """Welcome, three rounds, gathering and weighing."""
    return [
        Step(
            PlenaryPlan(),
            _("Welcome to the café"),
            _("Why we are here, what happens with what we say, how the rounds work."),
            10,
            material=_("A host for each table, told beforehand. The question written where all can read it."),
            hands_on=_("Everybody knows the question and where to sit."),
        ),
        Step(
            GroupsPlan(areas=first, method="world-cafe"),
            _("First round"),
            _("We tell what we see, each from where we stand."),
            20,
            material=_("The host lets everybody speak once before anybody speaks twice."),
            hands_on=_("The host keeps the three most telling notes for those who come next."),
        ),
        Step(
            GroupsPlan(assign=ROTATE, goes_on=True, areas=second, method="world-cafe"),
            _("Second round"),
            _("At a new table we compare, and find what comes back."),
            20,
            material=_("The host stays and tells in two minutes what was said before; the others are new."),
            hands_on=_("What several tables share."),
            follows=1,
        ),
        Step(
            GroupsPlan(assign=ROTATE, goes_on=True, areas=third, dots=3, method="world-cafe"),
            _("Third round"),
            _("From what comes back to what could be done."),
            20,
            material=_("In the last five minutes each person puts three dots on what they would keep."),
            hands_on=_("One or two proposals a table, with their dots."),
            follows=2,
        ),
        gathering(3),
        weighing(4, _("Which proposals should we begin with?")),
    ]


def world_cafe() -> Method:
    """After Juanita Brown and David Isaacs: small tables, people who move, a host who stays."""
    first = board(
        (_("What we see"), _("What happens today, in our own experience?")),
        (_("What surprises us"), _("What did somebody say that you had not thought of?")),
    )
    second = board(
        (_("What comes back"), _("What did you hear at both tables?")),
        (_("What is different"), _("Where do the tables see it in another way?")),
    )
    third = board(
        (_("What we propose"), _("What could be done? One thing a note, beginning with a verb.")),
        (_("What is still open"), _("Which question do we take home?")),
    )
    return Method(
        key="world-cafe",
        name=_("World café"),
        summary=_("Rounds of talk at small tables: people change table, what they wrote waits for the next."),
        good_for=_("When many people should look at the same questions, and get to know each other."),
        people=_("From 12 to 200 people"),
        group_size=_("Four or five at each table"),
        materials=_("Tables for five, a phone or paper at each, a host who stays, a clock all can see."),
        board=first,
        steps=_rounds(first, second, third),
    )


def one_two_four_all() -> Method:
    """After Henri Lipmanowicz and Keith McCandless (Liberating Structures)."""
    found = board(
        (_("What we agree on"), _("Which ideas did you find in both pairs?")),
        (_("The one idea"), _("Which single idea do you bring to everybody? Write why.")),
        columns=1,
    )
    return Method(
        key="1-2-4-all",
        name=_("1-2-4-all"),
        summary=_("First alone, then in two, then in four, then everybody: in half an hour all have spoken."),
        good_for=_("When few usually speak, or when you need a first answer from everybody in little time."),
        people=_("From 8 to 500 people"),
        group_size=_("Four at each table"),
        materials=_("Chairs that can be turned, a clock, a bell."),
        board=found,
        steps=[
            Step(
                QuestionPlan(
                    prompt=_("In your opinion, what should we begin with?"), asks="ideas", most=2, hidden=True
                ),
                _("Alone: a minute of silence"),
                _("Each of us thinks, and writes one or two ideas."),
                5,
                material=_("Ask for real silence: it is what lets the shy ones begin."),
                hands_on=_("Each person has an idea in hand."),
            ),
            Step(
                GroupsPlan(areas=found, method="1-2-4-all"),
                _("In two, then in four"),
                _("We compare ideas with a neighbour, then with another pair."),
                15,
                material=_("Five minutes in pairs, then ring the bell and join two pairs for ten minutes."),
                hands_on=_("One idea a table."),
            ),
            gathering(1, 10),
        ],
    )


def _hats_on(hats: Sequence[Area]) -> list[Step]:
    """The proposal, the hats, where we stand, what should change."""
    return [
        Step(
            PlenaryPlan(),
            _("The proposal, in five minutes"),
            _("We all start from the same proposal."),
            10,
            material=_(
                "Whoever presents tells what, for whom, with what money. Only questions to understand."
            ),
            hands_on=_("A proposal that all have understood."),
        ),
        Step(
            GroupsPlan(areas=hats, method="six-hats"),
            _("Six hats, five minutes each"),
            _("All look in the same direction, one hat at a time."),
            35,
            material=_("Open one area of the board after the other: white, red, yellow, black, green, blue."),
            hands_on=_("For each table: the main gain, the main risk, how to mend it."),
        ),
        gathering(1),
        Step(
            QuestionPlan(
                prompt=_("How far do you agree with the proposal, as it is now?"),
                asks="scale",
                steps=5,
                labels=(_("Not at all"), _("Fully")),
            ),
            _("Where we stand now"),
            _("We see how far the proposal convinces us after having looked at it well."),
            5,
            material=_("Open the same question at the beginning too, if you want to show what has moved."),
            hands_on=_("How far we agree, in numbers."),
        ),
        Step(
            GroupsPlan(
                assign=SAME,
                areas=board((_("What to change"), _("What would make it better?"))),
                dots=3,
                method="six-hats",
            ),
            _("What should change"),
            _("Each table writes what it would change in the proposal."),
            15,
            material=_("Only changes that can be made: “instead of … we would …”."),
            hands_on=_("A list of changes, with dots."),
            follows=1,
        ),
    ]


def six_hats() -> Method:
    """After Edward de Bono: everybody thinks in the same way at the same time."""
    hats = board(
        (_("White: facts"), _("What do we know, and what do we not know yet?")),
        (_("Red: feelings"), _("What do you feel about it, without having to explain?")),
        (_("Yellow: what is good"), _("What would it bring, and to whom?")),
        (_("Black: risks"), _("What could go wrong, and what would it cost?")),
        (_("Green: new ways"), _("How else could it be done? How do we mend the risks?")),
        (_("Blue: where we are"), _("What do we conclude? What is the next step?")),
        columns=3,
    )
    return Method(
        key="six-hats",
        name=_("Six thinking hats"),
        summary=_("One proposal looked at six times, each time with other eyes, everybody together."),
        good_for=_("When a proposal divides, and people defend a side instead of looking at it."),
        people=_("From 5 to 60 people"),
        group_size=_("Five to seven at each table"),
        materials=_("The proposal in ten lines for each table, a clock: five minutes a hat."),
        board=hats,
        steps=_hats_on(hats),
    )
