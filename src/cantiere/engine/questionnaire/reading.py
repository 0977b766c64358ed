"""From JSON to a schema: strict, and telling everything that is wrong in one go."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from cantiere.engine.questionnaire.checking import check
from cantiere.engine.questionnaire.expressions import ExpressionError, parse
from cantiere.engine.questionnaire.schema import (
    FORMAT,
    Choice,
    Expression,
    Group,
    Kind,
    Question,
    Schema,
    SchemaError,
    Words,
)

Part = TypeVar("Part")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
MOST_QUESTIONS, MOST_CHOICES = 500, 1000

_SCHEMA = {"format", "languages", "title", "lists", "groups", "reworded"}
_GROUP = {"name", "title", "hint", "relevant", "questions"}
_QUESTION = {
    "name", "type", "label", "hint", "appearance", "list", "or_other", "kinds", "required", "relevant",
    "constraint", "constraint_message", "default", "read_only", "min", "max", "max_length", "bind",
    "personal",
}  # fmt: skip


def from_json(given: Any, *, checked: bool = True) -> Schema:
    """The schema of a parsed JSON document; :class:`SchemaError` lists everything to mend.

    What was published once is read again without the checks, which may have become stricter since.
    """
    reader = _Reader()
    schema = reader.schema(given)
    if checked and not reader.problems:
        reader.problems = check(schema)
    if reader.problems:
        raise SchemaError(reader.problems)
    return schema


class _Reader:
    """Reads as much as it can, noting what is wrong; ``where`` says of what."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.where = "The questionnaire"
        self.languages: tuple[str, ...] = ("it",)

    def refuse(self, what: str) -> None:
        self.problems.append(f"{self.where}: {what}")

    def within(self, where: str, read: Callable[[Any], Part], given: Any) -> Part:
        before, self.where = self.where, where
        try:
            return read(given)
        finally:
            self.where = before

    # What values must be ----------------------------------------------------------------------

    def mapping(self, given: Any, known: Collection[str] | None = None) -> Mapping[str, Any]:
        if not isinstance(given, Mapping):
            self.refuse("must be an object {…}")
            return {}
        for name in given:
            if known is not None and name not in known:
                self.refuse(f"“{name}” is not known; write one of {', '.join(sorted(known))}")
        return given

    def rows(self, given: Any, what: str) -> list[Any]:
        if isinstance(given, list | tuple):
            return list(given)
        self.refuse(f"“{what}” must be a list […]")
        return []

    def string(self, given: Mapping[str, Any], name: str) -> str:
        value = given.get(name, "")
        if isinstance(value, str):
            return value
        self.refuse(f"“{name}” must be a text")
        return ""

    def name(self, given: Mapping[str, Any]) -> str:
        name = self.string(given, "name")
        if not _NAME.fullmatch(name):
            self.refuse("“name” must be small letters, figures and _, beginning with a letter, at most 60")
        return name

    def flag(self, given: Mapping[str, Any], name: str) -> bool:
        value = given.get(name, False)
        if not isinstance(value, bool):
            self.refuse(f"“{name}” must be true or false")
        return value is True

    def words(self, given: Mapping[str, Any], name: str, *, needed: bool) -> Words:
        value = given.get(name) or {}
        if isinstance(value, str):
            value = {self.languages[0]: value}
        if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
            self.refuse(f"“{name}” must be texts by language, as {{'{self.languages[0]}': '…'}}")
            return {}
        for language in value:
            if language not in self.languages:
                self.refuse(f"“{name}” is in “{language}”, which is not among “languages”")
        if (needed or value) and not value.get(self.languages[0], "").strip():
            self.refuse(f"“{name}” has no text in “{self.languages[0]}”: write it")
        return dict(value)

    def expression(self, given: Mapping[str, Any], name: str) -> Expression | None:
        value = given.get(name)
        if value is None or value == "":
            return None
        stored = value.get("ast") if isinstance(value, Mapping) else None
        source = value.get("source") if isinstance(value, Mapping) else value
        if not isinstance(source, str):
            self.refuse(f"“{name}” must be an expression, written as a text")
            return None
        try:
            tree = parse(source)
        except ExpressionError as refused:
            self.refuse(f"“{name}” cannot be read: {refused}")
            return None
        if stored is not None and stored != tree:
            self.refuse(f"“{name}”: the tree is not that of its source; leave the tree out")
        return Expression(source, tree)

    # What there is ----------------------------------------------------------------------------

    def schema(self, given: Any) -> Schema:
        given = self.mapping(given, _SCHEMA)
        if given.get("format") != FORMAT:
            self.refuse(f"“format” must be {FORMAT}")
        languages = tuple(self.rows(given.get("languages"), "languages"))
        if languages and all(isinstance(one, str) and _LANGUAGE.fullmatch(one) for one in languages):
            self.languages = languages
        else:
            self.refuse("“languages” must name at least one language, as “it”")
        lists = {
            str(name): self.within(f"List “{name}”", self.choices, rows)
            for name, rows in self.mapping(given.get("lists") or {}).items()
        }
        groups = [
            self.within(f"Group {number}", self.group, row)
            for number, row in enumerate(self.rows(given.get("groups"), "groups"), 1)
        ]
        if sum(len(group.questions) for group in groups) > MOST_QUESTIONS:
            self.refuse(f"a questionnaire has at most {MOST_QUESTIONS} questions: make two")
        reworded = frozenset(str(one) for one in self.rows(given.get("reworded") or [], "reworded"))
        title = self.words(given, "title", needed=True)
        return Schema(self.languages, title, tuple(groups), lists, reworded)

    def choices(self, rows: Any) -> tuple[Choice, ...]:
        found: list[Choice] = []
        for row in self.rows(rows, "choices"):
            given = self.mapping(row, {"code", "label"})
            code = given.get("code")
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                self.refuse(f"the code “{code}” must be letters, figures and _.-, without spaces, at most 60")
                continue
            found.append(self.within(f"{self.where}, code “{code}”", self.choice, given))
        if not 1 <= len(found) <= MOST_CHOICES:
            self.refuse(f"a list has 1 to {MOST_CHOICES} choices")
        return tuple(found)

    def choice(self, given: Mapping[str, Any]) -> Choice:
        return Choice(given["code"], self.words(given, "label", needed=True))

    def group(self, row: Any) -> Group:
        name = self.name(self.mapping(row))
        self.where = f"Group “{name}”" if name else self.where
        given = self.mapping(row, _GROUP) if isinstance(row, Mapping) else {}
        questions = [
            self.within(f"Question {number} of group “{name}”", self.question, row)
            for number, row in enumerate(self.rows(given.get("questions"), "questions"), 1)
        ]
        return Group(
            name=name,
            title=self.words(given, "title", needed=True),
            hint=self.words(given, "hint", needed=False),
            relevant=self.expression(given, "relevant"),
            questions=tuple(questions),
        )

    def question(self, row: Any) -> Question:
        name = self.name(self.mapping(row))
        self.where = f"Question “{name}”" if name else self.where
        given = self.mapping(row, _QUESTION) if isinstance(row, Mapping) else {}
        written = self.string(given, "type")
        if written not in set(Kind):
            self.refuse(f"the type “{written}” is not known; write one of {', '.join(Kind)}")
        return Question(
            name=name,
            type=Kind(written) if written in set(Kind) else Kind.NOTE,
            label=self.words(given, "label", needed=True),
            hint=self.words(given, "hint", needed=False),
            appearance=self.string(given, "appearance"),
            list=self.string(given, "list"),
            or_other=self.flag(given, "or_other"),
            kinds=tuple(str(kind) for kind in self.rows(given.get("kinds") or [], "kinds")),
            required=self.required(given),
            relevant=self.expression(given, "relevant"),
            constraint=self.expression(given, "constraint"),
            constraint_message=self.words(given, "constraint_message", needed=False),
            default=given.get("default"),
            read_only=self.flag(given, "read_only"),
            min=given.get("min"),
            max=given.get("max"),
            max_length=given.get("max_length"),
            bind=self.string(given, "bind"),
            personal=self.flag(given, "personal"),
        )

    def required(self, given: Mapping[str, Any]) -> bool | Expression:
        value = given.get("required", False)
        return value if isinstance(value, bool) else self.expression(given, "required") or False
