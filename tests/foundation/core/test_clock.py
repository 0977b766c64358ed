"""The clock gives each moment out once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cantiere.foundation.core import clock, tasks
from cantiere.foundation.core.models import AuditEntry, Hits, Job, Submission, Tick
from cantiere.foundation.core.outbox import tasks as outbox_tasks
from tests.foundation.core.tasks import add


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_period_is_due_at_round_moments() -> None:
    schedule = clock.Schedule(add, timedelta(minutes=10))
    assert schedule.due(at("2026-03-05 10:19:59")) == at("2026-03-05 10:10:00")
    assert schedule.due(at("2026-03-05 10:20:00")) == at("2026-03-05 10:20:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-10 06:00:00", "2026-01-10 06:00:00"),
        ("2026-01-10 05:59:59", "2026-01-09 06:00:00"),
        ("2026-07-10 05:00:00", "2026-07-10 05:00:00"),
        ("2026-03-29 05:00:00", "2026-03-29 05:00:00"),
        ("2026-03-29 04:59:00", "2026-03-28 06:00:00"),
        ("2026-10-25 05:30:00", "2026-10-24 05:00:00"),
    ],
)
def test_a_time_of_day_is_that_of_rome_on_both_sides_of_summer_time(now: str, due: str) -> None:
    schedule = clock.Schedule(add, timedelta(days=1), datetime.fromisoformat("2026-01-01 07:00").time())
    assert schedule.due(at(now)) == at(due)


@pytest.mark.parametrize("when", [{}, {"minutes": 1, "at": "07:00"}])
def test_a_schedule_has_a_period_or_a_time(when: dict[str, object]) -> None:
    with pytest.raises(ImproperlyConfigured):
        clock.every(**when)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_moment_is_given_out_once_and_a_missed_one_made_up_for_once() -> None:
    now = timezone.now()
    first = clock.tick(now)
    assert first == [schedule.name for schedule in clock.schedules()]
    assert clock.tick(now) == []
    Job.objects.all().delete()
    later = clock.tick(now + timedelta(days=3))
    assert later == first
    assert Job.objects.count() == len(first)


@pytest.mark.django_db
def test_what_still_waits_is_not_given_out_again() -> None:
    now = timezone.now()
    first = len(clock.tick(now))
    clock.tick(now + timedelta(days=1))
    assert Job.objects.count() == first
    assert Tick.objects.count() == 2 * first


@pytest.mark.django_db
def test_a_moment_that_another_clock_gave_out_meanwhile_is_left() -> None:
    schedule, now = clock.schedules()[0], timezone.now()
    assert clock._give_out(schedule, now)
    Job.objects.all().delete()
    assert not clock._give_out(schedule, now)
    assert Job.objects.count() == 0


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_clocks_never_double() -> None:
    now = timezone.now()

    def tick(_: int) -> list[str]:
        try:
            return clock.tick(now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = [name for part in pool.map(tick, range(8)) for name in part]
    assert sorted(given) == [schedule.name for schedule in clock.schedules()]
    assert Job.objects.count() == len(given)


@pytest.mark.django_db
def test_the_command_says_what_it_gave_out() -> None:
    out = StringIO()
    call_command("tick", stdout=out)
    call_command("tick", stdout=out)
    assert out.getvalue().endswith("Nothing is due.\n")


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    now = timezone.now()
    Submission.objects.create(key="old" * 6, fingerprint="x")
    Submission.objects.update(day=timezone.localdate() - timedelta(days=8))
    Submission.objects.create(key="new" * 6, fingerprint="x")
    Hits.objects.create(limit="x", who="y", window=1, until=now - timedelta(seconds=1))
    for days, status in ((8, "SUCCESSFUL"), (6, "SUCCESSFUL"), (8, "FAILED"), (91, "FAILED")):
        Job.objects.create(task="x", queue="q", status=status, finished_at=now - timedelta(days=days))
    for task in (tasks.forget_submissions, tasks.forget_hits, tasks.forget_jobs):
        task.call()
    assert [s.key for s in Submission.objects.all()] == ["new" * 6]
    assert Hits.objects.count() == 0
    kept = Job.objects.values_list("status", flat=True)
    assert sorted(kept) == ["FAILED", "SUCCESSFUL"]


@pytest.mark.django_db
def test_the_ground_floor_has_its_schedules() -> None:
    names = {schedule.name for schedule in clock.schedules()}
    for task in (tasks.seal_audit, tasks.forget_submissions, outbox_tasks.sweep, outbox_tasks.forget_texts):
        assert task.module_path in names
    tasks.seal_audit.call()
    assert AuditEntry.objects.count() == 0
