"""Who sits where in a block, and what was typed for one; read from the state of the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cantiere.activities.labs.actions.chair import Chair
from cantiere.activities.labs.queries.desk import Desk, Who, people_of
from cantiere.engine.lab import GroupsPlan, LabState, desk
from cantiere.engine.lab.script import BALANCED, BY_HAND, CHOSEN, ROTATE, SAME
from cantiere.engine.live import State
from cantiere.foundation.places.models import Place

Json = dict[str, Any]
WAYS = {
    BALANCED: gettext_lazy("Municipalities and kinds of actor are spread over the groups."),
    CHOSEN: gettext_lazy("People choose their group by themselves; you can move them."),
    BY_HAND: gettext_lazy("You say who sits where."),
    ROTATE: gettext_lazy("Everybody changes group after «{title}», so that new people meet."),
    SAME: gettext_lazy("The same groups as in «{title}»."),
}


@dataclass(frozen=True)
class SeatingPlan:
    """A block's groups with key, name and people; ``together`` and ``apart`` are names in a row."""

    piece: Json
    groups: list[Json]
    unseated: list[Who]
    together: list[str]
    apart: list[str]
    seated: int
    way_of_seating: str


@dataclass(frozen=True)
class _Copy:
    title: str
    plan: GroupsPlan
    of: str
    tables: list[tuple[str, str]]
    seats: dict[str, str]
    people: list[str]
    known: list[str]


def seating(chair: Chair, hall: str, block: str) -> SeatingPlan | None:
    """Who sits where in a block of work in groups; ``None`` where it is none."""
    found = chair.asks(lambda state: _copy(state, block))
    if found is None:
        return None
    names = people_of(chair.lab, hall, found.known)

    def who(actor: str) -> Who:
        return names.get(actor) or Who(actor, _("Somebody"))

    def told(lists: Any) -> list[str]:
        return [", ".join(who(actor).name for actor in keys) for keys in lists]

    groups = [
        {"key": key, "name": name, "people": [who(actor) for actor, at in found.seats.items() if at == key]}
        for key, name in found.tables
    ]
    return SeatingPlan(
        piece={"key": block, "title": found.title, "assign": found.plan.assign},
        groups=groups,
        unseated=[who(actor) for actor in found.people if actor not in found.seats],
        together=told(found.plan.together),
        apart=told(found.plan.apart),
        seated=len(found.seats),
        way_of_seating=str(WAYS[found.plan.assign]).format(title=found.of),
    )


def _copy(state: State[LabState], block: str) -> _Copy | None:
    lab = state.own
    step = lab.script.blocks.get(block)
    if step is None or not isinstance(step.plan, GroupsPlan):
        return None
    before = lab.script.blocks.get(step.plan.of)
    return _Copy(
        title=step.title,
        plan=step.plan,
        of=before.title if before is not None else "",
        tables=[(table.key, table.name) for table in lab.script.tables_of(step.plan)],
        seats=dict(lab.seats_in(block)),
        people=[actor for actor in lab.people if actor not in lab.out],
        known=[*lab.people, *lab.seats_in(block)],
    )


def asked(chair: Chair, block: str) -> Json | None:
    """A question or a vote with what was typed for it; ``None`` where the block asks nothing."""

    def see(state: State[LabState]) -> Json | None:
        step = state.own.script.blocks.get(block)
        if step is None or state.own.question_of(block) is None:
            return None
        return desk.whole(state, step)

    return chair.asks(see)


def options(asked: Json) -> list[dict[str, str]]:
    """What is chosen among; the steps of a scale too."""
    if asked["asks"] != "scale":
        return list(asked["options"])
    steps, ends = int(asked["steps"]), [*asked["labels"], "", ""]
    words = {1: ends[0], steps: ends[1]}
    return [
        {"key": str(step), "text": f"{step} · {words[step]}" if words.get(step) else str(step)}
        for step in range(1, steps + 1)
    ]


def typed(asked: Json) -> list[Json]:
    """What was typed for a table or the hall; places by their names."""
    if asked["asks"] != "pin":
        return list(asked["typed"])
    names = Place.objects.near([tuple(each["value"]) for each in asked["typed"]])
    return [{**each, "value": names.get(_cell(each["value"]), "")} for each in asked["typed"]]


def _cell(position: Sequence[float]) -> str:
    return f"{position[0]:.2f} {position[1]:.2f}"


def rows(seen: Desk) -> list[Json]:
    """Everybody who came in, with the group they sit in now and whether they were shown out."""
    at = {actor: group["name"] for group in seen.frame["groups"] for actor in group.get("actors", ())}
    gone = set(seen.frame["people"]["out"])
    return [
        {"who": seen.who(actor), "group": at.get(actor, ""), "out": actor in gone}
        for actor in seen.frame["people"]["actors"]
    ]
