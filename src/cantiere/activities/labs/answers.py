"""What a laboratory answers to those who know nothing of it: numbers, a report, data, what waits."""

from collections.abc import Iterator, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from cantiere.activities.labs import quoting
from cantiere.activities.labs.files.tables import columns, rows
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.outcome import outcome
from cantiere.engine.answers import Cell, Dataset, Measure, Reach, Section
from cantiere.programmes.kinds import Waiting
from cantiere.programmes.models import Activity
from cantiere.programmes.queries import appointments_dataset, attendance_dataset, turnout


def measures(lab: Lab) -> list[Measure]:
    """Seats and who came; once it ended, who took part how, and what they gave."""
    figures = turnout(lab.activity)
    found = [
        Measure("confirmed", gettext("People with a confirmed seat"), figures.confirmed),
        Measure("attended", gettext("Of these, people who came"), figures.attended, figures.confirmed),
    ]
    numbers = lab.numbers
    if not numbers:
        return found
    people = numbers["entered"] + numbers["paper"]
    hall = numbers["entered"] - numbers["online"]
    return [
        *found,
        Measure("people", gettext("People who took part"), people),
        Measure("hall", gettext("Of those who took part, with a phone in the hall"), hall, people),
        Measure("online", gettext("Of those who took part, from afar"), numbers["online"], people),
        Measure("paper", gettext("Of those who took part, on paper"), numbers["paper"], people),
        Measure("groups", gettext("Working groups"), numbers["groups"]),
        Measure("answers", gettext("Answers to live questions"), numbers["answers"]),
        Measure("contributions", gettext("Contributions written down"), lab.harvested.count()),
    ]


def section(lab: Lab) -> Section:
    """The sentence, what came out and the minutes once they are public, with the figures."""
    activity = lab.activity
    parts = [activity.summary, activity.outcome]
    if lab.minutes_on is not None:
        parts += ["\n".join(f"- {point}" for point in lab.point_list), quoting.for_reading(lab.minutes)]
    return Section(activity.title, "\n\n".join(filter(None, parts)), measures(lab))


def datasets(lab: Lab) -> list[Dataset]:
    """Open: when and where, and the results once they are published. For the team: who came."""
    return [
        appointments_dataset(lab, gettext("Laboratories")),
        Dataset(
            "results",
            gettext("Results of laboratories"),
            columns(),
            lambda: _results(lab),
            Reach.OPEN,
            gettext(
                "What was answered and voted in laboratories, line by line, from their published results. "
                "Where fewer than five answered there are no lines."
            ),
        ),
        attendance_dataset(lab.activity),
    ]


def _results(lab: Lab) -> Iterator[Sequence[Cell]]:
    if lab.minutes_on is not None and lab.activity.is_public:
        yield from rows(outcome(lab))


def waiting(activities: Sequence[Activity]) -> Iterator[Waiting]:
    """What was said and nobody read yet; minutes nobody published."""
    named = {activity.pk: activity for activity in activities}
    ended = Lab.objects.filter(pk__in=named, ended_on__isnull=False)
    for lab in ended.filter(erased_on=None).annotate(written=Count("harvested")).order_by("pk"):
        left = lab.numbers.get("said", 0) - lab.written
        pictured = lab.numbers.get("pictured", 0)
        if pictured:
            text = ngettext(
                "“%(title)s”: %(n)s photo of a paper note waits for somebody to type what it says.",
                "“%(title)s”: %(n)s photos of paper notes wait for somebody to type what they say.",
                pictured,
            )
            yield _waiting(named[lab.pk], text, pictured, gettext("Type them"), "harvest")
        if left > 0:
            text = ngettext(
                "“%(title)s”: %(n)s thing said waits to be read and written down.",
                "“%(title)s”: %(n)s things said wait to be read and written down.",
                left,
            )
            yield _waiting(named[lab.pk], text, left, gettext("Read them"), "harvest")
    unpublished = ended.filter(minutes_on=None).order_by("pk")
    for number, ready in unpublished.values_list("pk", "minutes_ready_on"):
        if ready is not None:
            text, verb = (
                gettext("“%(title)s”: its minutes wait for approval."),
                gettext("Read and approve them"),
            )
        else:
            text = gettext("“%(title)s” has ended: its results and minutes are not published.")
            verb = gettext("Publish them")
        yield _waiting(named[number], text, 0, verb, "minutes")


def _waiting(activity: Activity, text: str, number: int, verb: str, page: str) -> Waiting:
    words = text % {"title": activity.title, "n": number}
    return Waiting(words, verb, reverse(f"labs:{page}", args=[activity.slug]))
