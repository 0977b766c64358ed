"""Sheets of records: brought, matched, checked, confirmed; nothing is written before."""

import secrets
from collections.abc import Sequence
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.activities.observatory.import_tasks import check_import, write_import
from cantiere.activities.observatory.models import ColumnMapping, RecordImport
from cantiere.activities.observatory.queries.imports import remembered
from cantiere.activities.observatory.sheet import learnt
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.sheets import Sheet
from cantiere.foundation.core.uploads import Cleaned, display_name
from cantiere.programmes.models import Activity

State = RecordImport.State


@transaction.atomic
def bring(*, by: Person, census: Activity, file: "File[bytes]", sheet: Sheet) -> RecordImport:
    """Keep a file that was read; its columns are matched next."""
    file.seek(0)
    examined = Cleaned(file.read(), name=f"{secrets.token_hex(16)}.{sheet.kind}")
    brought = RecordImport.objects.create(
        census=census,
        file=examined,
        shown=display_name(file.name or "") or f"file.{sheet.kind}",
        headers=list(sheet.columns),
        told=list(sheet.told),
        rows=sheet.count,
        counts={"samples": _samples(sheet)},
        by=by,
    )
    log.record(by=by, verb="observatory.bring_sheet", target=brought, rows=sheet.count)
    return brought


def _samples(sheet: Sheet) -> list[list[str]]:
    """Of each column the first cells that say something."""
    found: list[list[str]] = [[] for _column in sheet.columns]
    for row in islice(sheet.rows(), 50):
        for cells, cell in zip(found, row.cells, strict=True):
            words = " ".join(cell.split())[:60]
            if words and len(cells) < 3 and words not in cells:
                cells.append(words)
    return found


@transaction.atomic
def match(*, by: Person, brought: RecordImport, columns: Sequence[str]) -> None:
    """Say which column of ours each of the sheet is, remember it, and have everything checked."""
    _move(brought, {State.UPLOADED, State.CHECKED, State.FAILED}, State.CHECKING)
    brought.mapping = dict(zip(brought.headers, columns, strict=True))
    brought.done, brought.failure = 0, ""
    brought.save(update_fields=["mapping", "done", "failure"])
    meant = {each[:200]: column for each, column in learnt(brought.mapping, remembered()).items()}
    ColumnMapping.objects.bulk_create(
        [ColumnMapping(header=header, column=column) for header, column in meant.items()],
        update_conflicts=True,
        unique_fields=["header"],
        update_fields=["column"],
    )
    log.record(by=by, verb="observatory.match_columns", target=brought)
    check_import.enqueue(brought.pk)


@transaction.atomic
def rematch(*, by: Person, brought: RecordImport) -> None:
    """Back to the columns."""
    _move(brought, {State.CHECKED, State.FAILED}, State.UPLOADED)
    log.record(by=by, verb="observatory.rematch_columns", target=brought)


@transaction.atomic
def confirm(
    *, by: Person, brought: RecordImport, leave_out: bool, keep_existing: bool, publish: bool
) -> None:
    """Have it written, all or nothing.

    ``leave_out``: without the rows that have problems; ``keep_existing``: records that are here already stay
    as they are; ``publish``: new records are public at once.
    """
    if brought.counts.get("refused") and not leave_out:
        raise ValidationError(_("Some rows have problems: mend them, or choose to leave them out."))
    _move(brought, {State.CHECKED}, State.WRITING)
    options = {"leave_out": leave_out, "keep_existing": keep_existing, "publish": publish}
    brought.done, brought.counts = 0, {**brought.counts, "options": options}
    brought.save(update_fields=["done", "counts"])
    log.record(by=by, verb="observatory.confirm_import", target=brought, **options)
    write_import.enqueue(brought.pk)


@transaction.atomic
def restart(*, by: Person, brought: RecordImport) -> None:
    """Set going again what its job left alone."""
    task = write_import if brought.state == State.WRITING else check_import
    _move(brought, {State.CHECKING, State.WRITING}, State(brought.state))
    log.record(by=by, verb="observatory.restart_import", target=brought)
    task.enqueue(brought.pk)


@transaction.atomic
def drop(*, by: Person, brought: RecordImport) -> None:
    """Give it up; nothing of it was written."""
    _move(brought, {State.UPLOADED, State.CHECKED, State.FAILED}, State.DROPPED)
    brought.read.all().delete()
    log.record(by=by, verb="observatory.drop_import", target=brought)


def _move(brought: RecordImport, before: set[State], after: State) -> None:
    """Only one of two who press at the same time gets through."""
    moved = RecordImport.objects.filter(pk=brought.pk, state__in=before).update(state=after)
    if not moved:
        raise ValidationError(_("Something has happened in the meantime: look at the page again."))
    brought.state = after
