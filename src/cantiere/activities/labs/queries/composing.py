"""The minutes of a laboratory as they compose themselves, in Markdown: who came, what was found."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.lines import Chart
from cantiere.activities.labs.queries.outcome import BoardView, Moment, Outcome, Voice, outcome
from cantiere.activities.labs.quoting import escaped, quote
from cantiere.activities.labs.sentences import weights
from cantiere.foundation.ui import dates


def composed(lab: Lab) -> str:
    """A draft of the minutes; words of people stand in it as links alone."""
    found = outcome(lab)
    parts = ["\n".join(_attendance(found)), "\n".join(_agenda(found))]
    parts += ["\n".join(_moment(moment)) for moment in found.told]
    return "\n\n".join(part for part in parts if part)


def _attendance(found: Outcome) -> Iterator[str]:
    lab, numbers = found.lab, found.numbers
    yield f"# {_('Who was there')}"
    yield ""
    day = dates.full_day(lab.ended_on) if lab.ended_on else ""
    people = ngettext("{n} person took part", "{n} people took part", found.present).format(n=found.present)
    more = []
    if numbers.get("online"):
        more.append(_("{n} from afar").format(n=numbers["online"]))
    if numbers.get("paper"):
        more.append(_("{n} on paper").format(n=numbers["paper"]))
    if numbers.get("groups"):
        groups = numbers["groups"]
        more.append(ngettext("in {n} group", "in {n} groups", groups).format(n=groups))
    yield f"{day[:1].upper()}{day[1:]}. {people}" + (f" ({', '.join(more)})." if more else ".")
    partners = lab.activity.programme.partnerships.select_related("organisation")
    bodies = [escaped(str(each.organisation)) for each in partners]
    if bodies:
        yield ""
        yield _("Bodies of the programme: {names}.").format(names=", ".join(bodies))


def _agenda(found: Outcome) -> Iterator[str]:
    if not found.moments:
        return
    yield f"# {_('What we did')}"
    yield ""
    for number, moment in enumerate(found.moments, 1):
        minutes = moment.row.minutes
        length = ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
        yield f"{number}. {escaped(moment.row.title)} ({length})"


def _moment(moment: Moment) -> Iterator[str]:
    row = moment.row
    yield f"# {escaped(row.title)}"
    if row.prompt and row.prompt != row.title:
        yield ""
        yield f"*{escaped(row.prompt)}*"
    if moment.hidden:
        yield ""
        yield ngettext(
            "{n} person answered: too few to tell what.",
            "{n} people answered: too few to tell what.",
            moment.people,
        ).format(n=moment.people)
    if moment.chart is not None:
        yield from _table(moment.chart, shared=row.asks == "words")
    if moment.voices and row.asks != "words":
        yield ""
        for voice in moment.voices:
            yield from _item(voice)
    for board in moment.boards:
        yield from _board(board)


def _table(chart: Chart, *, shared: bool) -> Iterator[str]:
    """``shared``: only lines of several people; the words of one stand in their contribution alone."""
    bars = [bar for bar in chart.bars if not shared or bar.cells[0] > 1]
    yield ""
    yield chart.sentence
    if not bars:
        return
    yield ""
    yield f"| {' | '.join(chart.columns)} |"
    yield "|" + " --- |" * len(chart.columns)
    for bar in bars:
        _label, *cells = chart.row(bar)
        label = quote(bar.said) if bar.said is not None else escaped(bar.label)
        yield f"| {' | '.join([label, *cells])} |"


def _board(board: BoardView) -> Iterator[str]:
    if board.name:
        yield ""
        yield f"## {escaped(board.name)}"
    for area in board.areas:
        if area.title:
            yield ""
            yield f"**{escaped(area.title)}**"
        yield ""
        for voice in [*area.clusters, *area.notes]:
            yield from _item(voice)


def _item(voice: Voice, depth: int = 0) -> Iterator[str]:
    """A line, and what stands under it a step further in."""
    told = weights(voice.row.sort, voice.row.people, voice.row.dots)
    more = f" ({', '.join(told)})" if told else ""
    yield f"{'  ' * depth}- {quote(voice.contribution)}{more}"
    for each in voice.below:
        yield from _item(each, depth + 1)
