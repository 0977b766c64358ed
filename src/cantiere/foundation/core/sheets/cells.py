"""Cells become values, and values cells: a converter knows one kind, both ways, and its errors in words.

``read`` takes what somebody wrote and gives a value or raises :class:`ValidationError`; ``write`` gives a
cell that reads as the same value again. An empty cell is ``empty`` of the converter.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cantiere.engine.words import fold
from cantiere.foundation.core.sheets.days import day_in, months_beginning
from cantiere.foundation.core.sheets.writing import Cell

_NOTHING = "- – — / ? n.d. nd n/d n.d n.a. n/a na n.p. #n/d #n/a vuoto null none"
NOTHING = frozenset(
    ["", "non indicato", "non indicata", "non disponibile", "non pervenuto", *_NOTHING.split()]
)
_BETWEEN = re.compile(r"[;|\n]")


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return fold(text) in NOTHING


class Converter(Protocol):
    """How one kind of cell is read and written."""

    @property
    def empty(self) -> Any: ...

    def read(self, text: str) -> Any: ...

    def write(self, value: Any) -> Cell: ...


def _refuse(words: Any, **params: object) -> ValidationError:
    return ValidationError(words, params=params)


def _shown(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


@dataclass(frozen=True)
class Text:
    """Words; on one line unless ``lines``."""

    longest: int
    lines: bool = False
    empty: str = ""

    def read(self, text: str) -> str:
        text = text.strip()
        text = text if self.lines else re.sub(r"\s*\n\s*", " ", text)
        if len(text) > self.longest:
            raise _refuse(
                _("It is too long: %(length)s characters, at most %(most)s."),
                length=len(text),
                most=self.longest,
            )
        return text

    def write(self, value: str) -> Cell:
        return value


@dataclass(frozen=True)
class Day:
    """A day; with ``months`` also a month alone, which is its first day."""

    months: bool = False
    empty: None = None

    def read(self, text: str) -> date | None:
        if is_nothing(text):
            return None
        found = day_in(text) or (months_beginning(text) if self.months else None)
        if found is None:
            raise _refuse(
                _("“%(text)s” is not a day we can read: write it like 12/06/2020."), text=_shown(text)
            )
        return found

    def write(self, value: date | None) -> Cell:
        return value


@dataclass(frozen=True)
class Number:
    """A number as Italians write it; ``places`` are its decimals, ``sign`` what may stand beside it."""

    places: int = 0
    least: int = 0
    most: int = 2_147_483_647
    signs: str = "€|euro|eur"
    empty: None = None

    def read(self, text: str) -> Decimal | int | None:
        if is_nothing(text):
            return None
        bare = re.sub(rf"^(?:{self.signs})|(?:{self.signs})$", "", text.strip(), flags=re.IGNORECASE)
        bare = re.sub(r"\s|'|’|,-+$", "", bare)
        value = _number(bare)
        if value is None:
            raise _refuse(
                _("“%(text)s” is not a number: write only digits, like %(example)s."),
                text=_shown(text),
                example="1234,50" if self.places else "1234",
            )
        if not self.least <= value <= self.most:
            raise _refuse(
                _("“%(text)s” must lie between %(least)s and %(most)s."),
                text=_shown(text),
                least=self.least,
                most=self.most,
            )
        rounded = value.quantize(Decimal(1).scaleb(-self.places))
        if rounded != value:
            raise _refuse(
                _("“%(text)s” has too many decimals: at most %(places)s."),
                text=_shown(text),
                places=self.places,
            )
        return rounded if self.places else int(rounded)

    def write(self, value: Decimal | int | None) -> Cell:
        return value


def _number(bare: str) -> Decimal | None:
    """``1.234,56``, ``1,234.56``, ``1234.5``, ``1.234`` (which is one thousand); ``None`` when it is none."""
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"[+-]?\d{1,15}([.,]\d{1,15})?", bare):
        bare = bare.replace(",", ".")
    else:
        return None
    return Decimal(bare) if bare.isascii() and len(bare) < 32 else None


def _key(text: str) -> str:
    """Letters and digits only, so that ``SOCIETA'`` is ``società``."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


@dataclass(frozen=True)
class Choice:
    """One of some codes, by code, by label in the language of the page, or by what else people call it.

    That it was not stated may be one of them, and is a value then: only a cell that says nothing is empty.
    """

    choices: Sequence[tuple[str, Any]]
    also: Mapping[str, str] = field(default_factory=dict)
    empty: ClassVar[str] = ""
    _known: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def read(self, text: str) -> str:
        key = _key(text)
        if key in self.known:
            return self.known[key]
        if is_nothing(text):
            return self.empty
        raise _refuse(
            _("“%(text)s” is not one of these: %(choices)s."),
            text=_shown(text),
            choices="; ".join(str(label) for _code, label in self.choices),
        )

    def write(self, value: str) -> Cell:
        return str(dict(self.choices).get(value, value))

    @property
    def known(self) -> dict[str, str]:
        """The key of every way to write a choice, and its code; made once for each language."""
        language = get_language() or ""
        if language not in self._known:
            names = {_key(name): code for name, code in self.also.items()}
            names |= {_key(str(label)): code for code, label in self.choices}
            self._known[language] = names | {_key(code): code for code, _label in self.choices if code}
        return self._known[language]


def yes_no(choices: Sequence[tuple[str, Any]], *, yes: str, no: str) -> Choice:
    """Yes and no as people write them, beside the labels."""
    also = dict.fromkeys(["sì", "si", "s", "x", "vero", "true", "yes", "y", "1", "ok"], yes)
    also |= dict.fromkeys(["no", "n", "falso", "false", "0"], no)
    return Choice(choices, also=also)


@dataclass(frozen=True)
class Choices:
    """Several of some codes, divided by semicolons, bars or line ends; commas where no label has one."""

    one: Choice
    empty: tuple[str, ...] = ()

    def read(self, text: str) -> list[str]:
        if is_nothing(text):
            return []
        known: dict[str, str] = self.one.known
        parts: list[str] = []
        for part in _BETWEEN.split(text):
            parts += [part] if _key(part) in known else part.split(",")
        found = {self.one.read(part) for part in parts if not is_nothing(part)}
        return [code for code, _label in self.one.choices if code in found]

    def write(self, value: Sequence[str]) -> Cell:
        return "; ".join(str(self.one.write(code)) for code in value)


@dataclass(frozen=True)
class Several:
    """Several of anything, divided by semicolons or by line ends; ``most`` of them."""

    read_one: Callable[[str], Any]
    write_one: Callable[[Any], str] = str
    most: int = 100
    empty: tuple[str, ...] = ()

    def read(self, text: str) -> list[Any]:
        if is_nothing(text):
            return []
        parts = [part.strip() for part in text.split("\n" if "\n" in text else ";")]
        values = list(dict.fromkeys(self.read_one(part) for part in parts if part))
        if len(values) > self.most:
            raise _refuse(
                _("There are %(count)s of them: at most %(most)s."), count=len(values), most=self.most
            )
        return values

    def write(self, value: Sequence[Any]) -> Cell:
        parts = [self.write_one(each) for each in value]
        if any(";" in part for part in parts):
            return "\n".join(parts) + ("\n" if len(parts) == 1 else "")
        return "; ".join(parts)


@dataclass(frozen=True)
class Address:
    """The address of a page on the web; ``https://`` may be missing."""

    longest: int = 300
    empty: str = ""

    def read(self, text: str) -> str:
        if is_nothing(text):
            return ""
        address = text.strip()
        if not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            address = f"https://{address.lstrip('/')}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise _refuse(
                _("“%(text)s” is not an address on the web: write it like https://www.comune.it/pagina."),
                text=_shown(text),
            ) from None
        if len(address) > self.longest:
            raise _refuse(_("The address is too long: at most %(most)s characters."), most=self.longest)
        return address

    def write(self, value: str) -> Cell:
        return value


@dataclass(frozen=True)
class Email:
    """An e-mail address."""

    empty: str = ""

    def read(self, text: str) -> str:
        if is_nothing(text):
            return ""
        address = re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE)
        try:
            EmailValidator()(address)
        except ValidationError:
            raise _refuse(
                _("“%(text)s” is not an e-mail address: write it like name@comune.it."), text=_shown(text)
            ) from None
        return address

    def write(self, value: str) -> Cell:
        return value


def words_of(refused: ValidationError) -> str:
    """What a converter refuses with, in one sentence after the other."""
    return " ".join(gettext(message) for message in refused.messages)
