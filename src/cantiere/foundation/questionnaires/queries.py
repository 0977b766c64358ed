"""Reading versions and responses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cantiere.engine.questionnaire import OTHER, Group, Kind, Question, Schema
from cantiere.engine.questionnaire.answers import applying, by_question, pages, problems, valid
from cantiere.foundation.places.models import Place
from cantiere.foundation.questionnaires.models import Response, Version
from cantiere.foundation.questionnaires.places import PlaceFinder, labels
from cantiere.foundation.questionnaires.words import message, text, written
from cantiere.foundation.ui.dates import full_day


def latest(key: str) -> Version | None:
    """The newest version of a questionnaire."""
    newest = Version.objects.select_related("questionnaire").filter(questionnaire__key=key)
    return newest.order_by("-number").first()


@dataclass(frozen=True)
class Told:
    """One thing to mend: the name of the answer, its page, its question, and the sentence."""

    question: str
    page: str
    label: str
    message: str


@dataclass(frozen=True)
class Progress:
    """The pages that apply, those done (saved, with nothing to mend), and where to go on (none: the end)."""

    pages: list[Group]
    done: frozenset[str]
    next: str | None


@dataclass(frozen=True)
class ShownRow:
    """A question and its answer in words; ``kind`` is its type, ``items`` several answers."""

    name: str
    kind: str
    label: str
    text: str = ""
    items: list[str] = field(default_factory=list)
    url: str = ""
    message: str = ""
    personal: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no answer."""
        return not self.text and not self.items


@dataclass(frozen=True)
class ShownPage:
    """A page with its answers in words."""

    name: str
    title: str
    rows: list[ShownRow]


def told(response: Response) -> list[Told]:
    """Everything to mend before a response can be sent."""
    schema, places = response.schema, _labels(response)
    found = problems(
        schema,
        response.answers,
        unfinished=response.unfinished,
        today=timezone.localdate(),
        find=PlaceFinder(places),
    )
    return [
        Told(
            problem.question,
            _homes(schema)[by_question(schema, problem)],
            text(schema, schema.by_name[problem.question].label),
            message(schema, problem),
        )
        for problem in found
    ]


def _homes(schema: Schema) -> dict[str, str]:
    return {question.name: group.name for group in schema.groups for question in group.questions}


def progress(response: Response) -> Progress:
    """How far somebody has come."""
    schema, today = response.schema, timezone.localdate()
    groups = pages(schema, response.answers, today=today)
    wrong = problems(schema, response.answers, unfinished=response.unfinished, today=today)
    home = _homes(schema)
    faulty = {home[by_question(schema, each)] for each in wrong}
    done = frozenset(group.name for group in groups if group.name in response.pages) - faulty
    return Progress(groups, done, next((group.name for group in groups if group.name not in done), None))


def shown(response: Response, wrong: list[Told] | None = None) -> list[ShownPage]:
    """The answers to what applies, page by page, in words; ``wrong`` adds what is to mend."""
    schema, places = response.schema, _labels(response)
    found = applying(schema, response.answers, today=timezone.localdate())
    messages = {each.question: each.message for each in wrong or []}
    made = []
    for group in pages(schema, response.answers, today=timezone.localdate()):
        rows = [
            _row(response, question, places, messages)
            for question in group.questions
            if question.name in found and question.names
        ]
        if rows:
            made.append(ShownPage(group.name, text(schema, group.title), rows))
    return made


def _labels(response: Response) -> dict[int, str]:
    return labels(response.schema.questions(), response.answers)


def _row(
    response: Response, question: Question, places: Mapping[int, str], messages: Mapping[str, str]
) -> ShownRow:
    schema, value = response.schema, response.answers.get(question.name)
    items: list[str] = []
    shown_text = url = ""
    if question.name in response.unfinished:
        raw = response.unfinished[question.name]
        shown_text = ", ".join(map(str, raw)) if isinstance(raw, list) else str(raw)
    elif value is None:
        pass
    elif question.type in {Kind.SELECT_MULTIPLE, Kind.PLACES}:
        items = [_one(response, question, each, places) for each in value]
    else:
        shown_text = _one(response, question, value, places)
        url = value if question.type is Kind.URL else f"mailto:{value}" if question.type is Kind.EMAIL else ""
    told_here = (messages.get(name, "") for name in question.names)
    return ShownRow(
        name=question.name,
        kind=question.type.value,
        label=text(schema, question.label),
        text=shown_text[:2000] if question.name in response.unfinished else shown_text,
        items=items,
        url=url,
        message=" ".join(filter(None, told_here)),
        personal=question.is_personal,
    )


def _one(response: Response, question: Question, value: Any, places: Mapping[int, str]) -> str:
    """One value in words."""
    if question.type in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
        return _choice(response.schema, question, value, response.answers)
    if question.type in {Kind.PLACE, Kind.PLACES}:
        return places.get(value, "")
    if question.type is Kind.DATE:
        return full_day(date.fromisoformat(value))
    return written(value) if isinstance(value, int | float) else str(value)


def _choice(schema: Schema, question: Question, code: str, answers: Mapping[str, Any]) -> str:
    if code == OTHER and question.or_other:
        said = answers.get(question.other, "")
        return f"{_('Other')}: {said}" if said else _("Other")
    label = next((choice.label for choice in schema.choices(question) if choice.code == code), None)
    return text(schema, label) if label else code


def bound(version: Version, answers: Mapping[str, Any]) -> dict[str, object]:
    """The answers by the field of a record that takes them; empty where nothing was answered or applies.

    Dates are ``date``, decimals ``Decimal``, a place is read when it is used, places are a query set. Where
    «other» may be written the field ``<bind>_other`` holds it.
    """
    schema, record = version.parsed, dict[str, object]()
    kept = valid(schema, answers, today=timezone.localdate())
    for question in schema.questions():
        if question.bind:
            record[question.bind] = _BOUND[question.type](kept.get(question.name))
            if question.or_other:
                record[f"{question.bind}_{OTHER}"] = kept.get(question.other, "")
    return record


def _place(number: int | None) -> object:
    if number is None:
        return None
    return SimpleLazyObject(lambda: Place.objects.select_related("parent").get(pk=number))


_BOUND: dict[Kind, Callable[[Any], object]] = {
    Kind.TEXT: lambda value: value or "",
    Kind.URL: lambda value: value or "",
    Kind.EMAIL: lambda value: value or "",
    Kind.SELECT_ONE: lambda value: value or "",
    Kind.SELECT_MULTIPLE: lambda value: list(value or []),
    Kind.INTEGER: lambda value: value,
    Kind.DECIMAL: lambda value: None if value is None else Decimal(str(value)),
    Kind.DATE: lambda value: None if value is None else date.fromisoformat(value),
    Kind.PLACE: _place,
    Kind.PLACES: lambda value: Place.objects.select_related("parent").filter(pk__in=value or []),
}
