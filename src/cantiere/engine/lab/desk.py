"""What whoever leads sees: results before they are shown, ideas that are held, every group."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from cantiere.engine.lab import frames
from cantiere.engine.lab.layout import areas_of, board_of
from cantiere.engine.lab.script import Block, GroupsPlan, HarvestPlan, QuestionPlan, VotePlan
from cantiere.engine.lab.state import GONE, HELD, SHOWN, WITHDRAWN, Answers, Idea, LabState, typed_for
from cantiere.engine.live import State

MOST_IDEAS = 40
Json = dict[str, Any]


def stirred(state: State[LabState], now: int) -> Json:
    """That something happened, for a desk that then asks its page for everything."""
    lab = state.own
    return {
        "now": now,
        "current": lab.current,
        "timer": {"ends": lab.timer.ends, "left": lab.timer.left},
        "help": sorted(lab.help, key=lambda key: lab.help[key]),
        "ended": lab.ended,
    }


def desk(
    state: State[LabState],
    now: int,
    present: Collection[str],
    boards: Mapping[str, int],
    leafed: tuple[str, int] = ("", 0),
) -> Json:
    """Everything, but of many ideas the first. ``present`` are those who listen now; ``boards`` says of each
    board how many notes it has; ``leafed`` is a block of which ideas after so many others are wanted.
    """
    begins = dict([leafed])
    lab, block = state.own, state.own.block
    here = lab.people.keys() & set(present)
    standing = [
        each
        for each in lab.script.blocks.values()
        if isinstance(each.plan, QuestionPlan) and each.plan.standing and each.key != lab.current
    ]
    return {
        **frames.where(state, now),
        "begun": lab.begun,
        "blocks": [_line(state, each) for each in lab.script.blocks.values()],
        "block": whole(state, block, begins.get(block.key, 0)) if block is not None else None,
        "standing": [whole(state, each, begins.get(each.key, 0)) for each in standing],
        "groups": [_table(lab, table.key, here, boards) for table in _tables(lab)],
        "people": {
            "entered": len(lab.people),
            "here": len(here),
            "online": sum(lab.people[actor] for actor in here),
            "paper": sum(lab.answers_to(lab.current).people_on_paper().values()),
            "actors": list(lab.people),
            "out": sorted(lab.out),
            "unseated": _unseated(lab),
        },
        "said": frames.notice(lab, ""),
    }


def _tables(lab: LabState) -> list[Any]:
    """The groups of the present block; all of them while nobody works in groups."""
    plan = lab.block.plan if lab.block is not None else None
    return lab.script.tables_of(plan) if isinstance(plan, GroupsPlan) else list(lab.script.tables.values())


def _line(state: State[LabState], block: Block) -> Json:
    """A block as a line of the run sheet."""
    answers, door = state.own.answers_to(block.key), state.doors.get(block.key)
    return {
        "key": block.key,
        "kind": block.kind,
        "title": block.title,
        "minutes": block.minutes,
        "people": answers.tally.people,
        "begun": door is not None or block.key in state.own.seats or block.key in state.own.wall,
        "shown": answers.shown,
    }


def whole(state: State[LabState], block: Block, begins: int = 0) -> Json:
    """A block with all that came in; of ideas, those after the first ``begins`` of each list."""
    lab, answers, plan = state.own, state.own.answers_to(block.key), block.plan
    seen = frames.asked(state, block, 0) | {"minutes": block.minutes, "shown": answers.shown}
    door = state.doors.get(block.key)
    seen |= {"opened": door is not None, "closed": door is not None and door.closed is not None}
    if isinstance(plan, QuestionPlan | VotePlan):
        seen |= {
            "hidden": plan.hidden,
            "results": frames.results(lab, block.key),
            "active": len(lab.active.get(block.key, ())),
            "typed": typed(answers),
        }
    if isinstance(plan, QuestionPlan) and plan.asks == "ideas":
        seen |= _ideas(answers, begins, moderated=plan.moderated, wanted=plan.upvotes)
    if isinstance(plan, GroupsPlan):
        seen |= {
            "assign": plan.assign,
            "after": plan.of,
            "size": plan.size,
            "areas": [asdict(area) for area in areas_of(lab.script, block.key)],
            "dots": plan.dots,
            "seated": len(lab.seats_in(block.key)),
            "focus": lab.focus.get(block.key, ""),
            "frozen": sorted(lab.frozen.get(block.key, ())),
        }
    if isinstance(plan, GroupsPlan | HarvestPlan):
        source = plan.of if isinstance(plan, HarvestPlan) else block.key
        before = lab.script.blocks.get(source)
        boards = before is not None and bool(areas_of(lab.script, before.key))
        wall = lab.gathered(source)
        seen |= {"source": source, "wall": wall, "gathered": source in lab.wall, "boards": boards}
    return seen


def _ideas(answers: Answers, begins: int, *, moderated: bool, wanted: bool) -> Json:
    """Those that wait for a decision, what is shown, what was taken down; first the newest or most wanted."""
    authors, behind = answers.authors(), defaultdict(list)
    by_state: dict[str, list[Idea]] = {HELD: [], SHOWN: [], GONE: []}
    for idea in answers.ideas.values():
        if idea.state == WITHDRAWN:
            continue
        if idea.into:
            behind[idea.into].append({"ref": idea.ref, "text": idea.text})
        else:
            by_state[idea.state].append(idea)
    longest = max(map(len, by_state.values()))
    begins = min(begins, max(longest - 1, 0) // MOST_IDEAS * MOST_IDEAS)

    def told(state: str) -> list[Json]:
        first = sorted(by_state[state], key=lambda idea: (-len(idea.ups) if wanted else 0, -idea.ref))
        return [
            frames.as_told(idea, authors)
            | {"state": idea.state, "actor": idea.actor, "merged": behind.get(idea.ref, [])}
            for idea in first[begins : begins + MOST_IDEAS]
        ]

    return {
        "moderated": moderated,
        "waiting": len(by_state[HELD]),
        "removed": len(by_state[GONE]),
        "before": max(begins - MOST_IDEAS, 0) if begins else None,
        "after": begins + MOST_IDEAS if longest > begins + MOST_IDEAS else None,
        "from": begins + 1,
        "to": min(begins + MOST_IDEAS, longest),
        "of": longest,
        "held": told(HELD),
        "ideas": told(SHOWN),
        "gone": told(GONE),
    }


def typed(answers: Answers) -> list[Json]:
    """What was typed for a table or the hall, the newest first."""
    texts = {idea.ref: idea.text for idea in answers.ideas.values()}
    names, people = answers.on_paper(), answers.people_on_paper()
    return [
        {
            "ref": ref,
            "group": typed_for(names[ref]),
            "people": people[ref],
            "value": texts.get(ref, answers.by.get(names[ref])),
        }
        for ref in sorted(names, reverse=True)
    ]


def _table(lab: LabState, key: str, here: Collection[str], boards: Mapping[str, int]) -> Json:
    """A group as a card: who is there, what is on its board; who wrote there before ``since`` has not yet."""
    table, block = lab.script.tables[key], lab.block
    seen: Json = {"key": key, "name": table.name, "paper": table.paper, "help": lab.help.get(key)}
    if block is None or not isinstance(block.plan, GroupsPlan):
        return seen
    seated = [actor for actor, group in lab.seats_in(block.key).items() if group == key]
    board = board_of(lab.script, block.key, key)
    said = lab.said_to.get(key)
    return seen | {
        "seated": len(seated),
        "here": sum(actor in here for actor in seated),
        "actors": seated,
        "board": board,
        "frozen": key in lab.frozen.get(block.key, ()),
        "said": said.text if said else "",
        "notes": boards.get(board, 0),
        "since": lab.begun if block.plan.goes_on else 0,
    }


def _unseated(lab: LabState) -> list[str]:
    """Who came late and sits nowhere yet; not those who were asked to stand up."""
    block = lab.block
    if block is None or not isinstance(block.plan, GroupsPlan):
        return []
    stood = lab.stood.get(block.key, set())
    return sorted(lab.people.keys() - lab.seats_in(block.key).keys() - lab.out - stood)
