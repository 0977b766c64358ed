"""The thread of a programme: its phases, with their activities as knots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cantiere.engine import drawing
from cantiere.engine.window import State
from cantiere.programmes.models import Activity, Change, Phase, Programme

MOST_KNOTS = 9
BENDS = (Change.Kind.PAUSED, Change.Kind.REPLANNED)


@dataclass(frozen=True)
class Stretch:
    """A phase on the line."""

    label: str
    anchor: str
    state: State
    words: str
    days: str
    knots: Sequence[State]
    bends: Sequence[Change]
    is_here: bool

    @property
    def css(self) -> str:
        """The state as the look names it."""
        return self.state.value

    @property
    def level(self) -> str:
        """The piece of line to the next phase, drawn flat."""
        return drawing.strand(self.label, bend=bool(self.bends))

    @property
    def upright(self) -> str:
        """The piece of line to the next phase, drawn downwards."""
        return drawing.strand(self.label, bend=bool(self.bends), upright=True)

    @property
    def count(self) -> str:
        """«5 attività, 3 concluse»."""
        if not self.knots:
            return ""
        total, done = len(self.knots), sum(state is State.DONE for state in self.knots)
        words = ngettext("{total} activity", "{total} activities", total).format(total=total)
        if not done:
            return words
        return ngettext("{words}, {done} done", "{words}, {done} done", done).format(words=words, done=done)

    @property
    def knots_before(self) -> Sequence[State]:
        """What was done or goes on, as far as there is room on the line."""
        return [state for state in self.knots if state is not State.TO_COME][-MOST_KNOTS:]

    @property
    def knots_after(self) -> Sequence[State]:
        """What is to come, as far as there is room beside the rest."""
        coming = [state for state in self.knots if state is State.TO_COME]
        return coming[: max(MOST_KNOTS - len(self.knots_before), 1)]


def line_of(
    programme: Programme, phases: Sequence[Phase], activities: Iterable[Activity], changes: Iterable[Change]
) -> list[Stretch]:
    """The line: one stretch a phase; a permanent programme is one stretch without end."""
    held: dict[int | None, list[State]] = {}
    for activity in activities:
        if activity.cancelled_on is None:
            held.setdefault(activity.phase_id, []).append(activity.state)
    if not phases:
        return [_permanent(programme, _in_order(held.get(None, [])))]
    bends = _bends(phases, changes)
    stretches, here = [], False
    for number, phase in enumerate(phases, 1):
        state = State.DONE if programme.closed_on else phase.state
        is_here = state is State.NOW and not here
        here = here or is_here
        stretches.append(
            Stretch(
                label=phase.title,
                anchor=f"fase-{number}",
                state=state,
                words=_words(programme, state, is_here=is_here),
                days=months(phase.days.first, phase.days.last),
                knots=_in_order(held.get(phase.pk, [])),
                bends=bends.get(phase.pk, ()),
                is_here=is_here,
            )
        )
    return stretches


def _permanent(programme: Programme, knots: Sequence[State]) -> Stretch:
    state = State.DONE if programme.closed_on else programme.days.state(timezone.localdate())
    return Stretch(
        label=_("Permanent programme") if not programme.is_in_phases else _("The programme"),
        anchor="attivita",
        state=state,
        words=_words(programme, state, is_here=state is State.NOW),
        days=months(programme.starts_on, programme.closed_on),
        knots=knots,
        bends=(),
        is_here=state is State.NOW,
    )


def _in_order(states: Sequence[State]) -> list[State]:
    order = [State.DONE, State.NOW, State.TO_COME]
    return sorted(states, key=order.index)


def _words(programme: Programme, state: State, *, is_here: bool) -> str:
    if is_here:
        return _("We are here, paused") if programme.paused_on else _("We are here")
    return state_words(state)


def state_words(state: State) -> str:
    """The state of a phase in words."""
    return {
        State.DONE: pgettext("phase", "Done"),
        State.NOW: pgettext("phase", "Under way"),
        State.TO_COME: pgettext("phase", "To come"),
    }[state]


def _bends(phases: Sequence[Phase], changes: Iterable[Change]) -> dict[int, list[Change]]:
    """Pauses and new plans, at the phase they name, else at the one that ran on that day."""
    found: dict[int, list[Change]] = {}
    for change in sorted(changes, key=lambda change: change.on):
        if change.kind not in BENDS:
            continue
        running = [phase for phase in phases if phase.days.first and phase.days.first <= change.on]
        at = change.phase_id or (running[-1] if running else phases[0]).pk
        found.setdefault(at, []).append(change)
    return found


def months(first: date | None, last: date | None) -> str:
    """«marzo – giugno 2019», «da settembre 2019»; empty when nothing is known."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        words = _("from {month}") if first else _("until {month}")
        return words.format(month=_month(first or last))
    if (first.year, first.month) == (last.year, last.month):
        return _month(first)
    start = said(first, "F") if first.year == last.year else _month(first)
    return f"{start} – {_month(last)}"


def said(day: date, pattern: str) -> str:
    """Part of a date in words, as the language writes it: «marzo 2019», «March 2019»."""
    words = format_date(day, pattern)
    return words.lower() if get_language() == "it" else words


def _month(day: date | None) -> str:
    return said(day, "F Y") if day else ""
