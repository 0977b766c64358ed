"""Where a programme stands, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cantiere.engine.window import State
from cantiere.foundation.ui import dates
from cantiere.programmes.models import Programme


@dataclass(frozen=True)
class Standing:
    """A state of the look (``open``, ``paused`` …) and the words that say it."""

    kind: str
    words: str


def standing_of(programme: Programme, today: date | None = None) -> Standing:
    """«In corso», «In pausa da lunedì 9 marzo 2020», «Concluso a giugno 2023»."""
    today = today or timezone.localdate()
    state = programme.days.state(today)
    if programme.published_at is None:
        return Standing("draft", _("Draft: only the team sees it"))
    if programme.closed_on is not None:
        return _since("done", _("Closed on {day}"), programme.closed_on)
    if programme.paused_on is not None:
        return _since("paused", _("Paused since {day}"), programme.paused_on)
    if state is State.TO_COME and programme.starts_on is not None:
        return _since("soon", _("Begins on {day}"), programme.starts_on)
    if state is State.DONE and programme.ends_on is not None:
        return _since("done", _("Closed on {day}"), programme.ends_on)
    return Standing("now", pgettext("programme", "Under way"))


def _since(kind: str, words: str, day: date) -> Standing:
    return Standing(kind, words.format(day=dates.full_day(day, year=day.year != timezone.localdate().year)))
