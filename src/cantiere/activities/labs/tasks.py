"""What laboratories do by the clock, and while nobody waits."""

import random
import time
from datetime import timedelta

from django.utils import timezone

from cantiere.activities.labs import actions
from cantiere.activities.labs.actions import rehearsing
from cantiere.activities.labs.actions.photos import forget_photos
from cantiere.activities.labs.live import KIND
from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries import ended, halls
from cantiere.foundation.core.clock import every
from cantiere.foundation.core.jobs import job
from cantiere.foundation.live import actions as live
from cantiere.foundation.live.models import LiveRoom
from cantiere.foundation.live.questions import BusyError, GoneError

REHEARSED = timedelta(hours=2)
SLICE, BETWEEN = 8.0, 1.2  # seconds: how long one run takes, and between two waves


def _lab(number: int) -> Lab | None:
    return Lab.objects.select_related(*Lab.address_related).filter(pk=number).first()


@every(at="03:20")
def erase_what_was_live() -> None:
    """Laboratories whose day has come, each in a job of its own."""
    today = timezone.localdate()
    for number in (*ended.due(today), *ended.never_begun(today)):
        erase.enqueue(number)


@job(queue="maintenance", external=True)
def erase(number: int) -> None:
    """Delete what was live of one; begun again it finds nothing to do."""
    lab, today = _lab(number), timezone.localdate()
    if lab is not None and number in ended.due(today):
        actions.erase(lab=lab)
    elif lab is not None and number in ended.never_begun(today):
        actions.forget_waiting(lab=lab)


@every(minutes=10)
def end_what_was_left_open() -> None:
    """Laboratories nobody ended although their time is long over, and those not yet added up."""
    for number in ended.left_open(timezone.now() - timedelta(hours=12)):
        end.enqueue(number)


@job(queue="maintenance", external=True)
def end(number: int) -> None:
    """End one and add it up; begun again it finds nothing to do."""
    lab = _lab(number)
    if lab is not None:
        actions.end(lab=lab)


@job(queue="maintenance", external=True, attempts=1)
def simulate(room: int) -> None:
    """Made-up people take part in a rehearsal for some seconds, then again, while the rehearsal lasts."""
    dice = random.Random()  # noqa: S311 (made-up people)
    ends = time.monotonic() + SLICE
    while time.monotonic() < ends:
        try:
            rehearsing.wave(room=room, dice=dice)
        except GoneError:
            return
        except BusyError:
            pass  # the next wave
        time.sleep(BETWEEN)
    if LiveRoom.objects.filter(pk=room, created_at__gt=timezone.now() - REHEARSED).exists():
        simulate.enqueue(room)


@every(hours=1)
def throw_away_rehearsals() -> None:
    """Rehearsals nobody closed."""
    old = LiveRoom.objects.filter(
        kind=KIND, key__endswith=halls.REHEARSALS, created_at__lt=timezone.now() - 4 * REHEARSED
    )
    for room in old:
        forget_photos(room=room.pk)
        live.remove(room=room)
