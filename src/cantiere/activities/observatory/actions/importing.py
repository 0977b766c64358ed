"""What jobs do with a sheet: check every row, then write all of it in one transaction or nothing.

Both may be ended at any moment and started again: checking begins anew, and writing is one transaction that
also says it is done.
"""

import logging
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions.bulk import Plan
from cantiere.activities.observatory.finding_tasks import show_records_in_search
from cantiere.activities.observatory.models import ImportRow, RecordImport
from cantiere.activities.observatory.queries.imports import AT_ONCE, Change, Judge, mapping_of, state_of
from cantiere.activities.observatory.sheet.values import Problems
from cantiere.foundation.core import log, sheets
from cantiere.foundation.core.slices import portions

logger = logging.getLogger(__name__)
State = RecordImport.State
Verdict = ImportRow.Verdict
_TRIES = 3
SHOWN = 10
"""So many records that change are shown before one confirms."""


def check(pk: int) -> None:
    """Read the sheet and judge every row; the rows and what is wrong with them are kept."""
    brought = _at_work(pk, State.CHECKING)
    if brought is None:
        return
    ImportRow.objects.filter(of=brought).delete()
    try:
        with brought.file.open() as file, sheets.read(file) as sheet:
            counts, changes = _judge_all(brought, sheet)
    except (ValidationError, FileNotFoundError) as refused:
        _fail(pk, " ".join(refused.messages) if isinstance(refused, ValidationError) else _gone())
        return
    kept = {"samples": brought.counts.get("samples", []), "changes": changes}
    RecordImport.objects.filter(pk=pk, state=State.CHECKING).update(state=State.CHECKED, counts=kept | counts)


def _judge_all(brought: RecordImport, sheet: sheets.Sheet) -> tuple[dict[str, int], list[Change]]:
    """Keep every row with its verdict, some at a time; how many of each, and what the first change."""
    counts: dict[str, int] = dict.fromkeys(Verdict.values, 0)
    changes: list[Change] = []
    too_long: dict[int, Problems] = {}
    for problem in sheet.problems:
        too_long.setdefault(problem.row, []).append((problem.column, problem.words))
    judge = Judge(brought.census, mapping_of(brought))
    rows = ((row.number, row.cells, too_long.get(row.number, [])) for row in sheet.rows())
    for some in portions(rows, AT_ONCE):
        judged = judge.judge(some)
        for each in judged:
            counts[each.verdict] += 1
            if each.verdict == Verdict.CHANGED and len(changes) < SHOWN:
                changes.append(judge.told(each))
        ImportRow.objects.bulk_create(
            ImportRow(
                of=brought, number=each.number, cells=each.cells, verdict=each.verdict, problems=each.problems
            )
            for each in judged
        )
        RecordImport.objects.filter(pk=brought.pk).update(done=sum(counts.values()))
    return counts, changes


def write(pk: int) -> None:
    """Prepare everything, then write it at one stroke."""
    for _try in range(_TRIES):
        brought = _at_work(pk, State.WRITING)
        if brought is None:
            return
        before = state_of(brought.census)
        plan = prepare(brought)
        if plan is None:
            _fail(pk, _("The records have changed since the sheet was checked. Check it again."))
            return
        if carry_out(pk, plan, before):
            _tidy(pk)
            return
    raise RuntimeError("The records changed at every try.")


def prepare(brought: RecordImport) -> Plan | None:
    """All that will be written, read again from the kept rows; ``None`` when a good row is good no more."""
    options = brought.counts["options"]
    judge = Judge(brought.census, mapping_of(brought))
    plan = Plan(brought, publish=options["publish"])
    for some in _kept(brought):
        for row in judge.judge(some):
            if row.verdict == Verdict.REFUSED:
                return None
            if row.verdict == Verdict.NEW:
                plan.add(row.values)
            elif row.verdict == Verdict.CHANGED and row.record is not None and not options["keep_existing"]:
                plan.change(row.record, row.values, row.changed)
            else:
                plan.leave()
        RecordImport.objects.filter(pk=brought.pk).update(done=plan.rows)
    return plan


def _kept(brought: RecordImport) -> Iterator[list[tuple[int, list[str], Problems]]]:
    """The rows that were not refused, some at a time.

    Each time a query of its own: a cursor left open would hold the connection to what SQLite held when it
    began, and how far it is could not be written once anybody else had written anything.
    """
    rows = ImportRow.objects.filter(of=brought).exclude(verdict=Verdict.REFUSED).order_by("number")
    last = -1
    while some := list(rows.filter(number__gt=last)[:AT_ONCE]):
        last = some[-1].number
        yield [(row.number, row.cells, []) for row in some]


def carry_out(pk: int, plan: Plan, before: tuple[object, ...]) -> bool:
    """The one transaction; ``False`` when a record has changed since the plan was made."""
    with transaction.atomic():
        brought = (
            RecordImport.objects.select_for_update(of=("self",)).select_related("census", "by").get(pk=pk)
        )
        if brought.state != State.WRITING:
            return True
        if state_of(brought.census) != before:
            return False
        plan.write()
        brought.state, brought.finished_at = State.DONE, timezone.now()
        brought.counts = {**brought.counts, "written": plan.counts}
        brought.save(update_fields=["state", "finished_at", "counts"])
        refused = brought.counts.get("refused", 0)
        show_records_in_search.enqueue(brought.census_id, plan.began.isoformat())
        log.record(
            by=brought.by, verb="observatory.import_records", target=brought, refused=refused, **plan.counts
        )
    return True


def _tidy(pk: int) -> None:
    """Only the rows that were not taken are still needed."""
    ImportRow.objects.filter(of=pk).exclude(verdict=Verdict.REFUSED).delete()


def forget(brought: RecordImport) -> None:
    """Throw away a sheet, its rows and its file; what it made stays, and the log says so."""
    name, storage = brought.file.name or "", brought.file.storage
    with transaction.atomic():
        brought.delete()
        transaction.on_commit(lambda: storage.delete(name))


def _at_work(pk: int, state: str) -> RecordImport | None:
    return RecordImport.objects.select_related("census", "by").filter(pk=pk, state=state).first()


def _fail(pk: int, words: str) -> None:
    logger.info("Import %s ended: %s", pk, words)
    RecordImport.objects.filter(pk=pk).update(
        state=State.FAILED, failure=words[:400], finished_at=timezone.now()
    )


def _gone() -> str:
    return _("The file is no longer there. Bring it again.")
