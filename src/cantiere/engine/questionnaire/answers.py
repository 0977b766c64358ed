"""Answers: which questions apply, what was typed made into values, and what is wrong with it.

Values are JSON: texts, codes and ISO dates as strings, whole numbers, other numbers as floats, several codes
or places as lists; a place is the number that a :class:`Finder` gives. What was not answered is absent.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cantiere.engine.questionnaire.cleaning import Finder, Wrong, clean, is_empty, seen
from cantiere.engine.questionnaire.expressions import truth
from cantiere.engine.questionnaire.schema import OTHER, Expression, Group, Kind, Question, Schema

Answers = Mapping[str, Any]
# What is kept of an answer that is wrong; more is not saved at all.
LONGEST_KEPT = 50_000


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer: a code to be told in words, and what belongs into them."""

    question: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """What became of the answers to a page: ``unfinished`` holds, as typed, what could not be accepted."""

    answers: dict[str, Any]
    unfinished: dict[str, Any]
    problems: list[Problem]
    more: list[str]


def applying(schema: Schema, answers: Answers, *, today: date) -> dict[str, Question]:
    """The questions that apply, by name, in order. What does not apply counts as not answered."""
    found: dict[str, Question] = {}
    known: dict[str, Any] = {}
    for group in schema.groups:
        if group.relevant and not truth(group.relevant.ast, known, today=today):
            continue
        for question in group.questions:
            if question.relevant and not truth(question.relevant.ast, known, today=today):
                continue
            found[question.name] = question
            for name in question.names:
                if name in answers and (name != question.other or chose_other(question, answers)):
                    known[name] = answers[name]
    return found


def chose_other(question: Question, answers: Answers) -> bool:
    """Whether «other» is what was answered."""
    value = answers.get(question.name)
    return value == OTHER or (isinstance(value, list) and OTHER in value)


def valid(schema: Schema, answers: Answers, *, today: date) -> dict[str, Any]:
    """The answers to questions that apply: what is kept when a response is complete."""
    kept: dict[str, Any] = {}
    for question in applying(schema, answers, today=today).values():
        for name in question.names:
            if name in answers and (name != question.other or chose_other(question, answers)):
                kept[name] = answers[name]
    return kept


def pages(schema: Schema, answers: Answers, *, today: date) -> list[Group]:
    """The pages on which at least one question applies."""
    found = applying(schema, answers, today=today)
    return [group for group in schema.groups if any(question.name in found for question in group.questions)]


def take(
    schema: Schema,
    group: Group,
    raw: Mapping[str, Any],
    *,
    answers: Answers,
    unfinished: Answers,
    today: date,
    find: Finder,
) -> Taken:
    """Take what was typed on a page. Names that are not in ``raw`` keep their answers.

    ``more`` names the questions of this page that apply only now and were not shown.
    """
    now, wrong, refused = dict(answers), dict(unfinished), dict[str, Wrong]()
    for question in group.questions:
        for name in question.names if not question.read_only else ():
            if name not in raw:
                continue
            now.pop(name, None)
            wrong.pop(name, None)
            try:
                value = clean(schema, question, raw[name], name=name, find=find)
            except Wrong as error:
                refused[name] = error
                if _size(raw[name]) <= LONGEST_KEPT:
                    wrong[name] = _as_kept(raw[name])
            else:
                if not is_empty(value):
                    now[name] = value
    applies = applying(schema, now, today=today)
    more = [
        question.name
        for question in group.questions
        if question.name in applies and question.names and question.name not in raw and not question.read_only
    ]
    found = [
        refused_as(problem.question, refused[problem.question]) if problem.question in refused else problem
        for problem in _lacking(schema, group.questions, now, {*wrong, *refused}, today)
    ]
    return Taken(now, wrong, [each for each in found if by_question(schema, each) not in more], more)


def refused_as(name: str, wrong: Wrong) -> Problem:
    """A refusal as a problem of an answer."""
    return Problem(name, wrong.code, wrong.params)


def by_question(schema: Schema, problem: Problem) -> str:
    """The name of the question that a problem belongs to."""
    return schema.by_name[problem.question].name


def problems(
    schema: Schema, answers: Answers, *, unfinished: Answers, today: date, find: Finder | None = None
) -> list[Problem]:
    """Everything that is wrong with a whole response, in the order of its questions.

    Without ``find`` it is not told why what is unfinished was refused, which spares looking up places.
    """
    found = _lacking(schema, schema.questions(), answers, set(unfinished), today)
    if find is None:
        return list(found)
    return [_why(schema, each, unfinished, find) if each.code == "unfinished" else each for each in found]


def _why(schema: Schema, problem: Problem, unfinished: Answers, find: Finder) -> Problem:
    name = problem.question
    try:
        clean(schema, schema.by_name[name], unfinished[name], name=name, find=find)
    except Wrong as error:
        return refused_as(name, error)
    return Problem(name, "again")  # what was wrong then is right now, but nobody has confirmed it


def _lacking(
    schema: Schema, questions: Iterable[Question], answers: Answers, refused: Collection[str], today: date
) -> Iterator[Problem]:
    """Answers that are missing, refused, or break a rule, among questions that apply."""
    applies = applying(schema, answers, today=today)
    known = valid(schema, answers, today=today)
    for question in questions:
        if question.name not in applies:
            continue
        other = chose_other(question, answers)
        if question.name in refused:
            yield Problem(question.name, "unfinished")
        elif question.name not in answers and _required(question, known, today):
            yield Problem(question.name, "required")
        elif question.name in known and not _holds(question, known, today):
            yield Problem(question.name, "constraint")
        if other and question.other in refused:
            yield Problem(question.other, "unfinished")
        elif other and question.or_other and question.other not in answers:
            yield Problem(question.other, "other")


def _holds(question: Question, known: Answers, today: date) -> bool:
    own = known[question.name]
    return question.constraint is None or truth(question.constraint.ast, known, today=today, own=own)


def _required(question: Question, known: Answers, today: date) -> bool:
    if question.type is Kind.NOTE:
        return False
    if isinstance(question.required, Expression):
        return truth(question.required.ast, known, today=today)
    return question.required


def _size(raw: Any) -> int:
    if isinstance(raw, list | tuple):
        return sum(_size(each) + 1 for each in raw)
    return len(str(raw))


def _as_kept(raw: Any) -> str | list[str]:
    """What was typed, as JSON and every database can hold it."""
    return [seen(each) for each in raw] if isinstance(raw, list | tuple) else seen(raw)
