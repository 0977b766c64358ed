"""A thousand people into forty groups, and the rounds of a world café: plain computing, no database."""

import time
from collections import Counter

from cantiere.engine.grouping import balanced, repeated_pairs, rounds
from cantiere.engine.grouping.balance import sizes_of
from tests.engine.test_grouping import crowd, spread

PEOPLE, GROUPS, TARGET = 1000, 40, 0.2
CAFES = (
    (5, 5, 5),
    (8, 6, 5),
    (40, 25, 3),
    (40, 25, 4),
    (6, 5, 4),
    (10, 8, 4),
    (4, 6, 3),
)  # tables, seats, rounds


def fewest_again(tables: int, seats: int, turns: int) -> int:
    """Pairs that must meet again: at a table of ``seats`` from so many tables of the first round."""
    full, more = divmod(seats, tables)
    pairs = more * (full + 1) * full // 2 + (tables - more) * full * (full - 1) // 2
    return tables * pairs * (turns - 1)


def main() -> None:
    """Print what was measured beside its target."""
    for seed in range(3):
        members = crowd(PEOPLE, seed)
        begun = time.perf_counter()
        made = balanced(members, sizes_of(PEOPLE, GROUPS), seed=seed)
        took = time.perf_counter() - begun
        widest = max(most - least for least, most in spread(members, made.groups).values())
        same = made == balanced(members, sizes_of(PEOPLE, GROUPS), seed=seed)
        print(
            f"{PEOPLE} people × {GROUPS} groups, 3 margins: {took:.3f} s (target {TARGET}), widest margin ±{widest}"
            f" (target ±1), repeatable: {same}"
        )
    for tables, seats, turns in CAFES:
        first = [[(table, seat) for seat in range(seats)] for table in range(tables)]
        begun = time.perf_counter()
        made_rounds = rounds(first, turns)
        took = time.perf_counter() - begun
        times = Counter(
            (key, place) for turn in made_rounds for place, table in enumerate(turn) for key in table
        )
        back = sum(count - 1 for count in times.values())
        print(
            f"{tables} tables × {seats} people × {turns} rounds: {repeated_pairs(made_rounds)} pairs meet again"
            f" (no fewer than {fewest_again(tables, seats, turns)}), {back} come back to a table, {took:.3f} s"
        )


if __name__ == "__main__":
    main()
