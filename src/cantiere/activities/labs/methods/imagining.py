"""Methods for finding ideas and making them ready."""

from django.utils.translation import gettext as _

from cantiere.activities.labs.methods.parts import gathering, weighing
from cantiere.activities.labs.methods.step import Method, Step, board
from cantiere.engine.lab.script import SAME, GroupsPlan, QuestionPlan


def how_might_we() -> Method:
    """A complaint turned into a question that opens."""
    questions = board(
        (_("What is hard"), _("What does not work? A fact a note, without blame.")),
        (_("How might we …?"), _("Turn each difficulty into a question: “How might we … so that …?”")),
    )
    answers = board(
        (_("The question we chose"), _("Copy here the question you work on.")),
        (_("Many answers"), _("As many ideas as you can, even odd ones. No judging yet.")),
        columns=1,
    )
    return Method(
        key="how-might-we",
        name=_("How might we …?"),
        summary=_(
            "Difficulties become questions neither too wide nor too narrow, and questions find answers."
        ),
        good_for=_("When the talk stops at what does not work."),
        people=_("From 5 to 100 people"),
        group_size=_("Four to six at each table"),
        materials=_("An example of a question too wide, one too narrow, a good one."),
        board=questions,
        steps=[
            Step(
                GroupsPlan(areas=questions, dots=2, method="how-might-we"),
                _("From difficulties to questions"),
                _("We turn what is hard into questions that open."),
                20,
                material=_(
                    "Too wide: “How might we save the centre?”. Too narrow: “How might we move that bench?”."
                ),
                hands_on=_("The question with the most dots at each table."),
            ),
            Step(
                GroupsPlan(assign=SAME, areas=answers, dots=3, method="how-might-we"),
                _("As many answers as we can"),
                _("First many ideas, then the good ones."),
                20,
                material=_("Ten minutes to write in silence, ten to read aloud and put dots."),
                hands_on=_("Three ideas a table, with their question."),
                follows=0,
            ),
            gathering(1),
            weighing(2, _("Which ideas would you begin with?")),
        ],
    )


def future_headlines() -> Method:
    """The newspaper of ten years from now."""
    areas = board(
        (_("The headline"), _("The front page of our newspaper in ten years: what does it say?")),
        (_("The story"), _("What has happened? Who did it? Who lives better for it?")),
        (_("How it began"), _("What was the first thing that was done, this year?")),
        (_("What was in the way"), _("What nearly stopped it, and how did they manage?")),
    )
    return Method(
        key="future-headlines",
        name=_("Headlines from the future"),
        summary=_("We write the newspaper of ten years from now, then look back: how did we get there?"),
        good_for=_("To say together where we want to go, before saying how."),
        people=_("From 6 to 120 people"),
        group_size=_("Four to six at each table"),
        materials=_("A front page to fill in, printed large, or just the board."),
        board=areas,
        steps=[
            Step(
                QuestionPlan(
                    prompt=_("In ten years, what word will people use to describe this place?"),
                    asks="words",
                    most=3,
                    hidden=False,
                ),
                _("A word for ten years from now"),
                _("We warm up: a word each."),
                5,
                hands_on=_("Words on the screen to begin with."),
            ),
            Step(
                GroupsPlan(areas=areas, method="future-headlines"),
                _("We write the front page"),
                _("A headline for each table, and the story behind it."),
                30,
                material=_(
                    "A headline has a subject and a verb: “The river is bathed in again”, not “Environment”."
                ),
                hands_on=_("One headline a table, and the first step that leads to it."),
            ),
            gathering(1),
            weighing(2, _("Which headlines would you like to read one day?")),
        ],
    )


def impact_effort() -> Method:
    """From ideas to an order: what helps much and costs little comes first."""
    areas = board(
        (_("Helps much, costs little"), _("We do it at once: who begins?")),
        (_("Helps much, costs much"), _("We plan it: what is needed, by when?")),
        (_("Helps little, costs little"), _("We do it if somebody wants to.")),
        (_("Helps little, costs much"), _("We leave it, and say why.")),
    )
    return Method(
        key="impact-effort",
        name=_("Impact and effort"),
        summary=_("Ideas put in order by how much they help and how much they cost: where do we begin?"),
        good_for=_("When there are many ideas, and little money or time."),
        people=_("From 5 to 80 people"),
        group_size=_("Five to seven at each table, with somebody who knows the costs"),
        materials=_(
            "The ideas found so far, one a note; a word on what “much” means here, in euros and months."
        ),
        board=areas,
        steps=[
            Step(
                QuestionPlan(
                    prompt=_("What could be done? One idea an answer, beginning with a verb."),
                    asks="ideas",
                    most=3,
                    hidden=False,
                    upvotes=True,
                ),
                _("The ideas on the table"),
                _("Everybody gives up to three ideas, and supports those of others."),
                10,
                material=_("Merge the same ideas while they come in."),
                hands_on=_("The ten ideas with the most support."),
            ),
            Step(
                GroupsPlan(areas=areas, shape=True, method="impact-effort"),
                _("How much it helps, how much it costs"),
                _("Each table puts the ideas in the four squares, and says why."),
                25,
                material=_(
                    "First how much it helps, then how much it costs. Disagreement is written on the note."
                ),
                hands_on=_("What to do at once, what to plan."),
            ),
            gathering(1),
            weighing(2, _("What do we begin with?")),
        ],
    )


def lotus() -> Method:
    """After Yasuo Matsumura: one theme, eight petals."""
    theme = (_("The theme"), _("Write the theme in the middle, in one sentence."))
    petal = _("One side of the theme: its title first, then ideas.")
    petals = [(_("Petal %(number)s") % {"number": number}, petal) for number in range(1, 9)]
    areas = board(*petals[:4], theme, *petals[4:], columns=3)
    return Method(
        key="lotus",
        name=_("Lotus blossom"),
        summary=_("A theme in the middle, eight sides of it around, ideas for each side."),
        good_for=_("When the theme is large, and you want to look at all its sides before choosing."),
        people=_("From 4 to 40 people"),
        group_size=_("Four to six at each table"),
        materials=_("The theme in one sentence."),
        board=areas,
        steps=[
            Step(
                GroupsPlan(areas=areas, shape=True, dots=3, method="lotus"),
                _("Eight petals"),
                _("We open the theme: eight sides first, then ideas for each."),
                35,
                material=_("Ten minutes for the titles of the petals, twenty for ideas, five for dots."),
                hands_on=_("The two richest petals of each table."),
            ),
            gathering(0),
        ],
    )


def canvas() -> Method:
    """A project on one page."""
    areas = board(
        (_("For whom"), _("Who lives better if it succeeds?")),
        (_("What need"), _("Which difficulty does it answer? How do we know?")),
        (_("What we do"), _("In one sentence, then in three steps.")),
        (_("With whom"), _("Who does what? Who must say yes?")),
        (_("What is needed"), _("People, places, money, permits: what is there, what is missing?")),
        (_("How we know it works"), _("What do we see or count after six months?")),
        columns=3,
    )
    return Method(
        key="canvas",
        name=_("A project on one page"),
        summary=_(
            "An idea becomes a project: for whom, what, with whom, with what, how we know that it works."
        ),
        good_for=_("When an idea was chosen, and somebody wants to carry it on."),
        people=_("From 3 to 60 people"),
        group_size=_("Three to six at each table: each takes one idea"),
        materials=_("The ideas chosen before; for each table somebody who will carry the project on."),
        board=areas,
        steps=[
            Step(
                GroupsPlan(assign="chosen", areas=areas, method="canvas"),
                _("The project on one page"),
                _("Each table makes one idea ready to be begun."),
                40,
                material=_("People sit where the idea is that they want to carry on."),
                hands_on=_("A page for each project, with who takes the first step."),
            ),
            gathering(0, 20),
            Step(
                QuestionPlan(
                    prompt=_("What do you want to do yourself? One thing an answer."),
                    asks="ideas",
                    most=2,
                    named=True,
                ),
                _("What each of us does"),
                _("Whoever wants to says what they take on."),
                5,
                hands_on=_("A list of things people want to do."),
            ),
        ],
    )
