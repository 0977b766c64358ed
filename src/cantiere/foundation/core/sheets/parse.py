"""Reads a table, in a process of its own that may use little memory and time.

Run as a script by ``core.child`` with the kind of the file and the limits: the file on standard input, JSON
lines on standard output. A line for each row that holds something, ``[number, [cells…]]``, then one line that
says what was found. Cells are text as an Italian would write it. Nothing of the rest is imported.
"""

import csv
import datetime as dt
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

TOO_MANY_ROWS, TOO_MANY_COLUMNS, PASSWORD, EMPTY, TOO_MUCH_TEXT = 11, 12, 13, 14, 15
DELIMITERS = ";,\t|"
MOST_TOLD = 1000
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_LOOKED_AT = 30  # rows in which the header is looked for
_UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Rows = Iterator[tuple[int, list[str]]]


def plain(text: str) -> str:
    """Without signs that neither a file nor a database can hold, line ends alike."""
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Findings:
    """Counts what goes out, and keeps what has to be told."""

    def __init__(self, rows: int, columns: int, cell: int, written: int) -> None:
        self.rows, self.columns, self.cell, self.left = rows, columns, cell, written
        self.count = 0
        self.unreadable = 0
        self.filled: set[int] = set()
        self.too_long: list[tuple[int, int, int]] = []
        self.facts: dict[str, Any] = {}

    def clean(self, number: int, cells: Iterable[str]) -> list[str]:
        """A row as it goes out: what is too long is left out and told, empty cells at the end are dropped."""
        out = []
        for at, cell in enumerate(cells):
            text = cell
            if not cell.isprintable():
                text = plain(cell)
                self.unreadable += _UNREADABLE.search(cell) is not None
            if len(text) > self.cell:
                if len(self.too_long) < MOST_TOLD:
                    self.too_long.append((number, at, len(text)))
                text = ""
            out.append(text)
        while out and not out[-1]:
            out.pop()
        return out

    def send(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Write the rows below the header."""
        for number, cells in rows:
            self.count += 1
            self.filled.update(at for at, cell in enumerate(cells) if cell.strip())
            if self.count > self.rows:
                sys.exit(TOO_MANY_ROWS)
            line = json.dumps([number, cells], ensure_ascii=False, separators=(",", ":"))
            self.left -= len(line)
            if self.left < 0:
                sys.exit(TOO_MUCH_TEXT)
            sys.stdout.write(line + "\n")


# Text ------------------------------------------------------------------------------------------


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of the encoding it was in, guessed where no mark says it."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    head = content[:4000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            len(head) > 3
            and head[start::2].count(0) > 0.4 * len(head) / 2 > head[1 - start :: 2].count(0) * 4
        ):
            return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252"), "cp1252"


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def sniff(text: str) -> str:
    """The sign between cells: the one that divides the first rows into most cells most alike."""
    best, found = 0.0, ""
    head = text[:200_000]
    for delimiter in DELIMITERS:
        widths: list[int] = []
        try:
            for record in _records(head, delimiter, strict=True):
                if any(record):
                    widths.append(len(record))
                if len(widths) == _LOOKED_AT:
                    break
        except csv.Error:
            if len(head) == len(text) or len(widths) < 2:  # else the head was cut inside a cell
                continue
        usual = max(set(widths), key=widths.count, default=0)
        score = usual * widths.count(usual) / len(widths) if usual > 1 else 0.5
        if score > best:
            best, found = score, delimiter
    return found or max(DELIMITERS, key=text.partition("\n")[0].count)


def from_text(content: bytes, findings: Findings) -> Rows:
    """Rows of a CSV, numbered as a spreadsheet would."""
    text, encoding = decode(content)
    odd = len(_UNREADABLE.findall(text[:100_000]))
    if odd > 20 and odd > 0.05 * min(len(text), 100_000):
        raise ValueError
    declared = re.match(r"sep=(.)\r?\n", text)  # what Excel writes for itself
    delimiter = declared[1] if declared else sniff(text)
    findings.facts |= {"encoding": encoding, "delimiter": delimiter}
    for number, record in enumerate(_records(text, delimiter, strict=False), 1):
        if number > 1 or not declared:
            yield number, findings.clean(number, record)


# Workbooks -------------------------------------------------------------------------------------


def written(value: object) -> str:
    """A cell of a workbook as an Italian would write it."""
    text = ""
    match value:
        case str():
            text = value
        case bool():
            text = "VERO" if value else "FALSO"
        case int():
            text = str(value)
        case float():
            text = format(Decimal(f"{value:.15g}"), "f").replace(".", ",")
        case dt.datetime() if value.time() != dt.time():
            text = f"{value.day:02}/{value.month:02}/{value.year:04} {value:%H:%M}"
        case dt.date():
            text = f"{value.day:02}/{value.month:02}/{value.year:04}"
        case dt.time():
            text = f"{value:%H:%M}"
        case dt.timedelta():
            minutes = int(value.total_seconds()) // 60
            text = f"{minutes // 60}:{minutes % 60:02}"
    return text


def from_workbook(content: bytes, findings: Findings) -> Rows:
    """Rows of the first sheet one can see that holds anything."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(content))
    except calamine.PasswordError:
        sys.exit(PASSWORD)
    seen = [
        each.name
        for each in book.sheets_metadata
        if each.visible == calamine.SheetVisibleEnum.Visible and each.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    for at, name in enumerate(seen):
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        findings.facts |= {"sheet": name, "unread": seen[at + 1 :]}
        indent = [""] * sheet.start[1]
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, findings.clean(number, [*indent, *map(written, cells)])
        return


# Both ------------------------------------------------------------------------------------------


def header_at(first: list[tuple[int, list[str]]]) -> int:
    """Which of the first rows names the columns: the first about as wide as the widest."""
    widths = [sum(1 for cell in cells if cell.strip()) for _, cells in first]
    return next(at for at, width in enumerate(widths) if width * 2 >= max(widths))


def main() -> None:
    """Exit codes: those above, and those of ``core.bound``."""
    kind, *limits = sys.argv[1:]
    findings = Findings(*map(int, limits))
    csv.field_size_limit(sys.maxsize)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    content = sys.stdin.buffer.read()
    found = (from_text if kind == "csv" else from_workbook)(content, findings)
    rows = ((number, cells) for number, cells in found if any(cell.strip() for cell in cells))
    first = [row for _, row in zip(range(_LOOKED_AT), rows, strict=False)]
    if not first:
        sys.exit(EMPTY)
    start = header_at(first)
    number, header = first[start]
    findings.send(first[start + 1 :])
    findings.send(rows)
    named = [at for at, cell in enumerate(header) if cell.strip()]
    width = max([*named, *findings.filled], default=-1) + 1
    if width > findings.columns:
        sys.exit(TOO_MANY_COLUMNS)
    summary = findings.facts | {
        "header": (header + [""] * width)[:width],
        "header_row": number,
        "above": start,
        "filled": sorted(findings.filled),
        "rows": findings.count,
        "too_long": findings.too_long,
        "unreadable": findings.unreadable,
    }
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
