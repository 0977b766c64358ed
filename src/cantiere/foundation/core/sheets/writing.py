"""Rows become a file that others open in a spreadsheet: nothing in it is computed, nothing is lost.

CSV is what an Italian Excel opens by itself: UTF-8 with its mark, semicolons, every cell in quotes, CRLF.
Text goes out guarded (see ``safety``); numbers and days that are numbers and days stay so.
"""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from cantiere.foundation.core.sheets.parse import plain, written
from cantiere.foundation.core.sheets.safety import guard

Cell = str | int | Decimal | dt.date | bool | None
_CHUNK = 65_536
_FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts a day that never was
_EXACT = 15  # digits that a spreadsheet keeps of a number


def text(cell: Cell) -> str:
    """A cell as it stands in a CSV."""
    if isinstance(cell, str):
        return guard(plain(cell))
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    return written(cell)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file piece by piece, its columns first."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff")
    writer.writerow(map(text, columns))
    for row in rows:
        writer.writerow(map(text, row))
        if buffer.tell() > _CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], name: str = "") -> Iterator[bytes]:
    """The file piece by piece, made row by row on disk; ``name`` is that of its sheet."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(name[:31] or None)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(columns) - 1, 0), 24)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, guard(plain(column)), bold)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                _write(sheet, number, at, cell)
        book.close()
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _write(sheet: object, row: int, column: int, cell: Cell) -> None:
    """Strings as strings, whatever they look like; numbers too long for a spreadsheet too."""
    if cell is None or cell == "":
        return
    if isinstance(cell, dt.date) and cell >= _FIRST_DAY:
        sheet.write_datetime(row, column, cell)  # type: ignore[attr-defined]
    elif isinstance(cell, int | Decimal) and not isinstance(cell, bool) and _is_exact(cell):
        sheet.write_number(row, column, cell)  # type: ignore[attr-defined]
    elif sheet.write_string(row, column, text(cell)):  # type: ignore[attr-defined]
        raise ValueError(f"Row {row}, column {column}: too long for a spreadsheet.")


def _is_exact(number: int | Decimal) -> bool:
    return len(Decimal(number).as_tuple().digits) <= _EXACT
