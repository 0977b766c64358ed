"""Minutes and results as an accessible PDF, set from data: nothing anybody wrote is an instruction."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cantiere.activities.labs import quoting
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.outcome import BoardView, Moment, Outcome, Voice, outcome
from cantiere.activities.labs.sentences import weights
from cantiere.foundation.core.blocks import blocks
from cantiere.foundation.core.typeset import typeset
from cantiere.foundation.ui import dates

Json = dict[str, Any]
TEMPLATE = Path(__file__).with_name("document.typ")
KEPT = 3600


def document(lab: Lab) -> bytes:
    """The PDF as everyone may have it now."""
    return made(TEMPLATE, paper(lab), "pdf")


def made(template: Path, data: Mapping[str, object], form: Any, ppi: int = 144) -> bytes:
    """A file, kept for an hour under what it says: what says something else is another file."""
    says = hashlib.sha256(json.dumps([template.name, form, data]).encode()).hexdigest()
    found: bytes | None = cache.get(f"labs:file:{says}")
    if found is None:
        found = typeset(template, data, form=form, ppi=ppi)
        cache.set(f"labs:file:{says}", found, KEPT)
    return found


def paper(lab: Lab) -> Json:
    """What the document says."""
    found, activity = outcome(lab), lab.activity
    address = f"{settings.URL}{activity.get_absolute_url()}"
    return {
        "lang": get_language() or "it",
        "title": _("Minutes and results: {title}").format(title=activity.title),
        "heading": activity.title,
        "programme": activity.programme.title,
        "facts": _facts(found),
        "short": activity.outcome or lab.short,
        "points": lab.point_list,
        "minutes": [] if lab.minutes_as_composed else blocks(quoting.for_reading(lab.minutes), settings.URL),
        "moments": [_moment(moment) for moment in found.told],
        "address": address,
        "words": {
            "kicker": _("Minutes and results"),
            "points": _("In short"),
            "minutes": _("The minutes"),
            "results": _("What came out"),
            "page": _("page"),
            "of": _("of"),
            "more": _("The page of this laboratory, where words are as their authors have them now:"),
        },
    }


def _facts(found: Outcome) -> list[str]:
    activity, lab = found.lab.activity, found.lab
    place = ", ".join(filter(None, [activity.place_note, str(activity.place or "")]))
    people = ngettext("{n} person took part", "{n} people took part", found.present).format(n=found.present)
    day = dates.full_day(lab.ended_on) if lab.ended_on is not None else ""
    return [fact for fact in (day, place, people, *(f"{name}: {words}" for name, words in found.who)) if fact]


def _moment(moment: Moment) -> Json:
    row, chart = moment.row, moment.chart
    told: Json = {
        "title": row.title,
        "prompt": row.prompt if row.prompt != row.title else "",
        "sentence": chart.sentence if chart is not None else "",
        "heads": chart.columns if chart is not None else [],
        "rows": [
            {"cells": chart.row(bar), "length": bar.percent, "url": _full(bar.url)} for bar in chart.bars
        ]
        if chart is not None
        else [],
        "voices": [] if row.asks == "words" else _voices(moment.voices),
        "boards": [_board(board, row.title) for board in moment.boards],
    }
    if moment.hidden:
        told["sentence"] = ngettext(
            "{n} person answered: too few to tell what.",
            "{n} people answered: too few to tell what.",
            moment.people,
        ).format(n=moment.people)
    return told


def _board(board: BoardView, title: str) -> Json:
    return {
        "name": board.name or title,
        "areas": [
            {"title": area.title, "voices": _voices([*area.clusters, *area.notes])} for area in board.areas
        ],
    }


def _voices(voices: Sequence[Voice]) -> list[Json]:
    return [
        {
            "text": " ".join(voice.text.split()),
            "weight": weight(voice),
            "url": _full(voice.contribution.get_absolute_url()),
            "below": _voices(voice.below),
        }
        for voice in voices
    ]


def weight(voice: Voice) -> str:
    """How many said it and what others gave for it, in words."""
    return ", ".join(weights(voice.row.sort, voice.row.people, voice.row.dots))


def _full(url: str) -> str:
    return f"{settings.URL}{url}" if url else ""
