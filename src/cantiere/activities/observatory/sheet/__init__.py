"""The sheet of records: which columns it has, what people call them, how each is read and written."""

from cantiere.activities.observatory.sheet.columns import (
    BY_NAME,
    COLUMNS,
    PROBLEMS,
    Column,
    key,
    learnt,
    propose,
)
from cantiere.activities.observatory.sheet.values import differing, new_record, read_row, values_of

__all__ = [
    "BY_NAME",
    "COLUMNS",
    "PROBLEMS",
    "Column",
    "differing",
    "key",
    "learnt",
    "new_record",
    "propose",
    "read_row",
    "values_of",
]
