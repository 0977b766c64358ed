"""Results line by line, for a spreadsheet and for programs."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.lines import Bar
from cantiere.activities.labs.queries.outcome import Moment, Outcome, Voice
from cantiere.engine.answers import Cell, Column

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def columns() -> list[Column]:
    """What the lines of results say."""
    return [
        Column("block", "integer", _("Number of the moment in the run sheet")),
        Column("title", "string", _("Its title")),
        Column("question", "string", _("What was asked")),
        Column("kind", "string", _("Kind of question or of work")),
        Column("people", "integer", _("How many answered")),
        Column("line", "string", _("What could be answered, or what was weighed")),
        Column("count", "integer", _("How many chose it, or its points")),
        Column("percent", "integer", _("Its share in hundredths")),
        Column("contribution", "string", _("Address of the contribution, where people said it")),
    ]


def rows(found: Outcome) -> Iterator[Sequence[Cell]]:
    """A row a line; one alone for a moment that has none."""
    for number, moment in enumerate(found.moments, 1):
        row = moment.row
        first: list[Cell] = [number, row.title, row.prompt, row.asks or row.kind, moment.people]
        bars = moment.chart.bars if moment.chart is not None else ()
        for bar in bars:
            yield (*first, bar.label, bar.cells[0], bar.percent, _full(bar.url))
        if not bars:
            yield (*first, "", None, None, "")


def as_json(found: Outcome) -> dict[str, Any]:
    """Everything that came out."""
    lab: Lab = found.lab
    return {
        "laboratory": lab.activity.title,
        "address": _full(lab.activity.get_absolute_url()),
        "day": lab.ended_on.isoformat() if lab.ended_on is not None else None,
        "licence": LICENCE,
        "people": found.present,
        "numbers": dict(found.numbers),
        "moments": [_moment(number, moment) for number, moment in enumerate(found.moments, 1)],
    }


def _moment(number: int, moment: Moment) -> dict[str, Any]:
    row = moment.row
    return {
        "number": number,
        "title": row.title,
        "question": row.prompt,
        "kind": row.asks or row.kind,
        "people": moment.people,
        "hidden": moment.hidden,
        "lines": [_line(bar) for bar in (moment.chart.bars if moment.chart is not None else ())],
        "said": [_voice(voice) for voice in moment.voices],
        "boards": [
            {
                "group": board.name,
                "areas": [
                    {"title": area.title, "said": [_voice(each) for each in (*area.clusters, *area.notes)]}
                    for area in board.areas
                ],
            }
            for board in moment.boards
        ],
    }


def _line(bar: Bar) -> dict[str, Any]:
    return {"text": bar.label, "counts": list(bar.cells), "percent": bar.percent, "moved": bar.moved}


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "text": voice.text,
        "address": _full(voice.contribution.get_absolute_url()),
        "kind": voice.row.sort,
        "people": voice.row.people,
        "points": voice.row.dots,
        "half_hour": voice.row.half_hour,
        "below": [_voice(each) for each in voice.below],
    }


def _full(url: str) -> str:
    return f"{settings.URL}{url}" if url else ""
