"""Whether something may happen in a laboratory now; nothing is changed here."""

from collections.abc import Callable, Container
from typing import Any

from cantiere.engine.lab.layout import areas_of
from cantiere.engine.lab.script import CHOSEN, GroupsPlan, QuestionPlan, script_of
from cantiere.engine.lab.state import GONE, HELD, SHOWN, WITHDRAWN, Idea, LabState
from cantiere.engine.live import Event, Reason, Refusal
from cantiere.engine.voting import RefusedError, clean

MOST_PAPER = 500
LONGEST_NAME, LONGEST_WORD = 60, 300
MOST_ON_A_WALL, LONGEST_ON_A_WALL = 400, 500
LARGEST = 1 << 53  # the numbers every browser holds exactly


def wrong(detail: str) -> Refusal:
    """Not an event of this laboratory, or not now; ``detail`` is a word for the page that asked."""
    return Refusal(Reason.WRONG, detail=detail)


def _nothing(_own: LabState, _event: Event) -> Refusal | None:
    return None


# What comes from outside may be anything that JSON can hold, where a word or a number is expected.
def _is_one_of(value: Any, known: Container[str]) -> bool:
    return isinstance(value, str) and value in known


def _is_number(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _idea(own: LabState, event: Event, name: str = "ref") -> Idea | None:
    """The idea that an event names in its slot; one that was withdrawn is named by nobody."""
    ref = event.body.get(name)
    idea = own.answers_to(event.slot).ideas.get(ref) if type(ref) is int else None
    return idea if idea is not None and idea.state != WITHDRAWN else None


def _is_script(_own: LabState, event: Event) -> Refusal | None:
    try:
        script_of(event.body)
    except ValueError:
        return wrong("script")
    return None


def _is_block(own: LabState, event: Event) -> Refusal | None:
    """A block of the run sheet; ``seen`` is where whoever goes on thought to be: two never skip one."""
    if not _is_one_of(event.body.get("block"), {"", *own.script.blocks}):
        return wrong("block")
    return None if event.body.get("seen", own.current) == own.current else wrong("moved")


def _is_timer(_own: LabState, event: Event) -> Refusal | None:
    times = [event.body.get("ends"), event.body.get("left")]
    fits = all(time is None or _is_number(time, 0, LARGEST) for time in times)
    return None if fits and None in times else wrong("timer")


def _has_answers(own: LabState, event: Event) -> Refusal | None:
    return None if own.question_of(event.slot) is not None else wrong("block")


def _is_of_another_turn(own: LabState, event: Event) -> bool:
    """Whether it says of which ``turn`` of a vote it is, and that is not the one that runs."""
    turn = own.answers_to(event.slot).turn
    return bool(event.body.get("turn", turn) != turn)


def _is_next_turn(own: LabState, event: Event) -> Refusal | None:
    """A vote is repeated once, though two facilitators ask for it from the same ``turn``."""
    return wrong("moved") if _is_of_another_turn(own, event) else _has_answers(own, event)


def _has_idea(own: LabState, event: Event) -> Refusal | None:
    return None if _idea(own, event) is not None else wrong("ref")


def _is_moderation(own: LabState, event: Event) -> Refusal | None:
    """One idea of a question; or, in no slot, all that one device sent."""
    if not _is_one_of(event.body.get("state"), {SHOWN, HELD, GONE}):
        return wrong("state")
    if event.slot:
        return _has_idea(own, event)
    return None if _is_one_of(event.body.get("actor"), own.people) else wrong("actor")


def _is_exclusion(own: LabState, event: Event) -> Refusal | None:
    known = _is_one_of(event.body.get("actor"), own.people) and type(event.body.get("out")) is bool
    return None if known else wrong("actor")


def _is_merge(own: LabState, event: Event) -> Refusal | None:
    into, refs = _idea(own, event, "into"), event.body.get("refs")
    if into is None or into.into or not isinstance(refs, list) or not refs:
        return wrong("refs")
    ideas = own.answers_to(event.slot).ideas
    known = {ref for ref, idea in ideas.items() if idea.state != WITHDRAWN} - {into.ref}
    fits = all(type(ref) is int and ref in known for ref in refs)
    return None if fits else wrong("refs")


def _is_seating(own: LabState, event: Event) -> Refusal | None:
    block, seats = own.script.blocks.get(event.slot), event.body.get("seats")
    if block is None or not isinstance(block.plan, GroupsPlan) or not isinstance(seats, dict):
        return wrong("seats")
    known = own.script.tables.keys()
    fits = all(key in known and _are_words(actors) for key, actors in seats.items())
    return None if fits else wrong("seats")


def _is_seat(own: LabState, event: Event) -> Refusal | None:
    block, group = own.script.blocks.get(event.slot), event.body.get("group")
    if block is None or not isinstance(block.plan, GroupsPlan):
        return wrong("block")
    seated = {*own.people, *own.seats_in(event.slot)}
    fits = _is_one_of(event.body.get("actor"), seated) and _is_one_of(group, {"", *own.script.tables})
    return None if fits else wrong("seat")


def _is_word(own: LabState, event: Event) -> Refusal | None:
    text, group = event.body.get("text"), event.body.get("group", "")
    fits = isinstance(text, str) and len(text) <= LONGEST_WORD and _is_one_of(group, {"", *own.script.tables})
    return None if fits else wrong("text")


def _is_group(own: LabState, event: Event) -> Refusal | None:
    return None if _is_one_of(event.body.get("group"), own.script.tables) else wrong("group")


def _is_freezing(own: LabState, event: Event) -> Refusal | None:
    groups = event.body.get("groups")
    fits = groups is None or (_are_words(groups) and set(groups) <= own.script.tables.keys())
    return None if fits and type(event.body.get("frozen")) is bool else wrong("groups")


def _is_focus(own: LabState, event: Event) -> Refusal | None:
    block = own.script.blocks.get(event.slot)
    if block is None or not isinstance(block.plan, GroupsPlan):
        return wrong("block")
    known = {"", *(area.key for area in areas_of(own.script, block.key))}
    return None if _is_one_of(event.body.get("area"), known) else wrong("area")


def _is_wall(own: LabState, event: Event) -> Refusal | None:
    items = event.body.get("items")
    if event.slot not in own.script.blocks or not isinstance(items, list) or len(items) > MOST_ON_A_WALL:
        return wrong("items")
    if not all(isinstance(item, dict) and _is_item(item) for item in items):
        return wrong("items")
    return None if len({str(item["ref"]) for item in items}) == len(items) else wrong("items")


def _is_item(item: dict[str, Any]) -> bool:
    """Something on the wall: ``ref`` names it among the others, ``count`` is how many said it."""
    words = [item.get("text"), item.get("group")]
    fits = all(isinstance(word, str) and len(word) <= LONGEST_ON_A_WALL for word in words)
    return fits and type(item.get("ref")) in {int, str} and _is_number(item.get("count"), 0, LARGEST)


def _is_paper(own: LabState, event: Event) -> Refusal | None:
    if not all(_is_number(event.body.get(name, 1), 1, MOST_PAPER) for name in ("people", "among")):
        return wrong("people")
    if not _is_one_of(event.body.get("group"), {"", *own.script.tables}):
        return wrong("group")
    return wrong("moved") if _is_of_another_turn(own, event) else _is_value(own, event)


def _is_typed(own: LabState, event: Event) -> Refusal | None:
    known = own.answers_to(event.slot).on_paper()
    ref = event.body.get("ref")
    return None if type(ref) is int and ref in known else wrong("ref")


def _is_value(own: LabState, event: Event) -> Refusal | None:
    question = own.question_of(event.slot)
    if question is None:
        return wrong("block")
    try:
        clean(question, event.body.get("value"))
    except RefusedError as refused:
        return wrong(refused.code)
    return None


def _may_answer(own: LabState, event: Event) -> Refusal | None:
    """What was answered in the first vote and waited for a network is no answer in the second."""
    if _is_of_another_turn(own, event):
        return Refusal(Reason.CLOSED, own.answers_to(event.slot).begun)
    refused = _is_value(own, event)
    if refused is not None:
        return refused
    name, number = event.body.get("name", ""), event.body.get("n", 0)
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not _is_number(number, 0, LARGEST):
        return wrong("name")
    question = own.question_of(event.slot)
    if question is not None and question.kind == "ideas":
        mine = [idea for idea in own.answers_to(event.slot).of(event.actor) if idea.stands]
        return wrong("too_many") if len(mine) >= question.most else None
    return None


def _may_take_back(own: LabState, event: Event) -> Refusal | None:
    idea = _idea(own, event)
    return None if idea is not None and idea.actor == event.actor else wrong("ref")


def _may_raise(own: LabState, event: Event) -> Refusal | None:
    block = own.script.blocks.get(event.slot)
    idea = _idea(own, event)
    if block is None or not isinstance(block.plan, QuestionPlan) or not block.plan.upvotes:
        return wrong("block")
    return None if idea is not None and idea.state == SHOWN and not idea.into else wrong("ref")


def _may_sit(own: LabState, event: Event) -> Refusal | None:
    block, group = own.script.blocks.get(event.slot), event.body.get("group")
    if block is None or not isinstance(block.plan, GroupsPlan) or block.plan.assign != CHOSEN:
        return Refusal(Reason.FORBIDDEN)
    if not _is_one_of(group, {table.key for table in own.script.tables_of(block.plan)}):
        return wrong("group")
    seated = [actor for actor, key in own.seats_in(event.slot).items() if key == group]
    full = block.plan.size and len(seated) >= block.plan.size and event.actor not in seated
    return wrong("full") if full else None


def _may_call(own: LabState, event: Event) -> Refusal | None:
    return None if own.group_of(event.actor) else wrong("group")


def _may_enter(_own: LabState, event: Event) -> Refusal | None:
    return None if type(event.body.get("online", False)) is bool else wrong("online")


Judge = Callable[[LabState, Event], Refusal | None]
LEADING: dict[str, Judge] = {
    "call": _nothing,
    "end": _nothing,
    "script": _is_script,
    "go": _is_block,
    "timer": _is_timer,
    "show": _has_answers,
    "again": _is_next_turn,
    "moderate": _is_moderation,
    "exclude": _is_exclusion,
    "merge": _is_merge,
    "unmerge": _has_idea,
    "seats": _is_seating,
    "seat": _is_seat,
    "say": _is_word,
    "helped": _is_group,
    "freeze": _is_freezing,
    "focus": _is_focus,
    "wall": _is_wall,
    "paper": _is_paper,
    "unpaper": _is_typed,
}
TAKING_PART: dict[str, Judge] = {
    "enter": _may_enter,
    "answer": _may_answer,
    "take": _may_take_back,
    "up": _may_raise,
    "sit": _may_sit,
    "help": _may_call,
}
