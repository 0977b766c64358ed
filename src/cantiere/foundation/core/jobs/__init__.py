"""Work done later: leases, retries, dead letters, behind the API of ``django_tasks``.

``@job(queue="mail", attempts=8)`` on a function in a room's ``tasks.py``; ``function.enqueue(12)`` inside
the transaction that makes the work necessary. Arguments are numbers and words, never objects.

By default the function runs in the transaction that marks the job done: its effects in the database
happen exactly once. ``external=True`` runs it outside (mail, HTTP, long work): at least once, so it keeps
its own ledger. A function inside the transaction must be short: on SQLite everyone who writes waits.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast, overload

from django.db import transaction
from django_tasks import task
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from cantiere.foundation.core.jobs.bell import bell

__all__ = ["Task", "enqueue_once", "forget", "job", "stands"]

P = ParamSpec("P")
T = TypeVar("T")


@overload
def job(function: Callable[P, T], /) -> Task[P, T]: ...


@overload
def job(
    *,
    queue: str = ...,
    attempts: int = ...,
    backoff: int = ...,
    priority: int = ...,
    external: bool = ...,
) -> Callable[[Callable[P, T]], Task[P, T]]: ...


def job(
    function: Callable[P, T] | None = None,
    /,
    *,
    queue: str = "default",
    attempts: int = 5,
    backoff: int = 10,
    priority: int = 0,
    external: bool = False,
) -> Task[P, T] | Callable[[Callable[P, T]], Task[P, T]]:
    """Make a function a job.

    ``attempts`` counts every start, so a job that kills its worker ends among the dead too; ``backoff``
    is the pause in seconds after the first failure, doubled after each (at most an hour).
    """
    declare = cast(
        "Callable[[Callable[P, T]], Task[P, T]]",
        task(queue_name=queue, priority=priority, attempts=attempts, backoff=backoff, external=external),
    )
    return declare if function is None else declare(function)


def enqueue_once(
    task: Task[..., Any], key: str, *args: object, run_after: datetime | None = None, **kwargs: object
) -> None:
    """Put a job in the queue unless one with this key is or was there (done ones are kept 7 days)."""
    from cantiere.foundation.core.jobs.backend import row
    from cantiere.foundation.core.models import Job

    if run_after is not None:
        task = task.using(run_after=run_after)
    made = row(task, normalize_json(args), normalize_json(kwargs))
    made.dedupe_key = key
    Job.objects.bulk_create([made], ignore_conflicts=True)
    transaction.on_commit(bell.ring)


def forget(key: str) -> None:
    """Take away the job with this key, waiting or done; one that runs goes on unless it asks ``stands``."""
    from cantiere.foundation.core.models import Job

    Job.objects.filter(dedupe_key=key).delete()


def stands(key: str) -> bool:
    """Whether there is a job with this key; nobody forgets it before the caller's transaction ends."""
    from cantiere.foundation.core.models import Job

    return Job.objects.select_for_update().filter(dedupe_key=key).first() is not None
