"""Who sits where: groups for a block of work, from what its plan says and from the groups before it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cantiere.engine.grouping import Member, balanced, repeated_pairs, rounds
from cantiere.engine.grouping.balance import sizes_of
from cantiere.engine.lab.script import BALANCED, ROTATE, SAME, GroupsPlan, Script, Table

Seats = Mapping[str, str]  # person → group
FORMED = frozenset({BALANCED, ROTATE, SAME})
"""The ways in which the laboratory itself seats people; who comes late is seated by it too."""


@dataclass(frozen=True)
class Seating:
    """Groups by their key; ``faults`` and ``broken`` as in grouping; ``repeated`` pairs meet again."""

    groups: Mapping[str, Sequence[str]]
    faults: int = 0
    broken: Sequence[tuple[Any, Any]] = ()
    repeated: int = 0


def seat(
    script: Script,
    block: str,
    members: Sequence[Member],
    before: Mapping[str, Seats],
    *,
    sizes: Sequence[int] = (),
    hosts: Iterable[str] = (),
    afar: Collection[str] = (),
    seed: int = 0,
) -> Seating:
    """Seat these people in a block; ``before`` is who sat where in the others.

    ``sizes`` are seats by group (equal ones if there are none); ``hosts`` stay at their table while others
    turn; those ``afar`` sit by themselves where some tables are online and others are not.
    :class:`ValueError` where the block has no groups, or the seats are too few.
    """
    plan = script.blocks[block].plan if block in script.blocks else None
    tables = script.tables_of(plan) if isinstance(plan, GroupsPlan) else []
    if not tables:
        raise ValueError("This block has no groups.")
    if sizes and len(sizes) != len(tables):
        raise ValueError("Seats are told for each group or for none.")
    parts = apart(tables, [str(member.key) for member in members], afar)
    places = [table.key for table in tables]
    made = [
        _seat(
            script,
            block,
            keys,
            [member for member in members if member.key in people],
            before,
            [sizes[places.index(key)] for key in keys] if sizes else (),
            tuple(hosts),
            seed,
        )
        for keys, people in parts
    ]
    found = {key: people for part in made for key, people in part.groups.items()}
    return Seating(
        {key: found[key] for key in places},
        sum(part.faults for part in made),
        [pair for part in made for pair in part.broken],
        sum(part.repeated for part in made),
    )


def apart(
    tables: Sequence[Table], people: Iterable[str], afar: Collection[str]
) -> list[tuple[list[str], list[str]]]:
    """Tables with those who may sit there; where tables are of both sorts and some are afar, these apart."""
    everybody = list(people)
    online, hall = ([table.key for table in tables if table.online is it] for it in (True, False))
    far = [person for person in everybody if person in afar]
    if not (online and hall and far):
        return [([table.key for table in tables], everybody)]
    return [(hall, [person for person in everybody if person not in afar]), (online, far)]


def _seat(
    script: Script,
    block: str,
    tables: Sequence[str],
    members: Sequence[Member],
    before: Mapping[str, Seats],
    sizes: Sequence[int],
    hosts: Sequence[str],
    seed: int,
) -> Seating:
    plan = script.blocks[block].plan
    if not isinstance(plan, GroupsPlan):
        raise TypeError(block)
    if plan.assign == SAME and before.get(plan.of):
        return _stay(tables, members, before[plan.of], plan)
    if plan.assign == ROTATE and before.get(_root(script, block)):
        return _turn(script, block, tables, members, before, hosts, seed)
    here = {member.key for member in members}
    parted = [(one, other) for one, other in _pairs(plan.apart) if {one, other} <= here]
    together = [kept for kept in ([key for key in keys if key in here] for keys in plan.together) if kept]
    spread = [
        Member(member.key, {name: member.traits[name] for name in plan.spread if name in member.traits})
        for member in members
    ]
    room = list(sizes) or sizes_of(len(members), len(tables))
    made = balanced(spread, room, together=together, apart=parted, seed=seed)
    groups = {table: [str(key) for key in group] for table, group in zip(tables, made.groups, strict=True)}
    return Seating(groups, made.faults, made.broken)


def add(
    groups: Mapping[str, Sequence[str]], late: Sequence[Member], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Where those who came late are needed most: the smallest group, there where fewest bring the same."""
    size = {key: len(people) for key, people in groups.items()}
    have = {key: Counter(_brought(known, people)) for key, people in groups.items()}
    found: dict[str, str] = {}
    for member in late:
        brings = list(member.traits.items())
        key = min(size, key=lambda key: (size[key], sum(have[key][each] for each in brings)))
        found[str(member.key)] = key
        size[key] += 1
        have[key].update(brings)
    return found


def _brought(known: Mapping[str, Mapping[str, Any]], people: Iterable[str]) -> Iterable[tuple[str, Any]]:
    return (each for person in people for each in known.get(person, {}).items())


def _pairs(lists: Iterable[Sequence[str]]) -> Iterable[tuple[str, str]]:
    """All pairs of each list: nobody of it sits with another."""
    for keys in lists:
        yield from ((one, other) for place, one in enumerate(keys) for other in keys[place + 1 :])


def _stay(tables: Sequence[str], members: Sequence[Member], seats: Seats, plan: GroupsPlan) -> Seating:
    """As in the block before; who was not there goes where there are fewest."""
    groups: dict[str, list[str]] = {table: [] for table in tables}
    late = []
    for member in members:
        table = seats.get(str(member.key), "")
        if table in groups:
            groups[table].append(str(member.key))
        else:
            late.append(member)
    return Seating(_with_late(groups, late, members, plan))


def _with_late(
    groups: dict[str, list[str]], late: Sequence[Member], members: Sequence[Member], plan: GroupsPlan
) -> dict[str, list[str]]:
    known = {
        str(member.key): {name: value for name, value in member.traits.items() if name in plan.spread}
        for member in members
    }
    brought = [Member(member.key, known[str(member.key)]) for member in late]
    for person, table in add(groups, brought, known).items():
        groups[table].append(person)
    return groups


def _root(script: Script, block: str) -> str:
    """The block whose groups were made anew, from which this one turns."""
    seen = {block}
    plan = script.blocks[block].plan
    while isinstance(plan, GroupsPlan) and plan.assign in {ROTATE, SAME} and plan.of not in seen:
        if plan.of not in script.blocks:
            return ""
        block = plan.of
        seen.add(block)
        plan = script.blocks[block].plan
    return block


def turns_of(script: Script, block: str) -> list[str]:
    """The rounds of a world café, the first one too: blocks that turn from the same beginning."""
    root = _root(script, block)
    turning = [
        key
        for key, step in script.blocks.items()
        if isinstance(step.plan, GroupsPlan) and step.plan.assign == ROTATE and _root(script, key) == root
    ]
    return [root, *turning]


def _turn(
    script: Script,
    block: str,
    tables: Sequence[str],
    members: Sequence[Member],
    before: Mapping[str, Seats],
    hosts: Sequence[str],
    seed: int,
) -> Seating:
    """The round of this block; all are planned together, so that pairs meet again only if they must.

    Everybody who sat in the first round is in the plan, those too who have left: without them it would be
    another plan, which knows nothing of the rounds already played.
    """
    turns = turns_of(script, block)
    here = {str(member.key): member for member in members}
    first: dict[str, list[str]] = {table: [] for table in tables}
    for person, table in before[turns[0]].items():
        if table in first:
            first[table].append(person)
    planned = rounds(list(first.values()), len(turns), stay=hosts, seed=seed)
    groups = {
        table: [str(person) for person in people if person in here]
        for table, people in zip(tables, planned[turns.index(block)], strict=True)
    }
    seated = {person for people in groups.values() for person in people}
    plan = script.blocks[block].plan
    late = [member for person, member in here.items() if person not in seated]
    full = _with_late(groups, late, members, plan) if isinstance(plan, GroupsPlan) else groups
    earlier = [_as_groups(before.get(turn, {}), here) for turn in turns[: turns.index(block)]]
    again = repeated_pairs([*earlier, list(full.values())]) - repeated_pairs(earlier)
    return Seating(full, repeated=again)


def _as_groups(seats: Seats, here: Mapping[str, Member]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for person, table in seats.items():
        if person in here:
            groups.setdefault(table, []).append(person)
    return list(groups.values())
