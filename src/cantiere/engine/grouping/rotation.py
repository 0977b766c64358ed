"""Rounds of a world café: everybody changes table, and as few pairs as possible meet twice.

Seen as a grid of places at a table (rows) and tables (columns), all of a row move on by as many tables: in
round ``t`` row ``r`` by ``m[r][t]``. Two rows meet the same people twice only if the way between two rounds,
``m[r][t] - m[r][t']`` (modulo the tables), is the same for both; so each row gets moves whose ways no row
before it has; with a prime number of tables ``r·t`` is such a choice. A row that never moves holds those who
stay, as hosts do; where nobody stays it is empty, so that nobody comes back to a table. Where no ways are
left (many seats, few tables), people change places while pairs that meet again become fewer.
"""

import random
from collections import Counter, deque
from collections.abc import Collection, Hashable, Sequence
from itertools import combinations, islice

Key = Hashable
Round = list[list[Key]]
_BREADTH = 4
_WORK, _PATIENCE = 120_000, 500  # swaps times people at most; swaps in vain after which it is enough
_TRIES = 3  # how often to begin anew, while there is work left and pairs meet again
_LOOKED_AT, _REMEMBERED = 48, 12


def rounds(
    first: Sequence[Sequence[Key]], number: int, *, stay: Collection[Key] = (), seed: int = 0
) -> list[Round]:
    """The first round as given and those after it, ``number`` in all; each keeps the sizes of the tables.

    Those in ``stay`` are at their table in every round.
    """
    tables = len(first)
    at_home = [[key for key in table if key in stay] for table in first]
    moving = [[key for key in table if key not in stay] for table in first]
    deepest, hosted = max(map(len, moving), default=0), bool(stay)
    ways = [
        [tuple(row * turn % tables for turn in range(number)) for row in range(begin, begin + deepest)]
        for begin in ((1,) if hosted else (1, 0))
    ]
    ways += [_moves(tables, deepest + 1, number)[1:]] + ([] if hosted else [_moves(tables, deepest, number)])
    made = min((_moved(moving, number, moves) for moves in ways), key=_worth)
    for turn in made:
        for table, home in zip(turn, at_home, strict=True):
            table[:0] = home
    return _mended(made, stay, random.Random(seed)) if tables > 1 else made  # noqa: S311 (repeatable, not secret)


def _mended(made: list[Round], stay: Collection[Key], dice: random.Random) -> list[Round]:
    """The best of a few searches: one ends where no swap helps, another may go further."""
    best, least = made, repeated_pairs(made)
    swaps = _WORK // max(sum(map(len, made[0])), 1)
    for _try in range(_TRIES):
        if not least or swaps <= 0:
            break
        search = _Search(made, stay, dice)
        found = search.best(swaps)
        swaps -= search.swaps
        if repeated_pairs(found) < least:
            best, least = found, repeated_pairs(found)
    return best


def _worth(made: Sequence[Round]) -> tuple[int, int]:
    """Pairs that meet again, then people who come back to a table."""
    seen = Counter((key, place) for turn in made for place, table in enumerate(turn) for key in table)
    return repeated_pairs(made), sum(times - 1 for times in seen.values())


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
    """How far each row moves in each round; the first row stays."""
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


Place = tuple[int, int, int]  # round, table, seat


class _Search:
    """Swaps of two people of one round: the best of some for a pair that meets again, never soon undone."""

    def __init__(self, made: list[Round], stay: Collection[Key], dice: random.Random) -> None:
        self.keys = [key for table in made[0] for key in table]
        number = {key: place for place, key in enumerate(self.keys)}
        self.rounds = [[[number[key] for key in table] for table in turn] for turn in made]
        self.fixed = {number[key] for key in stay if key in number}
        self.dice = dice
        self.met = [bytearray(len(self.keys)) for _key in self.keys]
        for turn in self.rounds:
            for table in turn:
                for one, other in combinations(table, 2):
                    self.met[one][other] += 1
                    self.met[other][one] += 1
        self.swaps = 0
        self.cost = sum(max(times - 1, 0) for row in self.met for times in row) // 2

    def best(self, most: int) -> list[Round]:
        """The rounds in which the fewest pairs met again, after so many swaps at most."""
        least, kept = self.cost, self._copy()
        lately: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)
        vain = 0
        for self.swaps in range(1, most + 1):
            faulty = self._faulty()
            if faulty is None or vain > _PATIENCE:
                break
            vain += 1
            swap = self._swap_for(faulty, lately)
            if swap is None:
                continue
            lately.append(self._do(*swap))
            if self.cost < least:
                least, kept, vain = self.cost, self._copy(), 0
        return [[[self.keys[number] for number in table] for table in turn] for turn in kept]

    def _copy(self) -> list[list[list[int]]]:
        return [[list(table) for table in turn] for turn in self.rounds]

    def _faulty(self) -> Place | None:
        """Where somebody sits, after the first round, with one they meet more than once."""
        turns = list(range(1, len(self.rounds)))
        self.dice.shuffle(turns)
        for turn in turns:
            tables = list(range(len(self.rounds[turn])))
            self.dice.shuffle(tables)
            for table in tables:
                people = self.rounds[turn][table]
                found = [
                    seat
                    for seat, one in enumerate(people)
                    if one not in self.fixed
                    and any(self.met[one][other] > 1 for other in people if other != one)
                ]
                if found:
                    return turn, table, self.dice.choice(found)
        return None

    def _swap_for(self, here: Place, lately: Collection[tuple[int, int]]) -> tuple[Place, Place] | None:
        """The swap that helps most, or harms least; one done lately only if it leads further than ever."""
        turn, table, _seat = here
        others = [
            (turn, place, seat)
            for place, people in enumerate(self.rounds[turn])
            if place != table
            for seat, one in enumerate(people)
            if one not in self.fixed
        ]
        if len(others) > _LOOKED_AT:
            others = self.dice.sample(others, _LOOKED_AT)
        one = self._who(here)
        free = [
            there
            for there in others
            if (min(one, self._who(there)), max(one, self._who(there))) not in lately
        ]
        if not free:
            return None
        changes = [(self._change(here, there), self.dice.random(), there) for there in free]
        return here, min(changes)[2]

    def _who(self, place: Place) -> int:
        return self.rounds[place[0]][place[1]][place[2]]

    def _change(self, here: Place, there: Place) -> int:
        """How many more pairs (or, below zero, fewer) would meet again."""
        one, two = self._who(here), self._who(there)
        of_one, of_two = self.met[one], self.met[two]
        change = 0
        for other in self.rounds[here[0]][here[1]]:
            if other != one:
                change += (of_two[other] > 0) - (of_one[other] > 1)
        for other in self.rounds[there[0]][there[1]]:
            if other != two:
                change += (of_one[other] > 0) - (of_two[other] > 1)
        return change

    def _do(self, here: Place, there: Place) -> tuple[int, int]:
        one, two = self._who(here), self._who(there)
        self.cost += self._change(here, there)
        for place, gone, come in ((here, one, two), (there, two, one)):
            people = self.rounds[place[0]][place[1]]
            for other in people:
                if other != gone:
                    self._meet(gone, other, -1)
                    self._meet(come, other, 1)
            people[place[2]] = come
        return min(one, two), max(one, two)

    def _meet(self, one: int, other: int, more: int) -> None:
        self.met[one][other] += more
        self.met[other][one] += more
