"""People who are not there: what they answer while a team rehearses. Made up, and recognised as such."""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cantiere.engine.lab import GroupsPlan, LabState, QuestionPlan
from cantiere.engine.lab.layout import areas_of, board_of
from cantiere.engine.lab.script import CHOSEN
from cantiere.engine.lab.state import SHOWN
from cantiere.engine.live import State
from cantiere.engine.voting import Question
from cantiere.engine.voting.questions import POINTS, STANCES
from cantiere.thread.contributions.models import ActorKind

BEGINS = "sim-"
TOWNS = 8
WRITING = 0.08  # of those at a table, how many write a note in one wave
SHARE = 0.3  # of those who still have something to do, how many do it in one wave
DATA = Path(__file__).parent / "data/simulated.csv"


@dataclass(frozen=True)
class Deed:
    """Something a made-up person does in the log."""

    actor: str
    kind: str
    slot: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A note a made-up person puts on a board."""

    actor: str
    board: str
    area: str
    text: str


def names(people: int) -> list[str]:
    """The names in the log of so many made-up people."""
    return [f"{BEGINS}{number:03}" for number in range(1, people + 1)]


def _number(actor: str) -> int:
    digits = actor.removeprefix(BEGINS)
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


def name_of(actor: str) -> str:
    """What the desk calls one of them."""
    return _("Simulated person %(n)d") % {"n": _number(actor)}


def traits_of(actor: str) -> dict[str, Any]:
    """An invented municipality and kind of actor, always the same for the same name."""
    kinds = [kind for kind in ActorKind.values if kind != ActorKind.UNSTATED]
    number = _number(actor)
    return {"place": number * 7 % TOWNS, "actor": kinds[number * 5 % len(kinds)]}


def deeds(state: State[LabState], dice: random.Random) -> Iterator[Deed]:
    """What some of them do now; every deed is one that the rules let through at this moment."""
    lab, block = state.own, state.own.block
    people = [actor for actor in lab.people if actor.startswith(BEGINS) and actor not in lab.out]
    if block is None or lab.ended:
        return
    if isinstance(block.plan, GroupsPlan):
        yield from _at_tables(lab, block.key, block.plan, people, dice)
    asked = [block.key] + [
        key
        for key, step in lab.script.blocks.items()
        if key != block.key and isinstance(step.plan, QuestionPlan) and step.plan.standing
    ]
    for key in asked:
        door = state.doors.get(key)
        if door is not None and door.closed is None:
            yield from _answers(lab, key, people, dice)


def _answers(lab: LabState, key: str, people: list[str], dice: random.Random) -> Iterator[Deed]:
    question, answers = lab.question_of(key), lab.answers_to(key)
    if question is None or (question.options == [] and question.kind in {"multiple", "points"}):
        return
    for actor in people:
        if actor in answers.by or dice.random() > SHARE:
            continue
        value = answer_to(question, dice)
        yield Deed(actor, "answer", key, {"value": value, "n": answers.counters.get(actor, 0) + 1})
    step = lab.script.blocks[key]
    shown = [idea.ref for idea in answers.standing() if idea.state == SHOWN]
    if shown and isinstance(step.plan, QuestionPlan) and step.plan.upvotes:
        for actor in dice.sample(people, min(len(people), 3)):
            yield Deed(actor, "up", key, {"ref": dice.choice(shown), "on": True})


def _at_tables(
    lab: LabState, key: str, plan: GroupsPlan, people: list[str], dice: random.Random
) -> Iterator[Deed]:
    seats = lab.seats_in(key)
    if plan.assign == CHOSEN:
        tables = [table.key for table in lab.script.tables_of(plan)]
        free = {table: plan.size - list(seats.values()).count(table) for table in tables}
        for actor in people:
            choice = dice.choice(tables) if tables else ""
            if actor in seats or not choice or dice.random() > SHARE or (plan.size and free[choice] < 1):
                continue
            free[choice] -= 1
            yield Deed(actor, "sit", key, {"group": choice})
    calm = [actor for actor in people if seats.get(actor, "") and seats[actor] not in lab.help]
    if calm and dice.random() < 0.04:
        yield Deed(dice.choice(calm), "help", "", {"on": True})


def notes(state: State[LabState], dice: random.Random) -> Iterator[Written]:
    """What some of them write on the boards of their tables now."""
    lab, block = state.own, state.own.block
    if block is None or not isinstance(block.plan, GroupsPlan) or lab.called or lab.ended:
        return
    areas = [area.key for area in areas_of(lab.script, block.key)]
    focus, frozen = lab.focus.get(block.key, ""), lab.frozen.get(block.key, ())
    for actor, table in lab.seats_in(block.key).items():
        board = board_of(lab.script, block.key, table)
        if board and actor.startswith(BEGINS) and table not in frozen and dice.random() < WRITING:
            yield Written(actor, board, focus or dice.choice(areas), dice.choice(_texts("idea")))


@cache
def _texts(sort: str) -> list[str]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if row["sort"] == sort]


def answer_to(question: Question, dice: random.Random) -> Any:
    """An answer that counts; some options are liked more than others, so that results look like results."""
    return _ANSWERS[question.kind](question, dice)


def _one(question: Question, dice: random.Random) -> str:
    options = list(question.options)
    return dice.choices(options, range(len(options), 0, -1))[0]


def _some(question: Question, dice: random.Random) -> list[str]:
    return dice.sample(list(question.options), dice.randint(1, min(question.most, len(question.options))))


def _step(question: Question, dice: random.Random) -> int:
    return min(question.steps, max(1, round(dice.gauss(question.steps * 0.7, question.steps * 0.2))))


def _order(question: Question, dice: random.Random) -> list[str]:
    places = {option: dice.random() * (2 + place) for place, option in enumerate(question.options)}
    return sorted(places, key=places.__getitem__)


def _points(question: Question, dice: random.Random) -> dict[str, int]:
    given = dict.fromkeys(question.options, 0)
    for _ten in range(POINTS // 10):
        given[_one(question, dice)] += 10
    return given


def _stances(question: Question, dice: random.Random) -> dict[str, str]:
    return {option: dice.choices(STANCES, (5, 3, 2))[0] for option in question.options}


_ANSWERS: dict[str, Callable[[Question, random.Random], Any]] = {
    "single": _one,
    "quiz": _one,
    "multiple": _some,
    "scale": _step,
    "ranking": _order,
    "points": _points,
    "statements": _stances,
    "words": lambda question, dice: dice.sample(_texts("word"), min(question.most, 3)),
    "ideas": lambda _question, dice: dice.choice(_texts("idea")),
    "pin": lambda _question, dice: [
        round(10.4 + dice.random() * 1.8, 2),
        round(44.2 + dice.random() * 0.7, 2),
    ],
}
