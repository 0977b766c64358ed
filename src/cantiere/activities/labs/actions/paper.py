"""What tables said on paper, or the hall aloud: typed by whoever sits there, and counted apart."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from cantiere.activities.labs.actions.chair import OTHERWISE, REFUSALS, Chair
from cantiere.activities.labs.questions.answering import position_of
from cantiere.engine.board import PAPER, BoardRight
from cantiere.engine.lab import GroupsPlan, LabState
from cantiere.engine.lab.hands import COUNTED, shared_out
from cantiere.engine.lab.judging import MOST_PAPER
from cantiere.engine.lab.layout import areas_of, board_of
from cantiere.engine.live import State
from cantiere.engine.voting import Question, RefusedError, clean
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.boards import queries as standing
from cantiere.foundation.live.boards.changes import add_note

MOST_LINES, LONGEST_NOTE = 100, 500


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper: of which ``group`` (none is the whole hall), and how many ``people`` it speaks for.

    Where lines tell nothing of people (a table writes as many ideas as it has) it is for all who sat there.
    ``lines`` are ideas, words or municipalities; ``hands`` how many raised a hand for each option (of
    statements for each ``statement:stance``); ``points`` what all of them gave together. ``turn`` is that of
    the vote, so that hands of the first are not typed into the second; none is whichever runs.
    """

    group: str
    people: int
    lines: Sequence[str] = ()
    hands: Mapping[str, int] | None = None
    points: Mapping[str, int] | None = None
    turn: int = 0


def type_in(*, chair: Chair, block: str, sheet: Sheet) -> int:
    """Enter a sheet; gives how many answers that made. All of it, or nothing where a part cannot be."""
    question = chair.asks(lambda state: state.own.question_of(block))
    if question is None:
        raise ValidationError(REFUSALS["block"])
    if not 1 <= sheet.people <= MOST_PAPER:
        raise ValidationError(REFUSALS["people"])
    try:
        answers = _answers(question, sheet)
        for value, _people in answers:
            clean(question, value)
    except RefusedError as refused:
        raise ValidationError(REFUSALS.get(refused.code, OTHERWISE)) from refused
    more = {"turn": sheet.turn} if sheet.turn else {}
    if question.kind in {"ideas", "words"}:
        more["among"] = sheet.people
    for place, (value, people) in enumerate(answers):
        intent = f"{place} {sheet.group} {people} {value}"
        chair.does("paper", block, intent=intent, value=value, group=sheet.group, people=people, **more)
    return len(answers)


def _answers(question: Question, sheet: Sheet) -> list[tuple[Any, int]]:
    """Values with how many people each speaks for."""
    written = [line for line in (" ".join(line.split()) for line in sheet.lines) if line][:MOST_LINES]
    if question.kind == "ideas":
        found: list[tuple[Any, int]] = [(line, 1) for line in written]
    elif question.kind == "words":
        found = [([line], 1) for line in written]
    elif question.kind == "pin":
        found = [(position_of(line), 1) for line in written]
    elif question.kind in COUNTED:
        found = shared_out(question, sheet.hands or {}, sheet.people)
    elif question.kind == "points":
        found = [(dict(sheet.points or {}), sheet.people)]
    elif question.kind == "ranking":
        placed = sorted((sheet.points or {}).items(), key=lambda pair: pair[1])
        found = [([option for option, place in placed if place], sheet.people)]
    else:
        raise RefusedError("no_paper")
    if not found:
        raise RefusedError("nothing_written")
    return found


def pin_up(*, chair: Chair, block: str, group: str, area: str, lines: Sequence[str]) -> int:
    """Put what a table wrote on paper on its board, a note a line, once; gives how many."""
    key, table = chair.asks(lambda state: _board(state, block, group, area))
    if not key:
        raise ValidationError(REFUSALS["block"])
    texts = [text[:LONGEST_NOTE] for text in (" ".join(line.split()) for line in lines) if text][:MOST_LINES]
    if not texts:
        raise ValidationError(REFUSALS["nothing_written"])
    before = standing.read(chair.room, key).notes
    there = {note.id for note in before}
    ids = [
        hashlib.blake2b(f"{chair.key} {place}".encode(), digest_size=6).hexdigest()
        for place in range(len(texts))
    ]
    above = sum(note.area == area and note.id not in ids for note in before)
    rows = max((above + len(texts) + 1) // 2 - 1, 1)
    changes = [
        add_note(
            text,
            id=id_,
            by=_signed(table),
            area=area,
            room=True,
            order=float(place),
            x=1000.0 * (place % 2),
            y=min(1000.0 * (place // 2) / rows, 1000.0),
        )
        for place, (id_, text) in enumerate(zip(ids, texts, strict=True), above)
    ]
    missing = [change for change in changes if change.id not in there]
    try:
        if missing:
            boards.edit(room=chair.room, key=key, right=BoardRight(chair.actor, lead=True), changes=missing)
    except boards.NotTakenError as refused:
        raise ValidationError(OTHERWISE) from refused
    return len(changes)


def _signed(table: str) -> str:
    """How a board calls the author of what a table wrote on paper, as the page of the board does it."""
    return PAPER + (slugify(table)[:40] or "room")


def _board(state: State[LabState], block: str, group: str, area: str) -> tuple[str, str]:
    """The board of a group, if it has this area, and the group's name."""
    script = state.own.script
    step = script.blocks.get(block)
    if step is None or not isinstance(step.plan, GroupsPlan) or group not in script.tables:
        return "", ""
    known = {each.key for each in areas_of(script, block)}
    return board_of(script, block, group) if area in known else "", script.tables[group].name


def take_out(*, chair: Chair, block: str, ref: int) -> None:
    """What was typed by mistake counts no more."""
    chair.does("unpaper", block, ref=ref)
