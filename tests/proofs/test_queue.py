"""Every job ends: done exactly once in the database, or visibly dead."""

import random
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.proofs.house import FULL, House, until

pytestmark = pytest.mark.long

JOBS, KILLS = (400, 15) if FULL else (100, 4)
FILL = """
from django.db import transaction
from tests.proofs.site import tasks
with transaction.atomic():
    for n in range({inside}): tasks.note.enqueue(n)
    for n in range({outside}): tasks.line.enqueue(n)
    for n in range(3): tasks.poison.enqueue(n)
    tasks.killer.enqueue(0)
try:
    with transaction.atomic():
        for n in range(50): tasks.note.enqueue(-1)
        raise ZeroDivisionError
except ZeroDivisionError: pass
"""


def test_queue_loses_strands_and_doubles_nothing(
    engine: str, build: Callable[..., House], say: Callable[[str], None]
) -> None:
    house = build(engine)
    outside = JOBS // 8
    house.python(FILL.format(inside=JOBS - outside, outside=outside))

    def open_jobs() -> int:
        return int(house.rows("SELECT count(*) FROM core_job WHERE status IN ('READY', 'RUNNING')")[0][0])

    # Two processes of one thread compete on PostgreSQL; SQLite wants one process, so it gets two threads.
    words = ("worker", "--queues", "default=1" if house.database else "default=2", "--lease", "3")
    started, kills = time.monotonic(), 0
    workers = [house.start(*words, ready="Working") for _ in range(2 if house.database else 1)]
    while open_jobs():
        assert time.monotonic() - started < 600
        time.sleep(random.uniform(0.2, 0.7))
        if kills < KILLS and open_jobs():
            for worker in workers:
                house.kill(worker)
            kills += len(workers)
        for place, worker in enumerate(workers):
            if worker.poll() is not None:
                workers[place] = house.start(*words, ready="Working")
    seconds = time.monotonic() - started
    until(lambda: not open_jobs())
    assert [house.stop(worker) for worker in workers] == [0] * len(workers)

    column = "data->>'key'" if house.database else "json_extract(data, '$.key')"
    effects = Counter(
        key for (key,) in house.rows(f"SELECT {column} FROM core_auditentry WHERE verb = 'note'")
    )
    expected = Counter(str(number) for number in range(JOBS - outside))
    lines = Counter((house.data / "lines").read_text().split())
    dead = house.rows("SELECT task FROM core_job WHERE status = 'FAILED' ORDER BY 1")
    stranded = house.rows("SELECT id FROM core_job WHERE status NOT IN ('SUCCESSFUL', 'FAILED')")
    lost, doubled = expected - effects, effects - expected
    repeats = sum(lines.values()) - len(lines)
    say(
        f"proof queue {engine}: {JOBS} jobs, {kills} kills, {len(lost)} lost, {len(stranded)} stranded, "
        f"{len(doubled)} doubled, {repeats} outside effects repeated, {len(dead)} dead as meant, {seconds:.0f} s"
    )
    assert (lost, doubled, stranded) == (Counter(), Counter(), [])
    assert set(lines) == {str(number) for number in range(outside)}
    assert repeats <= kills * 3
    assert [task.rpartition(".")[2] for (task,) in dead] == ["killer", "poison", "poison", "poison"]
    assert "dead" in house.run("jobs")
    assert kills >= KILLS
