"""Publishing questionnaires and writing answers.

Saving a page leaves no line in the audit log: a draft is nobody's business but its author's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.engine.questionnaire import SchemaError, compare, digest, from_json, to_json
from cantiere.engine.questionnaire.answers import Problem, problems, refused_as, take, valid
from cantiere.engine.questionnaire.cleaning import Finder, Wrong, clean, is_empty
from cantiere.foundation.core import log
from cantiere.foundation.core.access import Actor
from cantiere.foundation.core.keys import digest_of
from cantiere.foundation.core.keys import new_key as key_of_256_bits
from cantiere.foundation.questionnaires import words
from cantiere.foundation.questionnaires.models import Questionnaire, Response, Version
from cantiere.foundation.questionnaires.places import PlaceFinder, labels

_STATE = (
    "answers",
    "unfinished",
    "pages",
    "sent",
    "revision",
    "state",
    "saved_at",
    "completed_at",
    "key_digest",
)


class ChangedMeanwhileError(Exception):
    """A page was saved elsewhere after it was opened here; ``response`` is what is saved now."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.pk)
        self.response = response


@dataclass(frozen=True)
class Saved:
    """A saved page: what is wrong on it, and the questions that apply only now."""

    response: Response
    problems: list[Problem]
    more: list[str]


@transaction.atomic
def publish(*, key: str, title: str, schema: Mapping[str, Any], by: Actor = None) -> Version:
    """Make a schema the newest version, unless it is that already; :class:`SchemaError` says what to mend."""
    parsed = from_json(schema)
    Questionnaire.objects.get_or_create(key=key, defaults={"title": title})
    questionnaire = Questionnaire.objects.select_for_update().get(key=key)
    if questionnaire.title != title:
        questionnaire.title = title
        questionnaire.save(update_fields=["title"])
    earlier = list(questionnaire.versions.order_by("number"))
    if earlier and earlier[-1].digest == digest(parsed):
        return earlier[-1]
    if refused := compare(parsed, [(version.number, version.parsed) for version in earlier]):
        raise SchemaError(refused)
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=earlier[-1].number + 1 if earlier else 1,
        schema=to_json(parsed),
        digest=digest(parsed),
    )
    log.record(by=by, verb="questionnaires.publish", target=version, number=version.number)
    return version


@transaction.atomic
def start(
    *,
    version: Version,
    by: Actor = None,
    for_somebody_else: bool = False,
    answers: Mapping[str, Any] | None = None,
) -> tuple[Response, str]:
    """Begin a response of ``by`` (or, as a curator, for somebody without an account).

    ``answers`` are known from before. The key is shown now and never again.
    """
    known = {
        question.name: question.default
        for question in version.parsed.questions()
        if question.default is not None and question.names
    }
    key = key_of_256_bits()
    person = by.pk if by and not for_somebody_else else None
    response = Response(version=version, person_id=person, key_digest=digest_of(key))
    response.answers = _cleaned(response, {**known, **(answers or {})})
    response.save(force_insert=True)
    log.record(by=by, verb="questionnaires.start", target=response)
    return response, key


@transaction.atomic
def new_key(*, response: Response, by: Actor = None) -> str:
    """Give a new key; the one before opens nothing any more."""
    locked, key = _locked(response), key_of_256_bits()
    locked.key_digest = digest_of(key)
    locked.save(update_fields=["key_digest"])
    log.record(by=by, verb="questionnaires.new_key", target=locked)
    _hand_back(response, locked)
    return key


@transaction.atomic
def save_page(
    *,
    response: Response,
    page: str,
    raw: Mapping[str, Any],
    revision: int | None = None,
    find: Finder | None = None,
) -> Saved:
    """Save what was typed on a page, right or wrong; names that are not in ``raw`` stay as they are.

    ``revision`` is that of the response when the page was opened: a page that was saved since, with other
    content, raises :class:`ChangedMeanwhileError` and stays.
    """
    locked = _locked(response)
    if locked.is_complete:
        raise ValidationError(_("These answers were sent: they can be changed only once they are reopened."))
    group = locked.schema.group(page)
    if group is None:
        raise ValidationError(_("This questionnaire has no such page."))
    taken = take(
        locked.schema,
        group,
        raw,
        answers=locked.answers,
        unfinished=locked.unfinished,
        today=timezone.localdate(),
        find=find or PlaceFinder(labels(group.questions, locked.answers)),
    )
    same = taken.answers == locked.answers and taken.unfinished == locked.unfinished
    if revision is not None and not same and locked.pages.get(page, 0) > revision:
        raise ChangedMeanwhileError(locked)
    if not same or page not in locked.pages:
        locked.answers, locked.unfinished = taken.answers, taken.unfinished
        _touch(locked)
        locked.pages = {**locked.pages, page: locked.revision}
        locked.save()
    _hand_back(response, locked)
    return Saved(response, taken.problems, taken.more)


@transaction.atomic
def complete(*, response: Response, by: Actor = None) -> Response:
    """Send the answers: those to questions that do not apply are dropped. Refuses what is not right yet."""
    locked, today = _locked(response), timezone.localdate()
    if locked.is_complete:
        _hand_back(response, locked)
        return response
    found = problems(
        locked.schema, locked.answers, unfinished=locked.unfinished, today=today, find=finder(locked)
    )
    _refuse(locked, found)
    _complete(locked, valid(locked.schema, locked.answers, today=today), by)
    _hand_back(response, locked)
    return response


@transaction.atomic
def reopen(*, response: Response, by: Actor = None) -> Response:
    """Let somebody go on writing after it was sent."""
    locked = _locked(response)
    if locked.is_complete:
        locked.state, locked.completed_at, locked.sent = Response.State.DRAFT, None, locked.answers
        _touch(locked)
        locked.save()
        log.record(by=by, verb="questionnaires.reopen", target=locked)
    _hand_back(response, locked)
    return response


@transaction.atomic
def close_again(*, response: Response, by: Actor = None) -> Response:
    """Take the answers as they were last sent: what was changed since and never sent is dropped."""
    locked = _locked(response)
    if locked.is_complete or not locked.sent:
        return complete(response=response, by=by)
    _complete(locked, locked.sent, by)
    _hand_back(response, locked)
    return response


@transaction.atomic
def change(*, by: Actor, response: Response, answers: Mapping[str, Any]) -> list[str]:
    """Correct answers in any state, as a curator does; the names of those that changed.

    What is empty is taken away. A complete response stays complete, and must be right afterwards too.
    """
    locked, today = _locked(response), timezone.localdate()
    given = _cleaned(locked, answers)
    after = {name: value for name, value in locked.answers.items() if name not in answers} | given
    unfinished = {name: value for name, value in locked.unfinished.items() if name not in answers}
    if locked.is_complete:
        _refuse(locked, problems(locked.schema, after, unfinished={}, today=today, find=finder(locked)))
        after = valid(locked.schema, after, today=today)
    names = after.keys() | locked.answers.keys()
    changed = sorted(name for name in names if after.get(name) != locked.answers.get(name))
    if changed or unfinished != locked.unfinished:
        pages = {group.name for group in locked.schema.groups for question in group.questions
                 if set(question.names) & {*changed, *answers}}  # fmt: skip
        locked.answers, locked.unfinished = after, unfinished
        _touch(locked)
        locked.pages = {**locked.pages, **dict.fromkeys(sorted(pages), locked.revision)}
        locked.save()
        log.record(by=by, verb="questionnaires.change", target=locked, changed=changed)
    _hand_back(response, locked)
    return changed


@transaction.atomic
def discard(*, response: Response, by: Actor = None) -> None:
    """Delete a response with all its answers."""
    log.record(by=by, verb="questionnaires.discard", target=response)
    response.delete()


def finder(response: Response) -> PlaceFinder:
    """Finds places, knowing those that are answered already."""
    return PlaceFinder(labels(response.schema.questions(), response.answers))


def _locked(response: Response) -> Response:
    rows = Response.objects.select_for_update(of=("self",)).select_related("version__questionnaire")
    return rows.get(pk=response.pk)


def _complete(locked: Response, answers: Mapping[str, Any], by: Actor) -> None:
    locked.answers, locked.unfinished, locked.sent = dict(answers), {}, {}
    locked.state, locked.completed_at = Response.State.COMPLETE, timezone.now()
    _touch(locked)
    locked.save()
    log.record(by=by, verb="questionnaires.complete", target=locked)


def _touch(response: Response) -> None:
    response.revision += 1
    response.saved_at = timezone.now()


def _hand_back(response: Response, locked: Response) -> None:
    """The caller's object becomes what is saved."""
    for name in _STATE:
        setattr(response, name, getattr(locked, name))


def _cleaned(response: Response, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Typed or typed-in answers as values; refuses unknown names and wrong answers, by question."""
    schema, find = response.schema, finder(response)
    kept: dict[str, Any] = {}
    refused: list[Problem] = []
    for name, raw in answers.items():
        question = schema.by_name.get(name)
        if question is None:
            raise ValidationError(_("This questionnaire has no question “%(name)s”.") % {"name": name[:60]})
        try:
            value = clean(schema, question, raw, name=name, find=find)
        except Wrong as wrong:
            refused.append(refused_as(name, wrong))
        else:
            kept |= {} if is_empty(value) else {name: value}
    _refuse(response, refused)
    return kept


def _refuse(response: Response, found: list[Problem]) -> None:
    told: dict[str, list[str]] = {}
    for problem in found:
        told.setdefault(problem.question, []).append(words.message(response.schema, problem))
    if told:
        raise ValidationError(told)
