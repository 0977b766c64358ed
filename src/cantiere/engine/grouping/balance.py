"""Groups in which every municipality, every kind of actor … is spread as evenly as can be.

Of a value that ``c`` of ``n`` people have, a group of ``s`` should get ``c·s/n``: rounded down or up is
balanced, each one more or less counts as a fault. People are placed one by one where they cause the fewest
faults, the rarest first; then pairs change places while that takes faults away. The same people, sizes and
seed give the same groups.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Key = Hashable
_PASSES = 30
# What decides where somebody sits: whom they must not meet, then faults, then who lacks them, then room.
_APART, _FAULT, _ROOM = 1e9, 1e6, 1e-6


@dataclass(frozen=True)
class Member:
    """Somebody with what is to be spread: ``{"municipality": "Bomporto", "actor": "firm"}``."""

    key: Key
    traits: Mapping[str, Hashable] = field(default_factory=dict)


@dataclass(frozen=True)
class Grouping:
    """Who sits where; ``faults`` counts places beyond a balanced spread, ``broken`` the wishes not kept."""

    groups: Sequence[Sequence[Key]]
    faults: int
    broken: Sequence[tuple[Key, Key]] = ()


def sizes_of(people: int, groups: int) -> list[int]:
    """Sizes that differ by at most one, the larger first."""
    least, more = divmod(people, groups)
    return [least + (number < more) for number in range(groups)]


def balanced(
    members: Sequence[Member],
    sizes: Sequence[int],
    *,
    together: Iterable[Sequence[Key]] = (),
    apart: Iterable[tuple[Key, Key]] = (),
    seed: int = 0,
) -> Grouping:
    """Fill groups of these sizes; :class:`ValueError` when the seats are fewer than the people.

    Those who must sit together do, if a group is large enough; those who must not do not, if any other seat
    is left. What could not be kept is told in ``broken``.
    """
    if sum(sizes) < len(members):
        raise ValueError("There are fewer seats than people.")
    table = _Table(members, sizes, apart, random.Random(seed))  # noqa: S311 (repeatable, not secret)
    table.seat(_units(members, together))
    table.mend()
    return table.outcome()


def _units(members: Sequence[Member], together: Iterable[Sequence[Key]]) -> list[list[int]]:
    """Indices of people who are moved as one."""
    place = {member.key: index for index, member in enumerate(members)}
    unit = {index: [index] for index in range(len(members))}
    for keys in together:
        joined = unit[place[keys[0]]]
        for key in keys[1:]:
            other = unit[place[key]]
            if other is not joined:
                joined += other
                for index in other:
                    unit[index] = joined
    return list({id(each): each for each in unit.values()}.values())


class _Table:
    """The seats while they are being filled."""

    def __init__(
        self,
        members: Sequence[Member],
        sizes: Sequence[int],
        apart: Iterable[tuple[Key, Key]],
        dice: random.Random,
    ) -> None:
        self.members, self.sizes, self.dice = members, sizes, dice
        self.groups: list[list[int]] = [[] for _ in sizes]
        self.fixed: set[int] = set()
        place = {member.key: index for index, member in enumerate(members)}
        self.apart: dict[int, set[int]] = defaultdict(set)
        for one, other in apart:
            self.apart[place[one]].add(place[other])
            self.apart[place[other]].add(place[one])
        self._count_values()

    def _count_values(self) -> None:
        """Number the values of all traits, and say how many of each a group may have."""
        names = sorted({name for member in self.members for name in member.traits})
        numbers: dict[tuple[str, Hashable], int] = {}
        self.values = [
            [
                numbers.setdefault((name, member.traits[name]), len(numbers))
                for name in names
                if name in member.traits
            ]
            for member in self.members
        ]
        self.rarity = Counter(value for values in self.values for value in values)
        people = max(len(self.members), 1)
        self.least = [
            [math.floor(self.rarity[value] * size / people + 1e-9) for value in range(len(numbers))]
            for size in self.sizes
        ]
        self.most = [
            [math.ceil(self.rarity[value] * size / people - 1e-9) for value in range(len(numbers))]
            for size in self.sizes
        ]
        self.have = [[0] * len(numbers) for _ in self.sizes]
        groups = range(len(self.sizes))
        self.cost = [[self._cost(group, value) for group in groups] for value in range(len(numbers))]
        self.pull = [-_ROOM if size else math.inf for size in self.sizes]
        self.seat_of: dict[int, int] = {}

    # Placing ------------------------------------------------------------------------------------
    def seat(self, units: list[list[int]]) -> None:
        """Everyone, those who come together and the rarest first."""
        self.dice.shuffle(units)
        rare = {id(unit): min(map(self._rareness, unit)) for unit in units}
        for unit in sorted(units, key=lambda unit: (-len(unit), rare[id(unit)])):
            group = self._best(unit)
            if group is None:  # no group is large enough for all of them
                for index in unit:
                    self._put(index, self._best([index]) or 0)
                continue
            for index in unit:
                self._put(index, group)
            if len(unit) > 1:
                self.fixed.update(unit)

    def _rareness(self, index: int) -> tuple[int, ...]:
        return tuple(sorted(self.rarity[value] for value in self.values[index])) or (len(self.members),)

    def _best(self, unit: Sequence[int]) -> int | None:
        """The group with room where these cause the fewest faults, then the one most in want of them."""
        columns = [self.cost[value] for index in unit for value in self.values[index]]
        score = [sum(costs) for costs in zip(self.pull, *columns, strict=True)]
        for index in unit:
            for other in self.apart.get(index, ()):
                if other in self.seat_of:
                    score[self.seat_of[other]] += _APART
        if len(unit) == 1:
            group = min(range(len(score)), key=score.__getitem__, default=None)
            return group if group is not None and score[group] < math.inf else None
        fits = [group for group, seated in enumerate(self.groups) if self._room(group, seated) >= len(unit)]
        return min(fits, key=score.__getitem__, default=None)

    def _room(self, group: int, seated: Sequence[int]) -> int:
        return self.sizes[group] - len(seated)

    def _put(self, index: int, group: int) -> None:
        seated, have = self.groups[group], self.have[group]
        seated.append(index)
        self.seat_of[index] = group
        for value in self.values[index]:
            have[value] += 1
            self.cost[value][group] = self._cost(group, value)
        room = self._room(group, seated)
        self.pull[group] = -_ROOM * room / self.sizes[group] if room else math.inf

    def _cost(self, group: int, value: int) -> float:
        """What one more of a value costs a group: a fault, or less the more it lacks."""
        have = self.have[group][value]
        over = _FAULT if have >= self.most[group][value] else 0.0
        return over - (self.least[group][value] - have) / self.rarity[value]

    # Mending ------------------------------------------------------------------------------------
    def mend(self) -> None:
        """Let pairs change places while faults go away."""
        for _ in range(_PASSES):
            faulty = [
                (group, value)
                for group, have in enumerate(self.have)
                for value, count in enumerate(have)
                if not self.least[group][value] <= count <= self.most[group][value]
            ]
            if not faulty or not sum(self._mend(group, value) for group, value in faulty):
                return

    def _mend(self, group: int, value: int) -> bool:
        over = self.have[group][value] > self.most[group][value]
        if not over and self.have[group][value] >= self.least[group][value]:
            return False  # mended by another swap meanwhile
        others = [other for other in range(len(self.groups)) if other != group]
        self.dice.shuffle(others)
        for other in others:
            there = self.have[other][value]
            can = there < self.most[other][value] if over else there > self.least[other][value]
            if can and self._swap_between(group, other, value, over=over):
                return True
        return False

    def _swap_between(self, group: int, other: int, value: int, *, over: bool) -> bool:
        """The first swap of two people that takes a fault away."""
        for at, one in enumerate(self.groups[group]):
            if (value in self.values[one]) is not over or one in self.fixed:
                continue
            for there, two in enumerate(self.groups[other]):
                if (value in self.values[two]) is over or two in self.fixed:
                    continue
                if self._gain(one, group, two, other) < 0 and self._may_swap(one, group, two, other):
                    self._swap(at, group, there, other)
                    return True
        return False

    def _gain(self, one: int, group: int, two: int, other: int) -> int:
        """How many faults more (or, below zero, fewer) a swap would leave."""
        change = 0
        gone, come = set(self.values[one]), set(self.values[two])
        for values, step_here in ((gone - come, -1), (come - gone, 1)):
            for value in values:
                change += self._step(group, value, step_here) + self._step(other, value, -step_here)
        return change

    def _step(self, group: int, value: int, step: int) -> int:
        have, least, most = self.have[group][value], self.least[group][value], self.most[group][value]
        if step > 0:
            return 1 if have >= most else -1 if have < least else 0
        return 1 if have <= least else -1 if have > most else 0

    def _may_swap(self, one: int, group: int, two: int, other: int) -> bool:
        here, there = set(self.groups[group]) - {one}, set(self.groups[other]) - {two}
        return not (self.apart.get(one, set()) & there or self.apart.get(two, set()) & here)

    def _swap(self, at: int, group: int, there: int, other: int) -> None:
        one, two = self.groups[group][at], self.groups[other][there]
        self.groups[group][at], self.groups[other][there] = two, one
        for value in self.values[one]:
            self.have[group][value] -= 1
            self.have[other][value] += 1
        for value in self.values[two]:
            self.have[group][value] += 1
            self.have[other][value] -= 1

    # Outcome ------------------------------------------------------------------------------------
    def outcome(self) -> Grouping:
        """Keys instead of numbers, and what could not be kept."""
        faults = sum(
            max(self.least[group][value] - count, count - self.most[group][value], 0)
            for group, have in enumerate(self.have)
            for value, count in enumerate(have)
        )
        where = {index: group for group, seated in enumerate(self.groups) for index in seated}
        broken = [
            (self.members[one].key, self.members[other].key)
            for one, others in self.apart.items()
            for other in others
            if one < other and where[one] == where[other]
        ]
        keys = [[self.members[index].key for index in seated] for seated in self.groups]
        return Grouping(keys, faults, broken)
