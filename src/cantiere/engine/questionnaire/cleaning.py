"""What was typed, made into a value: lenient about how it is written, strict about what it is."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlsplit

from cantiere.engine.questionnaire.schema import OTHER, PLACES, TEXTS, Kind, Question, Schema

LONGEST = {Kind.TEXT: 500, Kind.URL: 200, Kind.EMAIL: 254}
LONGEST_MULTILINE = 10_000
LONGEST_OTHER = 200
FIGURES = 15  # what a number holds exactly
MOST_PLACES = 500

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BETWEEN = re.compile(r"[\n;,]+")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[^\s@.<>\"(),:;\\\[\]]+(?:\.[^\s@.<>\"(),:;\\\[\]]+)+")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)


class Wrong(Exception):  # noqa: N818 (an answer, not an error of the program)
    """An answer that cannot be accepted: a code, and what belongs into its words."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Any] = params


class Finder(Protocol):
    """Finds the place somebody wrote among some kinds; :class:`Wrong` when none or several are."""

    def __call__(self, written: str | int, kinds: Sequence[str]) -> int: ...


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    return value is None or value in ("", [], ())


def longest(question: Question) -> int:
    """How many characters an answer may have."""
    if question.max_length is not None:
        return question.max_length
    return LONGEST_MULTILINE if question.appearance == "multiline" else LONGEST[question.type]


def seen(raw: Any) -> str:
    """A text without signs nobody sees, its line ends alike."""
    return _UNSEEN.sub("", str(raw if raw is not None else "").replace("\r\n", "\n").replace("\r", "\n"))


def clean(schema: Schema, question: Question, raw: Any, *, name: str, find: Finder) -> Any:
    """The value of what was typed, or of a value again; empty when nothing was; :class:`Wrong` otherwise."""
    if name == question.other:
        return _text(raw, LONGEST_OTHER)
    if question.type in TEXTS:
        return _TEXTS[question.type](_text(raw, longest(question)))
    if question.type is Kind.SELECT_ONE:
        return _code(schema, question, raw)
    if question.type is Kind.SELECT_MULTIPLE:
        return _codes(schema, question, raw)
    if question.type in PLACES:
        found = _places(question, raw, find)
        return found if question.type is Kind.PLACES else next(iter(found), None)
    value = _PLAIN[question.type](raw)
    if value is not None:
        _within(question, value)
    return value


# Texts -----------------------------------------------------------------------------------------


def _text(raw: Any, most: int) -> str:
    if isinstance(raw, list | tuple | dict):
        raise Wrong("text")
    text = seen(raw).strip()
    if len(text) > most:
        raise Wrong("long", most=most, length=len(text), over=len(text) - most)
    return text


def _url(text: str) -> str:
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        sound = parts.scheme in {"http", "https"} and _HOST.fullmatch(host) and parts.port != 0
    except (ValueError, UnicodeError):
        sound = None
    if not sound or re.search(r"\s", address):
        raise Wrong("url")
    return address


def _email(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise Wrong("email")
    return text


_TEXTS: dict[Kind, Callable[[str], str]] = {Kind.TEXT: lambda text: text, Kind.URL: _url, Kind.EMAIL: _email}

# Numbers and days ------------------------------------------------------------------------------


def _number(raw: Any, code: str) -> float | None:
    """A number as people write it: ``1.234``, ``1 234``, ``12,5``, ``1.234,50``, ``€ 300``."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if not math.isfinite(raw):
            raise Wrong(code)
        return raw
    written = re.sub(r"[\s'’_€]", "", _text(raw, 100)).replace("−", "-")
    if not written:
        return None
    if "," in written and "." in written and written.rindex(".") > written.rindex(","):
        written = written.replace(",", "")  # 1,234.50
    elif "," in written:
        written = written.replace(".", "").replace(",", ".")
    elif _THOUSANDS.fullmatch(written):
        written = written.replace(".", "")
    if not _PLAIN_NUMBER.fullmatch(written):
        raise Wrong(code)
    if len(written.lstrip("-0.").replace(".", "")) > FIGURES:
        raise Wrong("figures", most=FIGURES)
    return float(written)


def _integer(raw: Any) -> int | None:
    number = _number(raw, "integer")
    if number is None:
        return None
    if number != math.floor(number):
        raise Wrong("integer")
    if abs(number) >= 10**FIGURES:
        raise Wrong("figures", most=FIGURES)
    return int(number)


def _decimal(raw: Any) -> float | None:
    number = _number(raw, "decimal")
    if number is not None and abs(number) >= 10**FIGURES:
        raise Wrong("figures", most=FIGURES)
    return int(number) if number is not None and float(number).is_integer() else number


def _date(raw: Any) -> str | None:
    """A day as calendars give it (``2026-06-12``) or as people write it (``12/6/2026``)."""
    written = raw.isoformat() if isinstance(raw, date) else _text(raw, 100)
    if not written:
        return None
    told = _DAY.fullmatch(written)
    try:
        day = date(int(told[3]), int(told[2]), int(told[1])) if told else date.fromisoformat(written)
    except ValueError:
        raise Wrong("date") from None
    if day.year < 1000:
        raise Wrong("date")
    return day.isoformat()


_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.NOTE: lambda _raw: None,
}


def _within(question: Question, value: Any) -> None:
    if question.min is not None and value < question.min:
        raise Wrong("min", least=question.min)
    if question.max is not None and value > question.max:
        raise Wrong("max", most=question.max)


# Choices and places ----------------------------------------------------------------------------


def _code(schema: Schema, question: Question, raw: Any) -> str:
    if isinstance(raw, list | tuple):
        raw = raw[0] if len(raw) == 1 else ("" if not raw else None)
    if raw is None or not isinstance(raw, str):
        raise Wrong("choice")
    if raw and raw not in schema.codes(question):
        raise Wrong("choice")
    return raw


def _codes(schema: Schema, question: Question, raw: Any) -> list[str]:
    given = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple) else None
    known = schema.codes(question)
    if given is None or not all(isinstance(code, str) and (code in known or not code) for code in given):
        raise Wrong("choice")
    return [code for code in known if code in given]


def _places(question: Question, raw: Any, find: Finder) -> list[int]:
    if question.type is Kind.PLACE:
        several = raw if isinstance(raw, list | tuple) else [raw]
    else:
        several = raw if isinstance(raw, list | tuple) else _BETWEEN.split(_text(raw, 20_000))
    written = [one if isinstance(one, int) else _text(one, 200) for one in several]
    written = [one for one in written if one not in ("", None) and not isinstance(one, bool)]
    if len(written) > (MOST_PLACES if question.type is Kind.PLACES else 1):
        raise Wrong("places", most=MOST_PLACES)
    found: dict[int, None] = {}
    refused: list[str] = []
    for one in written:
        try:
            found[find(one, question.kinds)] = None
        except Wrong as wrong:
            refused.append(str(wrong.params.get("message", one)))
    if refused:
        raise Wrong("place", message=" ".join(refused[:10]))
    return list(found)


__all__ = ["OTHER", "Finder", "Wrong", "clean", "is_empty", "longest", "seen"]
