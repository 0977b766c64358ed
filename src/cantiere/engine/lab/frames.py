"""What each of those present sees: the whole small state, made anew whenever something happens.

A frame replaces the one before, so nobody misses anything by having been away. What one person alone may see
(their answers, their group) is not in it: :func:`own` tells that, when it is asked for.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cantiere.engine.lab.layout import areas_of, board_of
from cantiere.engine.lab.script import CHOSEN, Block, GroupsPlan, HarvestPlan, QuestionPlan, VotePlan
from cantiere.engine.lab.state import PAPER, SHOWN, WITHDRAWN, Idea, LabState
from cantiere.engine.live import State
from cantiere.engine.voting import Result, shift

IDEAS_ON_A_PHONE, IDEAS_ON_A_SCREEN = 12, 60
Json = dict[str, Any]


def phone(state: State[LabState], now: int) -> Json:
    """What everybody holds in their hand."""
    lab, block = state.own, state.own.block
    return {
        **where(state, now),
        "block": asked(state, block, IDEAS_ON_A_PHONE) if block else None,
        "standing": [
            asked(state, each, IDEAS_ON_A_PHONE)
            for each in lab.script.blocks.values()
            if isinstance(each.plan, QuestionPlan) and each.plan.standing and each.key != lab.current
        ],
        "groups": _free(lab, block) if block else [],
        "said": notice(lab, ""),
    }


def group(state: State[LabState], key: str, now: int) -> Json:
    """A phone whose holder sits in a group: its table and its board besides."""
    lab, block = state.own, state.own.block
    frame = phone(state, now)
    if block is None or not isinstance(block.plan, GroupsPlan) or key not in lab.script.tables:
        return frame
    plan = block.plan
    return frame | {
        "said": notice(lab, key) or frame["said"],
        "mine": {
            "key": key,
            "name": lab.script.tables[key].name,
            "people": sum(group == key for group in lab.seats_in(block.key).values()),
            "board": board_of(lab.script, block.key, key),
            "frozen": key in lab.frozen.get(block.key, ()),
            "focus": lab.focus.get(block.key, ""),
            "areas": [asdict(area) for area in areas_of(lab.script, block.key)],
            "dots": plan.dots,
            "help": key in lab.help,
        },
    }


def screen(state: State[LabState], now: int) -> Json:
    """What the whole hall reads: one idea at a time."""
    lab, block = state.own, state.own.block
    frame = {**where(state, now), "block": asked(state, block, IDEAS_ON_A_SCREEN) if block else None}
    if block is not None and isinstance(block.plan, GroupsPlan):
        frame["groups"] = [
            {"key": table.key, "name": table.name, "people": people, "help": table.key in lab.help}
            for table, people in counted(lab, block)
        ]
    if block is not None and isinstance(block.plan, HarvestPlan):
        frame["wall"] = lab.gathered(block.key)
    return frame | {"said": notice(lab, "")}


def notes(state: State[LabState], now: int) -> Json:
    """For whoever takes notes, interprets or writes subtitles: the screen, what stands at hand, and the
    boards on which people are working.
    """
    return screen(state, now) | {"standing": phone(state, now)["standing"], "boards": _boards(state.own)}


def _boards(lab: LabState) -> list[Json]:
    """The boards of the running block, each with its table; one without a name where all share it."""
    block = lab.block
    if block is None or not isinstance(block.plan, GroupsPlan):
        return []
    areas = [asdict(area) for area in areas_of(lab.script, block.key)]
    names = {
        board_of(lab.script, block.key, table.key): "" if block.plan.shared else table.name
        for table in lab.script.tables_of(block.plan)
    }
    return [{"key": key, "name": name, "areas": areas} for key, name in names.items() if key]


def own(state: State[LabState], actor: str) -> Json:
    """What one person gave, and where they sit: asked for by their phone when it comes back."""
    lab = state.own
    mine: Json = {"group": lab.group_of(actor), "entered": actor in lab.people}
    answers: Json = {}
    ideas: Json = {}
    counters: Json = {}
    ups: list[int] = []
    for key, given in lab.answers.items():
        if given.by.get(actor) is not None:
            answers[key] = given.by[actor]
        if actor in given.counters:
            counters[key] = given.counters[actor]
        said = [
            {"ref": idea.ref, "text": idea.text, "state": idea.state}
            for idea in given.of(actor)
            if idea.state != WITHDRAWN
        ]
        if said:
            ideas[key] = said
        ups += [idea.ref for idea in given.ideas.values() if actor in idea.ups]
    return mine | {"answers": answers, "ideas": ideas, "n": counters, "ups": ups}


def where(state: State[LabState], now: int) -> Json:
    lab, block = state.own, state.own.block
    keys = list(lab.script.blocks)
    return {
        "now": now,
        "current": lab.current,
        "title": block.title if block else "",
        "goal": block.goal if block else "",
        "kind": block.kind if block else "",
        "number": keys.index(lab.current) + 1 if block else 0,
        "of": len(keys),
        "timer": {"ends": lab.timer.ends, "left": lab.timer.left},
        "seating": lab.seating,
        "called": lab.called,
        "count": len(lab.people),
        "ended": lab.ended,
    }


def notice(lab: LabState, group: str) -> Json | None:
    notice = lab.said_to.get(group) if group else lab.said
    return {"text": notice.text, "at": notice.at} if notice is not None and notice.text else None


def _free(lab: LabState, block: Block) -> list[Json]:
    """The groups of a block in which people sit down by themselves."""
    plan = block.plan
    if not isinstance(plan, GroupsPlan) or plan.assign != CHOSEN:
        return []
    return [
        {
            "key": table.key,
            "name": table.name,
            "people": people,
            "full": bool(plan.size) and people >= plan.size,
        }
        for table, people in counted(lab, block)
    ]


def counted(lab: LabState, block: Block) -> list[tuple[Any, int]]:
    if not isinstance(block.plan, GroupsPlan):
        return []
    seats = list(lab.seats_in(block.key).values())
    return [(table, seats.count(table.key)) for table in lab.script.tables_of(block.plan)]


def asked(state: State[LabState], block: Block, most: int) -> Json:
    """A block as those see it who answer; results only once they may be seen."""
    lab, answers = state.own, state.own.answers_to(block.key)
    question = lab.question_of(block.key)
    asked: Json = {"key": block.key, "kind": block.kind, "title": block.title, "goal": block.goal}
    if question is None or not isinstance(block.plan, QuestionPlan | VotePlan):
        return asked
    plan = block.plan
    door = state.doors.get(block.key)
    seen = bool(answers.tally.people) and (answers.shown or not plan.hidden)
    asked |= {
        "prompt": plan.prompt,
        "asks": plan.asks,
        "options": _options(lab, block),
        "most": question.most,
        "steps": question.steps,
        "labels": list(plan.labels) if isinstance(plan, QuestionPlan) else [],
        "named": isinstance(plan, QuestionPlan) and plan.named,
        "upvotes": isinstance(plan, QuestionPlan) and plan.upvotes,
        "moderated": isinstance(plan, QuestionPlan) and plan.moderated,
        "turn": answers.turn,
        "open": door is not None and door.closed is None,
        "closes": door.closes if door is not None else None,
        "people": answers.tally.people,
        "results": results(lab, block.key) if seen else None,
    }
    if plan.asks == "quiz" and seen:
        asked["right"] = list(question.right)
    if plan.asks == "ideas" and (seen or asked["upvotes"]):
        shown = [idea for idea in answers.standing() if idea.state == SHOWN]
        authors = answers.authors()
        asked["ideas"] = [as_told(idea, authors) for idea in _foremost(shown, most)]
        asked["more"] = max(len(shown) - most, 0)
    return asked


def _options(lab: LabState, block: Block) -> list[Json]:
    plan = block.plan
    if isinstance(plan, VotePlan):
        return [{"key": key, "text": text} for key, text in lab.options_of(plan).items()]
    options = plan.options if isinstance(plan, QuestionPlan) else ()
    return [{"key": option.key, "text": option.text} for option in options]


def _foremost(ideas: list[Idea], most: int) -> list[Idea]:
    """Those most people want, then the newest."""
    return sorted(ideas, key=lambda idea: (-len(idea.ups), -idea.ref))[:most]


def as_told(idea: Idea, authors: Mapping[int, int]) -> Json:
    """An idea with how many want it and how many said it."""
    said: Json = {"ref": idea.ref, "text": idea.text, "ups": len(idea.ups), "count": authors[idea.ref]}
    return said | {"name": idea.name} if idea.name else said


def results(lab: LabState, key: str) -> Json | None:
    """The result of a block in lines with their words, and how it moved since the first vote."""
    found, block = lab.result_of(key), lab.script.blocks.get(key)
    if found is None or block is None:
        return None
    words = {option["key"]: option["text"] for option in _options(lab, block)}
    answers = lab.answers_to(key)
    told = _lines(found, words)
    told["paper"] = sum(answers.people.get(actor, 1) for actor in answers.by if actor.startswith(PAPER))
    if answers.before is not None:
        told["before"] = _lines(answers.before, words)
        told["shift"] = dict(shift(answers.before, found))
    return told


def _lines(found: Result, words: Mapping[str, str]) -> Json:
    lines = [
        {
            "key": line.key,
            "text": words.get(line.key, line.key),
            "count": line.count,
            "share": round(line.share, 4),
        }
        | ({"parts": dict(line.parts)} if line.parts else {})
        for line in found.lines
    ]
    told: Json = {"people": found.people, "lines": lines}
    for name in ("mean", "median", "right"):
        if getattr(found, name) is not None:
            told[name] = getattr(found, name)
    return told
