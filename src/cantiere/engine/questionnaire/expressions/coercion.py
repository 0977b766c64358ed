"""How one sort of value becomes another, as XPath 1.0 has it, and dates as ODK adds them.

An answer is a string, a number or a list of codes; no answer is the empty string, a list its codes with
spaces between them. A date is a string ``2026-06-12`` that becomes the days since 1970-01-01 where a number
is wanted, so dates compare and subtract. The three sorts of value are ``bool``, ``float`` and ``str``.
"""

import math
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Value = bool | float | str

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EPOCH = date(1970, 1, 1)
SPACES = " \t\r\n"


def answer_of(answer: Any) -> Value:
    """An answer as JSON holds it, as a value of expressions."""
    if isinstance(answer, bool):
        return answer
    if isinstance(answer, int | float):
        return _float(answer)
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list | tuple):
        return " ".join(text_of(answer_of(each)) for each in answer if not isinstance(each, list | tuple))
    return ""


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def truth_of(value: Value) -> bool:
    """False are the empty string, zero and what is no number."""
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    return bool(value)


def number_of(value: Value) -> float:
    """Not a number is NaN: every comparison with it is false."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    written = value.strip(SPACES)
    if _NUMBER.fullmatch(written):
        return float(written)
    day = day_of(written)
    return math.nan if day is None else float((day - _EPOCH).days)


def text_of(value: Value) -> str:
    """Numbers without an exponent, whole ones without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    written = format(Decimal(repr(value)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def day_of(written: str) -> date | None:
    """The day of an ISO date."""
    if not _DATE.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def date_text(value: Value) -> str:
    """An ISO date out of one, or out of days since 1970; anything else is empty."""
    number = number_of(value)
    if math.isnan(number) or math.isinf(number):
        return ""
    try:
        return (_EPOCH + timedelta(days=math.floor(number))).isoformat()
    except OverflowError:
        return ""
