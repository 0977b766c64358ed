"""The lease queue: claims, ends, leases, dead letters."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from cantiere.foundation.core.jobs import enqueue_once, queue
from cantiere.foundation.core.jobs.backend import find
from cantiere.foundation.core.jobs.bell import Bell
from cantiere.foundation.core.jobs.worker import Worker, execute, run_all
from cantiere.foundation.core.models import AuditSeal, Job
from tests.foundation.core import tasks

MINUTE = timedelta(minutes=1)
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def claim(name: str = "default", lease: timedelta = MINUTE) -> Job:
    job = queue.claim(name, "test", lease)
    assert job is not None
    return job


def test_a_job_runs_and_gives_its_result() -> None:
    result = tasks.add.enqueue(1, second=2)
    assert result.status == TaskResultStatus.READY
    assert run_all("default") == 1
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (TaskResultStatus.SUCCESSFUL, 3, 1)
    assert tasks.add.get_result(result.id).return_value == 3


def test_a_result_that_does_not_exist() -> None:
    for name in ("999999", "x"):
        with pytest.raises(TaskResultDoesNotExist):
            tasks.add.get_result(name)


def test_only_json_can_be_an_argument() -> None:
    with pytest.raises(TypeError):
        tasks.add.enqueue(object())  # type: ignore[arg-type]


def test_only_what_was_declared_a_job_is_called() -> None:
    for path in ("tests.foundation.core.tasks.no_job", "os.system"):
        with pytest.raises(InvalidTaskError):
            find(path)
    Job.objects.create(task="os.system", args=["true"], queue="default", attempts_allowed=1)
    run_all("default")
    assert Job.objects.get().status == Job.Status.FAILED


def test_a_job_of_an_undone_transaction_is_never_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        tasks.add.enqueue(1)
        raise ZeroDivisionError
    assert Job.objects.count() == 0


def test_a_job_waits_for_its_time() -> None:
    tasks.add.using(run_after=timezone.now() + MINUTE).enqueue(1)
    assert queue.claim("default", "test", MINUTE) is None
    Job.objects.update(run_after=timezone.now())
    assert claim().attempts == 1


def test_what_matters_more_goes_first() -> None:
    for priority in (0, 10, -10):
        tasks.add.using(priority=priority).enqueue(priority)
    assert [claim().args for _ in range(3)] == [[10], [0], [-10]]


def test_a_key_is_enqueued_once() -> None:
    for _ in range(2):
        enqueue_once(tasks.add, "event 12", 1, run_after=timezone.now() - MINUTE)
    assert Job.objects.count() == 1
    run_all("default")
    enqueue_once(tasks.add, "event 12", 1)
    assert Job.objects.count() == 1


def test_a_failure_undoes_its_effects_and_comes_back_after_a_growing_pause() -> None:
    tasks.fails.enqueue()
    run_all("default")
    job = Job.objects.get()
    assert (job.status, job.attempts, AuditSeal.objects.count()) == (Job.Status.READY, 1, 0)
    assert timedelta(seconds=8) < job.run_after - timezone.now() < timedelta(seconds=12)
    assert "as meant" in job.error


def test_the_last_failure_is_a_dead_letter_that_can_be_retried() -> None:
    result = tasks.fails.enqueue()
    for _ in range(2):
        Job.objects.update(run_after=timezone.now())
        run_all("default")
    result.refresh()
    assert (result.status, result.errors[0].exception_class) == (TaskResultStatus.FAILED, ValueError)
    out = StringIO()
    call_command("jobs", stdout=out)
    assert f"dead {result.id}" in out.getvalue()
    call_command("jobs", retry=result.id, stdout=out)
    job = Job.objects.get()
    assert (job.status, job.attempts) == (Job.Status.READY, 0)
    for wrong in (result.id, "all", "x"):
        with pytest.raises(CommandError):
            call_command("jobs", retry=wrong, stdout=out)


def test_a_job_that_wants_to_leave_is_a_failure_of_the_job() -> None:
    tasks.leaves.enqueue()
    run_all("default")
    assert Job.objects.get().error_class == "builtins.SystemExit"


def test_a_result_that_is_no_json_undoes_the_effects() -> None:
    tasks.gives_an_object.enqueue()
    run_all("default")
    assert (Job.objects.get().status, AuditSeal.objects.count()) == (Job.Status.READY, 0)


def test_an_outside_job_keeps_its_effects_when_it_loses_the_lease() -> None:
    tasks.outside.enqueue()
    job = claim("mail")
    Job.objects.update(token="another")
    execute(job)
    assert (AuditSeal.objects.count(), Job.objects.get().status) == (1, Job.Status.RUNNING)


def test_who_lost_the_lease_changes_nothing() -> None:
    tasks.add.enqueue(1)
    slow = claim(lease=timedelta(seconds=-1))
    quick = claim()
    assert (slow.pk, slow.token == quick.token, quick.attempts) == (quick.pk, False, 2)
    execute(slow)
    assert AuditSeal.objects.count() == 0
    queue.fail(slow, ValueError())
    queue.extend({slow.pk: slow.token}, MINUTE)
    assert queue.give_back({slow.pk: slow.token}) == 0
    execute(quick)
    assert (AuditSeal.objects.count(), Job.objects.get().status) == (1, Job.Status.SUCCESSFUL)


def test_a_job_that_takes_its_worker_with_it_ends_among_the_dead() -> None:
    tasks.fails.enqueue()
    for _ in range(2):
        claim(lease=timedelta(seconds=-1))
    assert queue.claim("default", "test", MINUTE) is None
    job = Job.objects.get()
    assert (job.status, job.attempts) == (Job.Status.FAILED, 2)
    assert "without a word" in job.error


def test_a_lease_is_extended_and_given_back() -> None:
    tasks.add.enqueue(1)
    job = claim(lease=timedelta(seconds=1))
    queue.extend({job.pk: job.token}, timedelta(hours=1))
    job.refresh_from_db()
    assert job.lease_until is not None
    assert job.lease_until > timezone.now() + timedelta(minutes=50)
    assert queue.give_back({job.pk: job.token}) == 1
    job.refresh_from_db()
    assert (job.status, job.attempts, job.token) == (Job.Status.READY, 0, "")


def test_an_idle_claim_takes_no_lock(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert queue.claim("default", "test", MINUTE) is None


def test_a_ring_between_two_waits_is_heard() -> None:
    bell = Bell()
    heard = bell.rings
    bell.ring()
    started = time.monotonic()
    assert bell.wait(heard, 5) == heard + 1
    assert time.monotonic() - started < 1
    assert bell.wait(heard + 1, 0.01) == heard + 1


@pytest.mark.django_db(transaction=True)
def test_many_claim_each_job_once() -> None:
    for number in range(40):
        tasks.add.enqueue(number)

    def work(_: int) -> list[int]:
        taken = []
        try:
            while (job := queue.claim("default", "test", MINUTE)) is not None:
                taken.append(job.pk)
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [pk for part in pool.map(work, range(8)) for pk in part]
    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_worker_wakes_at_once_and_stops_cleanly() -> None:
    stop = threading.Event()
    worker = threading.Thread(target=Worker({"default": 2}).run, args=(stop,))
    worker.start()
    time.sleep(0.3)
    started = time.monotonic()
    tasks.add.enqueue(1)
    while not Job.objects.filter(status=Job.Status.SUCCESSFUL).exists():
        assert time.monotonic() - started < 5
        time.sleep(0.02)
    stop.set()
    worker.join(10)
    assert not worker.is_alive()
    assert Job.objects.filter(status=Job.Status.RUNNING).count() == 0
