"""Days as Italians and their spreadsheets write them."""

import re
from datetime import date, timedelta

from cantiere.engine.words import fold

_MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
_BY_NAME = {
    name: number
    for number, month in enumerate(_MONTHS.split(), 1)
    for name in (month, month[:3], "sett" if number == 9 else month[:4])
}
_NUMBERS = re.compile(r"(\d{1,2})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WORDS = re.compile(r"(\d{1,2})[°º^]?[\s\-/]+([a-z]+)\.?[\s\-/]+(\d{4}|\d{2})(?!\d)")
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?"
_TIME = re.compile(rf"(?:[t\s,]+(?:alle |ore |h )?{_CLOCK})?$")
_WEEKDAY = re.compile(r"^(?:lun|mar|mer|gio|ven|sab|dom)[a-z]*\.?,?\s+(?=\d)")
_MONTH = re.compile(r"(?:([a-z]+)\.?|(\d{1,2}))\s?[\s/.\-]\s?(\d{4})")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_FIRST = date(1899, 12, 30)  # of Excel, counted so that days after February 1900 are right


def day_in(text: str) -> date | None:
    """The day that is written; a time beside it does not matter. ``None`` when it is no day."""
    folded = _WEEKDAY.sub("", fold(text.replace("°", "").replace("º", "")))
    if _SERIAL.fullmatch(folded):
        serial = int(folded[:5])
        return _FIRST + timedelta(days=serial) if 14_000 < serial < 75_000 else None
    if (found := _ISO.match(folded)) and _ends(folded, found.end()):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NUMBERS.match(folded)) and _ends(folded, found.end()):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if (found := _WORDS.match(folded)) and found[2] in _BY_NAME and _ends(folded, found.end()):
        return _day(_year(found[3]), _BY_NAME[found[2]], int(found[1]))
    return None


def months_beginning(text: str) -> date | None:
    """The first day of the month that is written, by name or number, with its year."""
    found = _MONTH.fullmatch(fold(text))
    if found is None:
        return None
    month = _BY_NAME.get(found[1]) if found[1] else int(found[2])
    return _day(int(found[3]), month, 1) if month else None


def _ends(text: str, at: int) -> bool:
    return _TIME.fullmatch(text, at) is not None


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 60 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
