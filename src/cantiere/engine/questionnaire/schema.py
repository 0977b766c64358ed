"""What a questionnaire is: groups of questions, each group a page, and lists of choices.

The JSON is one to one with XLSForm (``docs/questionnaires.md`` has the table). Everything here is frozen: a
version of a questionnaire never changes, so what answers mean does not either.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from cantiere.engine.questionnaire.expressions import Ast

FORMAT = 1
OTHER = "other"  # the code, and the end of the name, of «other, please say»
Words = Mapping[str, str]  # language → text


class SchemaError(ValueError):
    """Why a schema is refused: each problem names the question and says what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Kind(StrEnum):
    """Types of questions, by XLSForm's names; ``place`` and ``places`` are ours."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    URL = "url"
    EMAIL = "email"
    PLACE = "place"
    PLACES = "places"
    NOTE = "note"


SELECTS = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})
PLACES = frozenset({Kind.PLACE, Kind.PLACES})
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})
TEXTS = frozenset({Kind.TEXT, Kind.URL, Kind.EMAIL})
SEVERAL = frozenset({Kind.SELECT_MULTIPLE, Kind.PLACES})


@dataclass(frozen=True)
class Expression:
    """What was written, and what it was parsed to."""

    source: str
    ast: Ast


@dataclass(frozen=True)
class Choice:
    """One answer of a list; its code is in the data and never gets another meaning."""

    code: str
    label: Words


@dataclass(frozen=True)
class Question:
    """One question; ``min`` and ``max`` are numbers, or ISO dates of a date."""

    name: str
    type: Kind
    label: Words
    hint: Words = field(default_factory=dict)
    appearance: str = ""
    list: str = ""
    or_other: bool = False
    kinds: tuple[str, ...] = ()
    required: bool | Expression = False
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Words = field(default_factory=dict)
    default: Any = None
    read_only: bool = False
    min: float | str | None = None
    max: float | str | None = None
    max_length: int | None = None
    bind: str = ""
    personal: bool = False

    @property
    def other(self) -> str:
        """The name under which «other» is written out; empty when it is not asked."""
        return f"{self.name}_{OTHER}" if self.or_other else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names its answers have."""
        if self.type is Kind.NOTE:
            return ()
        return (self.name, self.other) if self.or_other else (self.name,)

    @property
    def is_personal(self) -> bool:
        """Whether the answer names or reaches somebody: said by the author, and always so of an e-mail."""
        return self.personal or self.type is Kind.EMAIL


@dataclass(frozen=True)
class Group:
    """A page."""

    name: str
    title: Words
    questions: tuple[Question, ...]
    hint: Words = field(default_factory=dict)
    relevant: Expression | None = None


@dataclass(frozen=True)
class Schema:
    """A whole questionnaire. The first language is the one that every text has."""

    languages: tuple[str, ...]
    title: Words
    groups: tuple[Group, ...]
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    reworded: frozenset[str] = frozenset()

    def questions(self) -> Iterator[Question]:
        """All questions in order."""
        for group in self.groups:
            yield from group.questions

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """Questions by every name their answers have."""
        return {name: question for question in self.questions() for name in question.names}

    def group(self, name: str) -> Group | None:
        """The page of that name."""
        return next((group for group in self.groups if group.name == name), None)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The choices of a question, without «other»."""
        return self.lists.get(question.list, ())

    def codes(self, question: Question) -> list[str]:
        """The codes that may be answered."""
        codes = [choice.code for choice in self.choices(question)]
        return [*codes, OTHER] if question.or_other else codes

    def text(self, words: Words, language: str) -> str:
        """A text in a language, or in the first one."""
        return words.get(language) or words.get(self.languages[0], "")


def to_json(schema: Schema) -> dict[str, Any]:
    """A schema as it is stored: only what was said, expressions as source and tree."""
    stored: dict[str, Any] = {
        "format": FORMAT,
        "languages": list(schema.languages),
        "title": dict(schema.title),
        "lists": {
            name: [{"code": one.code, "label": dict(one.label)} for one in choices]
            for name, choices in sorted(schema.lists.items())
        },
        "groups": [_said(group) for group in schema.groups],
    }
    if schema.reworded:
        stored["reworded"] = sorted(schema.reworded)
    return stored


def _said(row: Group | Question) -> dict[str, Any]:
    """The attributes that differ from what they are when nothing is said."""
    said: dict[str, Any] = {}
    for name, value in vars(row).items():
        if name == "questions":
            said[name] = [_said(question) for question in value]
        elif isinstance(value, Expression):
            said[name] = {"source": value.source, "ast": value.ast}
        elif isinstance(value, Mapping):
            said |= {name: dict(value)} if value else {}
        elif isinstance(value, tuple):
            said |= {name: list(value)} if value else {}
        elif value is not None and value is not False and value != "":
            said[name] = str(value) if isinstance(value, Kind) else value
    return said


def digest(schema: Schema) -> str:
    """SHA-256 of the stored form: the same digest is the same questionnaire."""
    written = json.dumps(to_json(schema), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
