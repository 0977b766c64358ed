"""Tables come in and go out: read in a child process, written so that nothing in them is computed."""

from cantiere.foundation.core.sheets.reading import Problem, Row, Sheet, letter, read
from cantiere.foundation.core.sheets.safety import guard, unguard
from cantiere.foundation.core.sheets.writing import Cell, write_csv, write_xlsx

__all__ = [
    "Cell",
    "Problem",
    "Row",
    "Sheet",
    "guard",
    "letter",
    "read",
    "unguard",
    "write_csv",
    "write_xlsx",
]
