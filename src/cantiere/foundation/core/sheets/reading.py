"""A table that somebody sends becomes rows of text, or a sentence that says why not."""

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.foundation.core import bound, child
from cantiere.foundation.core.sheets import parse
from cantiere.foundation.core.sheets.safety import unguard
from cantiere.foundation.core.uploads.archives import examine
from cantiere.foundation.core.uploads.files import read_within

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000  # characters
MOST_TEXT = 60_000_000  # characters of a whole table
_OFFICE = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "",
    "ppt/presentation.xml": "",
}


class Row(NamedTuple):
    """A row by the number it has in a spreadsheet; as many cells as there are columns."""

    number: int
    cells: tuple[str, ...]


class Problem(NamedTuple):
    """What is wrong with one cell; ``column`` counts from 0."""

    row: int
    column: int
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read. The rows stay in a file of their own until asked for: ``with`` closes it."""

    kind: str
    columns: tuple[str, ...]
    count: int
    told: tuple[str, ...]
    problems: tuple[Problem, ...]
    _lines: IO[bytes] = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """The rows below the header, from the first, one in memory at a time; empty ones are left out."""
        self._lines.seek(0)
        width = len(self.columns)
        for _at in range(self.count):
            number, cells = json.loads(self._lines.readline())
            cells = [unguard(cell) for cell in cells[:width]]
            yield Row(number, (*cells, *[""] * (width - len(cells))))

    def close(self) -> None:
        """Let go of the rows."""
        self._lines.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()


def letter(column: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read(file: "File[bytes]") -> Sheet:
    """The first table of a CSV or a workbook (XLSX, XLS, XLSB, ODS), whatever its name says.

    :class:`ValidationError` in words for whoever sent it. What was guessed or left out is in ``told``; a cell
    that is too long is empty, and among the ``problems``.
    """
    content = read_within(file, MOST_BYTES)
    kind = kind_of(content)
    lines = tempfile.TemporaryFile()  # noqa: SIM115 (the sheet closes it)
    try:
        summary = _in_a_child(content, kind, lines)
    except BaseException:
        lines.close()
        raise
    columns, told = _columns(summary["header"], set(summary["filled"]))
    problems = [Problem(row, at, _too_long(long)) for row, at, long in summary["too_long"]]
    return Sheet(kind, columns, summary["rows"], (*_told(kind, summary), *told), tuple(problems), lines)


# What kind of file -----------------------------------------------------------------------------


def kind_of(content: bytes) -> str:
    """``csv``, ``xlsx``, ``xlsb``, ``ods`` or ``xls``, by what is in it; else :class:`ValidationError`."""
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise ValidationError(_locked())
        return "xls"
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().replace(b"\0", b"")
    head = head.lstrip(b"\xff\xfe \t\r\n")
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<style", b"<div", b"<?xml")):
        raise ValidationError(
            _("This is a web page with the name of a sheet. Open it in a spreadsheet and save it as XLSX.")
        )
    if content.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"MZ", b"\x7fELF", b"\x1f\x8b")):
        raise ValidationError(_no_table())
    return "csv"


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            examine(entries, len(content), MOST_UNPACKED)
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as damage:
        raise ValidationError(_damaged()) from damage
    kind = next((kind for part, kind in _OFFICE.items() if part in names), "")
    if not kind and "content.xml" in names and "mimetype" in names:
        kind = "ods"
    if not kind:
        raise ValidationError(_no_table())
    return kind


# The child -------------------------------------------------------------------------------------


def _in_a_child(content: bytes, kind: str, lines: IO[bytes]) -> dict[str, Any]:
    limits = [str(most) for most in (MOST_ROWS, MOST_COLUMNS, LONGEST_CELL, MOST_TEXT)]
    try:
        child.run(parse.__file__, content, kind, *limits, into=lines, most_written=4 * MOST_TEXT)
    except child.TooHeavyError as heavy:
        raise ValidationError(_too_heavy()) from heavy
    except child.RefusedError as refused:
        raise ValidationError(_refusal(refused.code)) from refused
    return _last_line(lines)


def _last_line(lines: IO[bytes]) -> dict[str, Any]:
    """What the child says of the whole, without reading the rows."""
    end = lines.seek(0, io.SEEK_END)
    tail, size = b"", 0
    while b"\n" not in tail[:-1] and size < end:
        size = min(end, max(65_536, size * 2))
        lines.seek(end - size)
        tail = lines.read(size)
    summary: dict[str, Any] = json.loads(tail[:-1].rpartition(b"\n")[2])
    return summary


def _refusal(code: int) -> str:
    most_rows = f"{MOST_ROWS:,}".replace(",", ".")
    words = {
        parse.TOO_MANY_ROWS: _("The sheet has more than %(most)s rows. Divide it into several files.")
        % {"most": most_rows},
        parse.TOO_MANY_COLUMNS: _(
            "The sheet has more than %(most)s columns. Leave out those that are not needed."
        )
        % {"most": MOST_COLUMNS},
        parse.EMPTY: _(
            "The sheet is empty: write the names of the columns in its first row, the rows below."
        ),
        parse.PASSWORD: _locked(),
        bound.BROKEN: _damaged(),
    }
    return words.get(code, _too_heavy())


# Words -----------------------------------------------------------------------------------------


def _columns(header: Sequence[str], filled: set[int]) -> tuple[tuple[str, ...], list[str]]:
    """The names of the columns, each once and none empty, and what had to be done for that."""
    names: list[str] = []
    told = []
    for at, written in enumerate(header):
        name = wanted = " ".join(unguard(written).split())[:200]
        if not wanted:
            name = wanted = _("Column %(letter)s") % {"letter": letter(at)}
            if at in filled:
                told.append(_("Column %(letter)s has no name: we call it “%(name)s”.") % _named(at, name))
        number = 2
        while name.casefold() in (each.casefold() for each in names):
            name, number = f"{wanted} ({number})", number + 1
        if name != wanted:
            told.append(
                _("“%(wanted)s” names more than one column: we call column %(letter)s “%(name)s”.")
                % {**_named(at, name), "wanted": wanted}
            )
        names.append(name)
    return tuple(names), told


def _named(at: int, name: str) -> dict[str, str]:
    return {"letter": letter(at), "name": name}


def _told(kind: str, summary: dict[str, Any]) -> Iterator[str]:
    if kind == "csv":
        signs = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
        names = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}
        yield _("Read as text in %(encoding)s, cells divided by: %(sign)s.") % {
            "encoding": names[summary["encoding"]],
            "sign": signs.get(summary["delimiter"], summary["delimiter"]),
        }
    elif summary["unread"]:
        yield _("Only the sheet “%(name)s” was read; left out: %(others)s.") % {
            "name": summary["sheet"],
            "others": ", ".join(summary["unread"][:10]),
        }
    if summary["above"]:
        yield _("The names of the columns are in row %(row)s; what stands above was left out.") % {
            "row": summary["header_row"]
        }
    if summary["unreadable"]:
        yield ngettext(
            "Unreadable signs were taken out of %(count)s cell.",
            "Unreadable signs were taken out of %(count)s cells.",
            summary["unreadable"],
        ) % {"count": summary["unreadable"]}


def _too_long(length: int) -> str:
    return _("The cell is too long (%(length)s characters, at most %(most)s): shorten it.") % {
        "length": f"{length:,}".replace(",", "."),
        "most": f"{LONGEST_CELL:,}".replace(",", "."),
    }


def _locked() -> str:
    return _("The file is locked by a password. Save it without and try once more.")


def _damaged() -> str:
    return _("The file is damaged. Save it again and try once more.")


def _no_table() -> str:
    return _("This is not a table we can read. Use XLSX, ODS, XLS or CSV.")


def _too_heavy() -> str:
    return _("The sheet is too heavy to be read: delete empty rows and columns, and save it again.")
