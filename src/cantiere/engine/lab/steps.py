"""What follows from something that happened in a laboratory."""

import contextlib
from collections.abc import Callable

from cantiere.engine.lab.script import QuestionPlan, script_of
from cantiere.engine.lab.state import HELD, PAPER, SHOWN, WITHDRAWN, Answers, Idea, LabState, Notice, Timer
from cantiere.engine.live import Event
from cantiere.engine.voting import RefusedError, Tally, clean, result


def _script(own: LabState, event: Event) -> None:
    before = {key: own.question_of(key) for key in own.answers}
    own.script = script_of(event.body)
    own.seating += 1
    for key, question in before.items():
        if own.question_of(key) != question:
            _recount(own, key)


def _recount(own: LabState, key: str) -> None:
    """The question was changed while it ran: what still answers it counts, the rest does not."""
    question, answers = own.question_of(key), own.answers[key]
    given, answers.by, answers.tally = answers.by, {}, Tally()
    if question is None:
        return
    if question.kind == "ideas":
        answers.by = given
        answers.tally.people = sum({idea.actor: idea.people for idea in answers.ideas.values()}.values())
        return
    for actor, value in given.items():
        with contextlib.suppress(RefusedError):
            answers.by[actor] = clean(question, value)
            answers.tally.add(question, answers.by[actor], answers.people.get(actor, 1))


def _go(own: LabState, event: Event) -> None:
    own.current, own.begun = event.body["block"], event.at
    own.timer, own.called, own.help = Timer(), "", {}
    own.said, own.said_to = Notice(), {}
    own.seating += 1


def _timer(own: LabState, event: Event) -> None:
    own.timer = Timer(event.body.get("ends"), event.body.get("left"))


def _answers(own: LabState, slot: str) -> Answers:
    return own.answers.setdefault(slot, Answers())


def _show(own: LabState, event: Event) -> None:
    _answers(own, event.slot).shown = bool(event.body.get("shown"))


def _moderate(own: LabState, event: Event) -> None:
    if event.slot:
        ideas = [_answers(own, event.slot).ideas[event.body["ref"]]]
    else:
        ideas = [idea for answers in own.answers.values() for idea in answers.of(event.body["actor"])]
    for idea in ideas:
        if idea.state != WITHDRAWN:  # older logs ask for that
            idea.state = event.body["state"]


def _exclude(own: LabState, event: Event) -> None:
    """They are shown out or let back in: their seat is free; what they said stays until it is moderated."""
    actor = event.body["actor"]
    if not event.body["out"]:
        own.out.discard(actor)
        return
    own.out.add(actor)
    for seats in own.seats.values():
        seats.pop(actor, None)
    for stood in own.stood.values():
        stood.discard(actor)
    own.seating += 1


def _merge(own: LabState, event: Event) -> None:
    ideas, into = _answers(own, event.slot).ideas, event.body["into"]
    gathered = {into, *event.body["refs"]}
    for idea in ideas.values():
        if idea.ref != into and (idea.ref in gathered or idea.into in gathered):
            idea.into = into


def _unmerge(own: LabState, event: Event) -> None:
    _answers(own, event.slot).ideas[event.body["ref"]].into = 0


def _again(own: LabState, event: Event) -> None:
    """The second vote after a discussion: the first stands beside it, and everybody answers anew."""
    before, question = _answers(own, event.slot), own.question_of(event.slot)
    first = result(question, before.tally) if question is not None else None
    own.answers[event.slot] = Answers(
        counters=before.counters,
        ideas=before.ideas,
        before=before.before or first,
        turn=before.turn + 1,
        begun=event.at,
    )
    own.active.pop(event.slot, None)


def _seats(own: LabState, event: Event) -> None:
    seats = event.body["seats"]
    own.seats[event.slot] = {actor: group for group, actors in seats.items() for actor in actors}
    own.stood.pop(event.slot, None)
    own.seating += 1


def _seat(own: LabState, event: Event) -> None:
    _put(own, event, event.body["actor"])


def _sit(own: LabState, event: Event) -> None:
    _put(own, event, event.actor)


def _put(own: LabState, event: Event, actor: str) -> None:
    seats, stood = own.seats.setdefault(event.slot, {}), own.stood.setdefault(event.slot, set())
    seats.pop(actor, None)
    stood.add(actor)
    if event.body["group"]:
        seats[actor] = event.body["group"]
        stood.discard(actor)
    own.seating += 1


def _call(own: LabState, event: Event) -> None:
    own.called = "plenary" if event.body.get("to") == "plenary" else ""


def _say(own: LabState, event: Event) -> None:
    notice, group = Notice(event.body["text"], event.at), event.body.get("group", "")
    if group:
        own.said_to[group] = notice
    else:
        own.said = notice


def _helped(own: LabState, event: Event) -> None:
    own.help.pop(event.body["group"], None)


def _help(own: LabState, event: Event) -> None:
    group = own.group_of(event.actor)
    if event.body.get("on", True):
        own.help.setdefault(group, event.at)
    else:
        own.help.pop(group, None)


def _freeze(own: LabState, event: Event) -> None:
    groups = event.body.get("groups")
    named = set(own.script.tables) if groups is None else set(groups)
    still = own.frozen.setdefault(event.slot, set())
    own.frozen[event.slot] = still | named if event.body["frozen"] else still - named


def _focus(own: LabState, event: Event) -> None:
    own.focus[event.slot] = event.body["area"]


def _wall(own: LabState, event: Event) -> None:
    own.wall[event.slot] = list(event.body["items"])


def _end(own: LabState, event: Event) -> None:
    own.ended, own.current, own.timer = event.at, "", Timer()
    own.seating += 1


def _enter(own: LabState, event: Event) -> None:
    own.people[event.actor] = bool(event.body.get("online", False))


def _answer(own: LabState, event: Event) -> None:
    number = event.body.get("n", 0)
    _keep(own, event, event.actor, number, 1)
    own.active.setdefault(event.slot, set()).add(event.actor)


def _paper(own: LabState, event: Event) -> None:
    """What a table said on paper, typed by whoever sits there: counted apart, as so many people."""
    actor, people = f"{PAPER}{event.body['group']}:{event.seq}", event.body.get("people", 1)
    _keep(own, event, actor, 0, people)
    if "among" in event.body:
        _answers(own, event.slot).among[actor] = event.body["among"]


def _unpaper(own: LabState, event: Event) -> None:
    """What was typed by mistake counts no more."""
    answers, question = _answers(own, event.slot), own.question_of(event.slot)
    actor = answers.on_paper().get(event.body["ref"])
    if actor is None:
        return  # an older log, in which it was brought back and taken out again
    answers.among.pop(actor, None)
    counted, people = actor in answers.by, answers.people.pop(actor, 1)
    value = answers.by.pop(actor, None)
    for idea in answers.of(actor):
        answers.withdraw(idea)
        answers.tally.people -= idea.people if counted else 0
    if counted and question is not None and question.kind != "ideas":
        answers.tally.take(question, value, people)


def _keep(own: LabState, event: Event, actor: str, number: int, people: int) -> None:
    answers, question = _answers(own, event.slot), own.question_of(event.slot)
    if question is None:
        return  # the block left the run sheet meanwhile
    value = clean(question, event.body["value"])
    if question.kind == "ideas":
        block = own.script.blocks[event.slot]
        held = isinstance(block.plan, QuestionPlan) and block.plan.moderated
        name = (
            str(event.body.get("name", ""))
            if isinstance(block.plan, QuestionPlan) and block.plan.named
            else ""
        )
        answers.ideas[event.seq] = Idea(event.seq, actor, value, name, HELD if held else SHOWN, people=people)
        if actor not in answers.by:
            answers.tally.people += people
        answers.by[actor] = None
        return
    if actor in answers.by and number <= answers.counters.get(actor, -1):
        return  # a late copy of an older answer
    if actor in answers.by:
        answers.tally.change(question, answers.by[actor], value)
    else:
        answers.tally.add(question, value, people)
        if people > 1:
            answers.people[actor] = people
    answers.by[actor], answers.counters[actor] = value, number


def _take(own: LabState, event: Event) -> None:
    answers = _answers(own, event.slot)
    answers.withdraw(answers.ideas[event.body["ref"]])


def _up(own: LabState, event: Event) -> None:
    ups = _answers(own, event.slot).ideas[event.body["ref"]].ups
    if event.body.get("on", True):
        ups.add(event.actor)
    else:
        ups.discard(event.actor)


Step = Callable[[LabState, Event], None]
STEPS: dict[str, Step] = {
    "script": _script,
    "go": _go,
    "timer": _timer,
    "show": _show,
    "moderate": _moderate,
    "exclude": _exclude,
    "merge": _merge,
    "unmerge": _unmerge,
    "again": _again,
    "seats": _seats,
    "seat": _seat,
    "sit": _sit,
    "call": _call,
    "say": _say,
    "helped": _helped,
    "freeze": _freeze,
    "focus": _focus,
    "wall": _wall,
    "paper": _paper,
    "unpaper": _unpaper,
    "end": _end,
    "enter": _enter,
    "answer": _answer,
    "take": _take,
    "up": _up,
    "help": _help,
}
