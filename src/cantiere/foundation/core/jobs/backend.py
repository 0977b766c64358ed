"""The queue as a backend of ``django_tasks``: a job is a row in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from cantiere.foundation.core.jobs.bell import bell
from cantiere.foundation.core.models import Job

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTask(Task[P, T]):
    """A task that knows how often it is tried and whether it acts outside the database."""

    attempts: int = 5
    backoff: int = 10
    external: bool = False


def row(task: Task[..., Any], args: Sequence[object], kwargs: Mapping[str, object]) -> Job:
    """The job as it will stand in the queue."""
    now = timezone.now()
    return Job(
        task=task.module_path,
        args=list(args),
        kwargs=dict(kwargs),
        queue=task.queue_name,
        priority=task.priority,
        run_after=task.run_after or now,
        enqueued_at=now,
        attempts_allowed=cast("LeaseTask[..., Any]", task).attempts,
    )


def find(path: str) -> LeaseTask[..., Any]:
    """The task a row names; only what was declared a job can be called."""
    found = import_string(path)
    if not isinstance(found, LeaseTask):
        raise InvalidTaskError(f"{path} is not a job.")
    return found


class LeaseBackend(BaseTaskBackend):
    """Puts tasks in the table of jobs and reads their results there."""

    task_class = LeaseTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(
        self, task: Task[..., T], args: Sequence[object], kwargs: Mapping[str, object]
    ) -> TaskResult[T]:
        """Store the job; workers see it when the caller's transaction is committed."""
        self.validate_task(task)
        result: TaskResult[T] = self._result(task, row(task, args, kwargs))
        made = row(task, result.args, result.kwargs)
        made.save(force_insert=True)
        object.__setattr__(result, "id", str(made.pk))
        transaction.on_commit(bell.ring)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The state of a job by its number."""
        found = Job.objects.filter(pk=int(result_id)).first() if result_id.isdigit() else None
        if found is None:
            raise TaskResultDoesNotExist(result_id)
        task = find(found.task).using(
            priority=found.priority, queue_name=found.queue, run_after=found.run_after
        )
        return self._result(task, found)

    def _result(self, task: Task[..., T], job: Job) -> TaskResult[T]:
        errors = [TaskError(exception_class_path=job.error_class, traceback=job.error)] if job.error else []
        result: TaskResult[T] = TaskResult(
            task=task,
            id=str(job.pk or ""),
            status=TaskResultStatus(job.status),
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.last_attempted_at,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=errors,
            worker_ids=[job.worker] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
