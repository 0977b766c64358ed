"""A sheet of thousands of rows, its worker killed again and again: all of it or nothing, and what was confirmed ends."""

import csv
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.proofs.house import FULL, House, until

pytestmark = pytest.mark.long

ROWS = 5000 if FULL else 1500
# A job is begun four times at most, so each may be killed three times and still end.
CHECKING, WRITING = 3, 2
ROUNDS = 3 if FULL else 1
WORKER = ("worker", "--queues", "maintenance=1", "--lease", "3")
WORLD = """
from tests.factories import accounts, observatory
print("made", observatory.census().pk, accounts.person().pk)
"""
BRING = """
from django.core.files.base import ContentFile
from cantiere.activities.observatory.actions import imports
from cantiere.activities.observatory.queries.imports import remembered
from cantiere.activities.observatory.sheet import propose
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import sheets
from cantiere.programmes.models import Activity
by, census = Person.objects.get(pk={by}), Activity.objects.get(pk={census})
file = ContentFile(open({path!r}, "rb").read(), name="schede.csv")
with sheets.read(file) as sheet:
    brought = imports.bring(by=by, census=census, file=file, sheet=sheet)
imports.match(by=by, brought=brought, columns=propose(brought.headers, remembered()))
print("made", brought.pk, 0)
"""
CONFIRM = """
from cantiere.activities.observatory.actions import imports
from cantiere.activities.observatory.models import RecordImport
brought = RecordImport.objects.select_related("by").get(pk={pk})
imports.confirm(by=brought.by, brought=brought, leave_out=False, keep_existing=False, publish=True)
"""


class Import:
    """A sheet on its way, as the database has it."""

    def __init__(self, house: House, census: int, by: int) -> None:
        self.house, self.census, self.killed = house, census, 0
        self.path = house.data / f"schede-{census}.csv"
        with self.path.open("w", newline="") as file:
            sheet = csv.writer(file, delimiter=";")
            sheet.writerow(
                ["Identificativo", "Titolo del processo", "Soggetto proponente", "Partner", "Obiettivi"]
            )
            sheet.writerows(
                [f"{census}-{n}", f"Processo {n}", "Comune di Prova", f"Pro loco {n}", "Ascoltare. " * 20]
                for n in range(ROWS)
            )
        self.pk = self.bring(by)

    def bring(self, by: int) -> int:
        """Bring the sheet, have it checked; gives its number."""
        said = self.house.python(BRING.format(by=by, census=self.census, path=str(self.path)))
        return int(_numbers(said)[0])

    def state(self, pk: int | None = None) -> tuple[str, int]:
        """How far it is, and how many rows are done."""
        words = f"SELECT state, done FROM observatory_recordimport WHERE id = {pk or self.pk}"
        [(state, done)] = self.house.rows(words)
        return state, done

    def counts(self) -> tuple[int, int, int]:
        """Records of the census, the partners that hang on them, and lines of the log that say it was written."""
        of = f"(SELECT id FROM observatory_record WHERE census_id = {self.census})"
        [found] = self.house.rows(
            f"SELECT (SELECT count(*) FROM observatory_record WHERE census_id = {self.census}),"
            f" (SELECT count(*) FROM observatory_recordbody WHERE record_id IN {of}),"
            f" (SELECT count(*) FROM core_auditentry WHERE verb = 'observatory.import_records')"
        )
        return found

    def kept(self, pk: int) -> int:
        """Rows of the sheet that are kept with what is wrong with them."""
        return int(self.house.rows(f"SELECT count(*) FROM observatory_importrow WHERE of_id = {pk}")[0][0])

    def tries(self) -> int:
        """How often the latest job for a sheet was begun."""
        ours = "task LIKE '%check_import' OR task LIKE '%write_import'"
        return int(
            self.house.rows(f"SELECT attempts FROM core_job WHERE {ours} ORDER BY id DESC LIMIT 1")[0][0]
        )

    def kill(self, longest: float, *, done: int = 0) -> bool:
        """Kill who works on it, a moment after that many rows were done in this try; whether it was still at work."""
        (at_work, before), tries = self.state(), self.tries()

        def begun() -> bool:
            """Begun again, and no longer where the last one was killed."""
            return self.tries() > tries and (self.state()[1] != before or self.ended(at_work))

        with _worker(self.house) as worker:
            until(begun, 300, pause=0.01)
            until(lambda: self.state()[1] >= done or self.ended(at_work), 300, pause=0.002)
            time.sleep(random.uniform(0, longest))
            self.house.kill(worker)
        self.killed += 1
        return not self.ended(at_work)

    def ended(self, at_work: str) -> bool:
        return self.state()[0] != at_work


def _numbers(said: str) -> list[str]:
    return next(line.split()[1:] for line in said.splitlines() if line.startswith("made "))


@contextmanager
def _worker(house: House) -> Iterator[Any]:
    worker = house.start(*WORKER, ready="Working")
    try:
        yield worker
    finally:
        if worker.poll() is None:
            house.kill(worker)


def _import(house: House, census: int, by: int, before: int) -> tuple[Import, int]:
    """Bring, check, confirm and write a sheet under kills; gives it, and how many kills came when all was prepared."""
    sheet = Import(house, census, by)
    for _kill in range(CHECKING):
        under_way = sheet.kill(1.0)
        assert sheet.counts() == (0, 0, before)
        if not under_way:
            break
    with _worker(house):
        until(lambda: sheet.ended("checking"), 300)
    assert (sheet.state(), sheet.kept(sheet.pk)) == (("checked", ROWS), ROWS)

    house.python(CONFIRM.format(pk=sheet.pk))
    assert sheet.kill(0.3)
    assert sheet.counts() == (0, 0, before)
    midway = 0
    for _kill in range(WRITING):
        under_way = sheet.kill(0.6, done=ROWS)
        assert sheet.counts() == ((0, 0, before) if under_way else (ROWS, ROWS, before + 1))
        if not under_way:
            break
        midway += 1
    with _worker(house):
        until(lambda: sheet.ended("writing"), 300)
        until(lambda: not sheet.kept(sheet.pk), 60)
    return sheet, midway


def test_an_import_is_all_or_nothing_whenever_its_worker_dies(
    engine: str, build: Callable[..., House], say: Callable[[str], None]
) -> None:
    house = build(engine, DJANGO_SETTINGS_MODULE="cantiere.config.settings")
    kills = midway = 0
    for number in range(ROUNDS):
        census, by = map(int, _numbers(house.python(WORLD)))
        sheet, cut = _import(house, census, by, number)
        kills, midway = kills + sheet.killed, midway + cut
        assert (sheet.state()[0], sheet.counts()) == ("done", (ROWS, ROWS, number + 1))

    again = sheet.bring(by)
    with _worker(house):
        until(lambda: sheet.state(again)[0] != "checking", 300)
    assert sheet.state(again) == ("checked", ROWS)
    verdicts = house.rows(
        f"SELECT verdict, count(*) FROM observatory_importrow WHERE of_id = {again} GROUP BY verdict"
    )
    assert verdicts == [("same", ROWS)]
    say(
        f"proof import {engine}: {ROUNDS} sheets of {ROWS} rows, {kills} kills, {midway} of them between the last "
        "row prepared and the end of the one transaction; nothing half-written, all complete, brought again all the same"
    )
    if not house.database:
        assert house.rows("PRAGMA integrity_check") == [("ok",)]
