"""Rehearsing a laboratory: in a room of its own, with people who are not there, thrown away afterwards."""

import random
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.labs import simulation
from cantiere.activities.labs.actions.chair import Chair
from cantiere.activities.labs.actions.leading import send_script
from cantiere.activities.labs.actions.photos import forget_photos
from cantiere.activities.labs.live import KIND
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.halls import rehearsal_key, rehearsal_of
from cantiere.activities.labs.rights import author_of
from cantiere.engine.board import BoardRight
from cantiere.engine.lab import LabState
from cantiere.engine.live import State
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.live import actions as live
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.boards import queries as standing
from cantiere.foundation.live.boards.changes import add_note
from cantiere.foundation.live.models import LiveRoom
from cantiere.foundation.live.submit import NotTakenError, ask, submit

MOST_PEOPLE = 60
MOST_DEEDS = 60  # in one wave
MOST_NOTES = 4  # of one made-up person on a board


def rehearse(*, lab: Lab, by: Person | None, key: str, people: int) -> LiveRoom:
    """Open a rehearsal with so many made-up people; one that is open goes on."""
    from cantiere.activities.labs.tasks import simulate

    if not lab.blocks.exists():
        raise ValidationError(_("Write the run sheet first: there is nothing to rehearse."))
    if not 1 <= people <= MOST_PEOPLE:
        raise ValidationError(_("A rehearsal has from 1 to 60 simulated people."))
    with transaction.atomic():
        begun = rehearsal_of(lab) is None
        room = live.make(kind=KIND, key=rehearsal_key(lab))
        if begun:
            log.record(by=by, verb="labs.rehearse", target=lab)
    send_script(chair=Chair(lab, room.pk, by, key, rehearsal=True))
    for actor in simulation.names(people):
        submit(room=room.pk, actor=actor, kind="enter", key=f"enter-{actor}-rehearsal")
    with transaction.atomic():
        simulate.enqueue(room.pk)
    return room


def throw_away(*, lab: Lab) -> None:
    """The rehearsal is over: nothing of it is kept."""
    room = rehearsal_of(lab)
    if room is not None:
        forget_photos(room=room.pk)
        live.remove(room=room)


def wave(*, room: int, dice: random.Random) -> int:
    """Let some of the made-up people do something, as phones do; gives how many did."""
    found: list[simulation.Deed] = ask(room=room, ask=lambda state, _handler: _some(state, dice))
    done = 0
    for deed in found:
        try:
            submit(room=room, actor=deed.actor, kind=deed.kind, slot=deed.slot, body=deed.body)
            done += 1
        except NotTakenError:
            continue  # the facilitator was quicker
    for note in ask(room=room, ask=lambda state, _handler: list(simulation.notes(state, dice))):
        author = author_of(room, note.actor)
        there = standing.read(room, note.board).notes
        if sum(each.by == author for each in there) >= MOST_NOTES:
            continue
        above = sum(each.area == note.area for each in there)
        made = add_note(note.text, by=author, area=note.area, order=float(above), **_spot(above))
        with suppress(boards.NotTakenError):
            boards.edit(room=room, key=note.board, right=BoardRight(author, add=True), changes=[made])
    return done


def _spot(above: int) -> dict[str, float]:
    """Three side by side, row under row, as people lay notes who want to read them all."""
    row, column = divmod(above, 3)
    return {"x": 500.0 * column, "y": 250.0 * (row % 5)}


def _some(state: State[LabState], dice: random.Random) -> list[simulation.Deed]:
    found = list(simulation.deeds(state, dice))
    return found if len(found) <= MOST_DEEDS else dice.sample(found, MOST_DEEDS)
