"""The door for pages: a form hands its answer to the same writer as a phone; a page asks it for the state."""

import secrets
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from typing import Any

from django.db import connection

from cantiere.engine.live import Refusal
from cantiere.foundation.live import tickets
from cantiere.foundation.live.books import Answer, Failure, Outcome, Shelf
from cantiere.foundation.live.commits import commit_patiently
from cantiere.foundation.live.desk import answer_of, the_desk
from cantiere.foundation.live.handlers import Receipt
from cantiere.foundation.live.questions import Ask, Question, answer
from cantiere.foundation.live.tickets import Ticket
from cantiere.foundation.live.writer import Writer

PATIENCE = 30.0


class NotTakenError(Exception):
    """The answer was not taken: by the room's rules, or because it could not be kept."""

    def __init__(self, outcome: Refusal | Failure) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def submit(
    *,
    room: int,
    actor: str,
    kind: str,
    slot: str = "",
    body: Mapping[str, Any] | None = None,
    key: str = "",
    lead: bool = False,
) -> Receipt:
    """Hand in an answer and wait until it is committed; :class:`NotTakenError` where it is not.

    ``key`` is that of the form (``{% once_key %}``): sent twice, it counts once. The caller has checked that
    the person may, and holds no transaction: the writer's is another one.
    """
    moment = tickets.now()
    ticket = Ticket(room, actor, "", lead, moment, moment)
    heard: Future[Outcome] = Future()
    made = answer_of(
        ticket,
        key=key or secrets.token_hex(16),
        kind=kind,
        slot=slot,
        body=dict(body or {}),
        done=heard.set_result,
    )
    outcome = _through(the_desk().hub.writer, made, heard)
    if isinstance(outcome, Receipt):
        return outcome
    raise NotTakenError(outcome)


def _through(writer: Writer, answer: Answer, heard: Future[Outcome]) -> Outcome:
    if not writer.running:  # a command, a job, or a server nobody listens to yet
        commit_patiently(Shelf(), [answer])
        return answer.outcome
    if connection.in_atomic_block:
        raise RuntimeError(
            "A live answer is handed in outside of transactions: the writer would wait for this one."
        )
    if not writer.put(answer):
        return Failure.BUSY
    try:
        return heard.result(PATIENCE)
    except WaitedTooLongError:
        return Failure.BUSY


def ask(*, room: int, ask: Ask) -> Any:
    """What ``ask(state, handler)`` gives from the room's log as it stands; it changes and keeps nothing.

    ``GoneError`` where there is no such room, ``BusyError`` where too many wait, or what ``ask`` raises.
    """
    heard: Future[Any] = Future()
    question = Question(room, ask, heard.set_result)
    writer = the_desk().hub.writer
    if not writer.running:
        answer(Shelf(), [question])
        outcome = question.outcome
    else:
        outcome = heard.result(PATIENCE) if writer.put(question) else question.outcome
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
