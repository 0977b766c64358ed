"""Running a laboratory from the desk: where we are, what is open, what is shown, what is said to whom."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.chair import HOUSE, REFUSALS, Chair
from cantiere.activities.labs.actions.ending import end
from cantiere.activities.labs.actions.joining import room_of
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.halls import REHEARSE, RUN, room_in, script_of
from cantiere.engine.lab import LabState, QuestionPlan, VotePlan
from cantiere.engine.live import REVOKE, State
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.access import can
from cantiere.foundation.live import presence
from cantiere.foundation.live.models import LiveEvent
from cantiere.foundation.live.submit import submit
from cantiere.foundation.live.tickets import now

MINUTE = 60_000
LONGEST = 480


def start(*, lab: Lab, by: Person | None, key: str) -> None:
    """Begin: from now on the desk leads. Refused while the run sheet is empty."""
    if not lab.blocks.exists():
        raise ValidationError(_("Write the run sheet first: there is nothing to lead through."))
    room = room_of(lab=lab)
    send_script(chair=Chair(lab, room.pk, by, key))
    with transaction.atomic():
        first = Lab.objects.filter(pk=lab.pk, started_on=None).update(started_on=timezone.localdate())
        if first:
            log.record(by=by, verb="labs.start", target=lab)
    lab.refresh_from_db(fields=["started_on"])


def send_script(*, chair: Chair) -> None:
    """Tell those present the run sheet as it is written now; what was answered and still fits stays."""
    chair.does("script", **script_of(chair.lab).as_json())


def close_down(*, chair: Chair) -> None:
    """The laboratory is over, for good; it is added up then, unless it was a rehearsal."""
    if chair.rehearsal:
        chair.does("end")
    else:
        end(lab=chair.lab, by=chair.by, key=chair.key)


def call_back(person: Person) -> None:
    """Desks at which somebody sits, or sat, end for them at once where they may lead no longer."""
    for lab in Lab.objects.filter(ended_on=None).select_related("activity__programme"):
        if can(person, "labs.run", lab):
            continue
        for room in filter(None, (room_in(lab, hall) for hall in (RUN, REHEARSE))):
            actor = Chair(lab, room, person, "").actor
            led = actor in presence.present(room) or LiveEvent.objects.filter(room=room, actor=actor).exists()
            if led:
                submit(room=room, actor=HOUSE, kind=REVOKE, body={"actor": actor}, lead=True)


# Where we are ----------------------------------------------------------------------------------


def go(*, chair: Chair, block: str, seen: str, opens: bool = False, timed: bool = False) -> None:
    """On to a block, from the one that was ``seen``: the one before closes with its grace.

    Refused where somebody else went on meanwhile. ``opens``: answers are taken at once; ``timed``: its
    planned minutes run.
    """
    leaving = chair.asks(lambda state: _left_open(state, seen))
    chair.does("go", block=block, seen=seen)
    if leaving:
        chair.does("close", seen)
    step = chair.asks(lambda state: state.own.script.blocks.get(block))
    if step is None:
        return
    if opens and isinstance(step.plan, QuestionPlan | VotePlan):
        chair.does("open", block)
    if timed:
        start_timer(chair=chair, minutes=step.minutes)


def _left_open(state: State[LabState], block: str) -> bool:
    """Whether a block still takes answers and is not one that stands through the whole laboratory."""
    step, door = state.own.script.blocks.get(block), state.doors.get(block)
    standing = step is not None and isinstance(step.plan, QuestionPlan) and step.plan.standing
    return door is not None and door.closed is None and not standing


def open_answers(*, chair: Chair, block: str) -> None:
    """Take answers, for the first time or again."""
    if not chair.asks(lambda state: state.own.question_of(block) is not None):
        raise ValidationError(REFUSALS["block"])
    chair.does("open", block)


def close_answers(*, chair: Chair, block: str) -> None:
    """Take no more, after three seconds for what is on its way."""
    chair.does("close", block)


def show(*, chair: Chair, block: str, shown: bool) -> None:
    """Let everybody see the results, or hide them again."""
    chair.does("show", block, shown=shown)


def vote_again(*, chair: Chair, block: str, turn: int) -> None:
    """After the discussion everybody answers anew; the first result stands beside the second."""
    chair.does("again", block, turn=turn)
    chair.does("open", block)


# Time ------------------------------------------------------------------------------------------


def start_timer(*, chair: Chair, minutes: int) -> None:
    """So many minutes from now."""
    if not 1 <= minutes <= LONGEST:
        raise ValidationError(_("A timer runs from 1 to 480 minutes."))
    chair.does("timer", intent=f"start {minutes}", ends=now() + minutes * MINUTE, left=None)


def add_minute(*, chair: Chair) -> None:
    """One minute more; a timer that rang already begins again with one."""
    ends, left = chair.asks(_timer)
    if left is not None:
        chair.does("timer", intent="more", ends=None, left=left + MINUTE)
    else:
        chair.does("timer", intent="more", ends=max(ends or 0, now()) + MINUTE, left=None)


def pause_timer(*, chair: Chair) -> None:
    """The time stands still, and goes on where it stood."""
    ends, left = chair.asks(_timer)
    if left is not None:
        chair.does("timer", intent="pause", ends=now() + left, left=None)
    elif ends is not None:
        chair.does("timer", intent="pause", ends=None, left=max(ends - now(), 0))


def stop_timer(*, chair: Chair) -> None:
    """No timer."""
    chair.does("timer", ends=None, left=None)


def _timer(state: State[LabState]) -> tuple[int | None, int | None]:
    return state.own.timer.ends, state.own.timer.left


# Words and groups ------------------------------------------------------------------------------


def say(*, chair: Chair, text: str, group: str = "") -> None:
    """A word to everybody, or to one group; an empty one takes the last away."""
    chair.does("say", text=text.strip(), group=group)


def call(*, chair: Chair, to: str) -> None:
    """Everybody back to the plenary, or on with the groups."""
    chair.does("call", to=to)


def helped(*, chair: Chair, group: str) -> None:
    """Somebody went to the group that asked for help."""
    chair.does("helped", group=group)


def freeze(*, chair: Chair, block: str, frozen: bool, groups: Sequence[str] | None = None) -> None:
    """The boards stand still (all, or those of some groups), or may be written on again."""
    chair.does("freeze", block, frozen=frozen, groups=None if groups is None else list(groups))


def focus(*, chair: Chair, block: str, area: str) -> None:
    """Only one area of the boards is written in; none means all."""
    chair.does("focus", block, area=area)
