"""The one clock: gives out scheduled work as jobs, each moment once, whoever asks.

``@every(minutes=10)`` or ``@every(at="07:00")`` (time of Rome) on a function in a room's ``tasks.py``.
A moment missed while nothing ran is made up for once, not as often as it was missed.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from cantiere.foundation.core.jobs import Task, job
from cantiere.foundation.core.models import Job, Tick

P = ParamSpec("P")
T = TypeVar("T")
ROME = ZoneInfo("Europe/Rome")
_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a task is due: every ``period``, or every day ``at`` a time of Rome."""

    task: Task[..., Any]
    period: timedelta
    at: time | None = None

    @property
    def name(self) -> str:
        return self.task.module_path

    def due(self, now: datetime) -> datetime:
        """The latest moment not after ``now`` at which the task was due."""
        if self.at is None:
            return now - (now - _MIDNIGHT) % self.period
        today = now.astimezone(ROME).date()
        moment = datetime.combine(today, self.at, ROME)
        if moment > now:
            moment = datetime.combine(today - timedelta(days=1), self.at, ROME)
        return moment.astimezone(UTC)


_schedules: dict[str, Schedule] = {}


def every(
    *, minutes: int = 0, hours: int = 0, days: int = 0, at: str | None = None
) -> Callable[[Callable[P, T] | Task[P, T]], Task[P, T]]:
    """Schedule a function or a job; a plain function becomes a job of the queue ``maintenance``."""
    period = timedelta(minutes=minutes, hours=hours, days=days)
    if bool(period) == bool(at):
        raise ImproperlyConfigured("A schedule has a period or a time of day.")

    def register(function: Callable[P, T] | Task[P, T]) -> Task[P, T]:
        task = function if isinstance(function, Task) else job(queue="maintenance")(function)
        moment = time.fromisoformat(at) if at else None
        _schedules[task.module_path] = Schedule(task, period or timedelta(days=1), moment)
        return task

    return register


def schedules() -> list[Schedule]:
    """All schedules by name."""
    return [_schedules[name] for name in sorted(_schedules)]


def tick(now: datetime | None = None) -> list[str]:
    """Enqueue what is due and was not yet given out; gives the names of what was."""
    now = now or timezone.now()
    due = {schedule.name: schedule.due(now) for schedule in schedules()}
    given = set(Tick.objects.filter(due_at__in=set(due.values())).values_list("schedule", "due_at"))
    return [
        schedule.name
        for schedule in schedules()
        if (schedule.name, due[schedule.name]) not in given and _give_out(schedule, due[schedule.name])
    ]


@transaction.atomic
def _give_out(schedule: Schedule, due_at: datetime) -> bool:
    given, new = Tick.objects.get_or_create(schedule=schedule.name, due_at=due_at)
    if not new:
        return False
    waiting = Job.objects.filter(task=schedule.name, status=Job.Status.READY, attempts=0)
    if waiting.exists():
        return False
    given.job_id = int(schedule.task.enqueue().id)
    given.save(update_fields=["job"])
    Tick.objects.filter(schedule=schedule.name, due_at__lt=due_at - timedelta(days=30)).delete()
    return True


def run(stop: threading.Event, pause: float = 10) -> None:
    """Tick until told to stop; an error (a database away for a moment) is logged and tried again."""
    import logging

    from django.db import close_old_connections

    while not stop.is_set():
        try:
            close_old_connections()
            tick()
        except Exception:
            logging.getLogger(__name__).exception("The clock could not give out work; it tries again.")
        stop.wait(pause)
