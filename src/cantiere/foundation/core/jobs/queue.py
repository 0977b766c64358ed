"""The table of jobs as a queue: take, extend, finish, give back.

Taking happens under ``BEGIN IMMEDIATE`` (SQLite) or ``FOR UPDATE SKIP LOCKED`` (PostgreSQL). Everything
after it is fenced by the token: who lost the lease changes nothing any more.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from traceback import format_exception

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks.utils import get_module_path, normalize_json

from cantiere.foundation.core.jobs.backend import find
from cantiere.foundation.core.models import Job

LONGEST_PAUSE = 3600


class LeaseLostError(Exception):
    """The job was given to somebody else in the meantime."""


def claim(queue: str, worker: str, lease: timedelta) -> Job | None:
    """The next job of a queue, now ours until the lease ends; ``None`` when there is none."""
    while _waiting(queue):
        with transaction.atomic():
            job = _next(queue)
            if job is None:
                return None
            if job.attempts >= job.attempts_allowed:
                _bury(job)
                continue
            now = timezone.now()
            job.status, job.worker, job.token = Job.Status.RUNNING, worker[:80], secrets.token_hex(16)
            job.attempts += 1
            job.last_attempted_at, job.lease_until = now, now + lease
            job.started_at = job.started_at or now
            job.save(
                update_fields=[
                    *("status", "worker", "token", "attempts"),
                    *("last_attempted_at", "lease_until", "started_at"),
                ]
            )
        return job
    return None


def _abandoned(queue: str) -> QuerySet[Job]:
    return Job.objects.filter(queue=queue, status=Job.Status.RUNNING, lease_until__lt=timezone.now())


def _ready(queue: str) -> QuerySet[Job]:
    ready = Job.objects.filter(queue=queue, status=Job.Status.READY, run_after__lte=timezone.now())
    return ready.order_by(F("priority").desc(), "run_after", "id")


def _waiting(queue: str) -> bool:
    """A look without a lock, so that an idle worker never stops those who write."""
    return _ready(queue).exists() or _abandoned(queue).exists()


def _next(queue: str) -> Job | None:
    abandoned = _abandoned(queue).select_for_update(skip_locked=True).first()
    return abandoned or _ready(queue).select_for_update(skip_locked=True).first()


def _bury(job: Job) -> None:
    """A job that was started as often as allowed and never ended took its worker with it."""
    job.status, job.finished_at, job.token, job.lease_until = Job.Status.FAILED, timezone.now(), "", None
    job.error_class = job.error_class or "builtins.RuntimeError"
    job.error = job.error or "The worker ended without a word at every attempt."
    job.save(update_fields=["status", "finished_at", "token", "lease_until", "error_class", "error"])


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, token=job.token, status=Job.Status.RUNNING)


def finish(job: Job, outcome: object) -> None:
    """Mark a job done, in the caller's transaction; :class:`LeaseLostError` undoes that transaction."""
    done = _mine(job).update(
        status=Job.Status.SUCCESSFUL,
        result=normalize_json(outcome),
        finished_at=timezone.now(),
        lease_until=None,
        token="",
        error="",
        error_class="",
    )
    if not done:
        raise LeaseLostError


def fail(job: Job, failure: BaseException) -> None:
    """Back in the queue after a pause that doubles, or among the dead after the last attempt."""
    now = timezone.now()
    dead = job.attempts >= job.attempts_allowed
    pause = min(_backoff(job) * 2 ** (job.attempts - 1), LONGEST_PAUSE)
    pause += secrets.randbelow(int(pause * 100) + 1) / 1000  # up to a tenth more, so that they spread
    _mine(job).update(
        status=Job.Status.FAILED if dead else Job.Status.READY,
        run_after=now + timedelta(seconds=pause),
        finished_at=now if dead else None,
        lease_until=None,
        token="",
        error_class=get_module_path(type(failure))[:200],
        error="".join(format_exception(failure))[-4000:],
    )


def _backoff(job: Job) -> int:
    try:
        return find(job.task).backoff
    except Exception:  # noqa: BLE001 (the reason it failed may be that there is no such task)
        return 10


def extend(held: Mapping[int, str], lease: timedelta) -> None:
    """Keep the leases of running jobs."""
    until = timezone.now() + lease
    for pk, token in held.items():
        Job.objects.filter(pk=pk, token=token, status=Job.Status.RUNNING).update(lease_until=until)


def give_back(held: Mapping[int, str]) -> int:
    """Put jobs that could not be ended back at once, the attempt not counted; gives how many."""
    given = 0
    for pk, token in held.items():
        given += Job.objects.filter(pk=pk, token=token, status=Job.Status.RUNNING).update(
            status=Job.Status.READY, lease_until=None, token="", attempts=F("attempts") - 1
        )
    return given


def retry(pk: int) -> bool:
    """Give a dead job its attempts again."""
    return bool(
        Job.objects.filter(pk=pk, status=Job.Status.FAILED).update(
            status=Job.Status.READY, attempts=0, run_after=timezone.now(), finished_at=None
        )
    )
