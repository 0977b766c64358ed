"""Rounds of a world café: everybody changes table, and as few pairs as possible meet twice.

Seen as a grid of places at a table (rows) and tables (columns), all of a row move on by as many tables: in
round ``t`` row ``r`` by ``m[r][t]``. Two rows meet the same people twice only if the way between two rounds,
``m[r][t] - m[r][t']`` (modulo the tables), is the same for both; so each row gets moves whose ways no row
before it has; with a prime number of tables ``r·t`` is such a choice. Where none are left (many seats, few
tables), people change places while pairs that meet again become fewer.
"""

import random
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import combinations, islice

Key = Hashable
Round = list[list[Key]]
_TRIES = 4000
_BREADTH = 4


def rounds(first: Sequence[Sequence[Key]], number: int, *, seed: int = 0) -> list[Round]:
    """The first round as given and those after it, ``number`` in all; each keeps the sizes of the tables."""
    tables, deepest = len(first), max((len(table) for table in first), default=0)
    straight = [tuple(row * turn % tables for turn in range(number)) for row in range(deepest)]
    made = min(
        (_moved(first, number, moves) for moves in (straight, _moves(tables, deepest, number))),
        key=repeated_pairs,
    )
    if tables > 1 and repeated_pairs(made):
        _mend(made, random.Random(seed))  # noqa: S311 (repeatable, not secret)
    return made


def _moved(first: Sequence[Sequence[Key]], number: int, moves: Sequence[Sequence[int]]) -> list[Round]:
    """All rounds, when row ``r`` has moved ``moves[r][t]`` tables on in round ``t``."""
    made = [[list(table) for table in first]]
    for turn in range(1, number):
        table_of: list[list[Key]] = [[] for _ in first]
        for row, steps in enumerate(moves):
            for column, table in enumerate(first):
                if row < len(table):
                    table_of[(column + steps[turn]) % len(first)].append(table[row])
        _level(table_of, [len(table) for table in first])
        made.append(table_of)
    return made


def repeated_pairs(made: Sequence[Sequence[Sequence[Key]]]) -> int:
    """How often a pair meets after having met before, over all rounds."""
    met = Counter(frozenset(pair) for turn in made for table in turn for pair in combinations(table, 2))
    return sum(times - 1 for times in met.values() if times > 1)


def _moves(tables: int, rows: int, turns: int) -> list[tuple[int, ...]]:
    """How far each row moves in each round; the first row stays, as the hosts of a world café do."""
    ways: dict[tuple[int, int], set[int]] = {pair: set() for pair in combinations(range(turns), 2)}
    made: list[tuple[int, ...]] = []
    for row in range(rows):
        move = (0,) * turns if row == 0 else _free(tables, turns, ways, (0,))
        made.append(move or tuple(row * turn % tables for turn in range(turns)))
        for (earlier, later), taken in ways.items():
            taken.add((made[-1][later] - made[-1][earlier]) % tables)
    return made


def _free(
    tables: int, turns: int, ways: dict[tuple[int, int], set[int]], begun: tuple[int, ...]
) -> tuple[int, ...] | None:
    """Moves that go on from ``begun`` and whose ways are all still free; few are tried, more seldom help."""
    turn = len(begun)
    if turn == turns:
        return begun
    free = (
        move
        for move in range(tables)
        if all((move - begun[before]) % tables not in ways[before, turn] for before in range(turn))
    )
    for move in islice(free, _BREADTH):
        found = _free(tables, turns, ways, (*begun, move))
        if found is not None:
            return found
    return None


def _level(table_of: list[list[Key]], sizes: Sequence[int]) -> None:
    """Give every table its size again: the last of one that has too many go where seats are free."""
    tables = list(zip(table_of, sizes, strict=True))
    spare = [table.pop() for table, size in tables for _ in range(len(table) - size)]
    for table, size in tables:
        while len(table) < size:
            table.append(spare.pop())


def _mend(made: list[Round], dice: random.Random) -> None:
    """Swap two people of a round after the first while fewer pairs meet again."""
    met = Counter(frozenset(pair) for turn in made for table in turn for pair in combinations(table, 2))
    for _ in range(_TRIES):
        turn = dice.choice(made[1:])
        here, there = dice.sample(range(len(turn)), 2)
        if not turn[here] or not turn[there]:
            continue
        at, to = dice.randrange(len(turn[here])), dice.randrange(len(turn[there]))
        one, two = turn[here][at], turn[there][to]
        rest_here = turn[here][:at] + turn[here][at + 1 :]
        rest_there = turn[there][:to] + turn[there][to + 1 :]
        gone = [(one, each) for each in rest_here] + [(two, each) for each in rest_there]
        come = [(two, each) for each in rest_here] + [(one, each) for each in rest_there]
        if _change(met, gone, come) < 0:
            turn[here][at], turn[there][to] = two, one
            met.subtract(frozenset(pair) for pair in gone)
            met.update(frozenset(pair) for pair in come)


def _change(met: Counter[frozenset[Key]], gone: list[tuple[Key, Key]], come: list[tuple[Key, Key]]) -> int:
    fewer = sum(met[frozenset(pair)] > 1 for pair in gone)
    more = sum(met[frozenset(pair)] > 0 for pair in come)
    return more - fewer
