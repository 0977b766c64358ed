"""Groups: full, even, repeatable; rounds in which people meet new people."""

import random
from collections import Counter
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantiere.engine.grouping import Member, balanced, repeated_pairs, rounds
from cantiere.engine.grouping.balance import sizes_of
from cantiere.engine.grouping.rotation import _moved
from tests.environment import examples


def crowd(people, seed=0):
    dice = random.Random(seed)
    return [
        Member(
            number,
            {
                "municipality": dice.choices(range(24), weights=range(1, 25))[0],
                "actor": dice.randrange(5),
                "gender": dice.choice("fmx"),
            },
        )
        for number in range(people)
    ]


def spread(members, groups):
    """For each value, the fewest and the most of it that a group has."""
    of = {member.key: member.traits for member in members}
    values = {(name, value) for traits in of.values() for name, value in traits.items()}
    counts = [Counter(pair for key in group for pair in of[key].items()) for group in groups]
    return {value: (min(c[value] for c in counts), max(c[value] for c in counts)) for value in values}


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_people_in_forty_groups_are_even_on_three_traits(seed):
    members = crowd(1000, seed)
    made = balanced(members, sizes_of(1000, 40))
    assert made.faults == 0
    assert all(most - least <= 1 for least, most in spread(members, made.groups).values())


@given(
    st.lists(
        st.fixed_dictionaries({}, optional={"town": st.integers(0, 4), "actor": st.sampled_from("abc")}),
        max_size=40,
    ),
    st.integers(1, 7),
    st.integers(0, 3),
)
def test_everyone_sits_once_and_no_group_overflows(traits, groups, seed):
    members = [Member(number, each) for number, each in enumerate(traits)]
    sizes = sizes_of(len(members), groups)
    made = balanced(members, sizes, seed=seed)
    assert sorted(key for group in made.groups for key in group) == list(range(len(members)))
    assert [len(group) for group in made.groups] == sizes
    assert made == balanced(members, sizes, seed=seed)


@settings(max_examples=examples(30))
@given(st.lists(st.integers(0, 3), min_size=4, max_size=60), st.integers(2, 6))
def test_one_trait_can_always_be_even(towns, groups):
    members = [Member(number, {"town": town}) for number, town in enumerate(towns)]
    made = balanced(members, sizes_of(len(members), groups))
    assert all(most - least <= 2 for least, most in spread(members, made.groups).values())


def test_who_must_sit_together_does_and_who_must_not_does_not():
    members = crowd(30)
    made = balanced(members, sizes_of(30, 5), together=[(0, 1, 2), (2, 3)], apart=[(4, 5), (5, 6), (0, 9)])
    at = {key: number for number, group in enumerate(made.groups) for key in group}
    assert at[0] == at[1] == at[2] == at[3] != at[9]
    assert at[4] != at[5] != at[6]
    assert made.broken == []


def test_a_wish_that_cannot_be_kept_is_told():
    members = [Member(number) for number in range(3)]
    made = balanced(members, [2, 1], apart=[(0, 1), (1, 2), (0, 2)])
    assert len(made.broken) == 1


def test_too_few_seats_are_an_error():
    with pytest.raises(ValueError, match="fewer seats"):
        balanced(crowd(5), [2, 2])


@pytest.mark.parametrize(
    ("tables", "seats", "turns"),
    [(5, 5, 5), (7, 6, 4), (4, 4, 3), (4, 4, 4), (8, 6, 5), (10, 6, 3), (40, 25, 3), (12, 8, 5)],
)
def test_nobody_meets_twice_where_that_is_possible(tables, seats, turns):
    first = [[(table, seat) for seat in range(seats)] for table in range(tables)]
    made = rounds(first, turns)
    assert len(made) == turns
    assert repeated_pairs(made) == 0


@settings(max_examples=examples(40))
@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(1, 4))
def test_each_round_seats_everyone_at_tables_of_the_same_size(sizes, turns):
    people = iter(range(sum(sizes)))
    first = [[next(people) for _ in range(size)] for size in sizes]
    for turn in rounds(first, turns):
        assert sorted(key for table in turn for key in table) == list(range(sum(sizes)))
        assert [len(table) for table in turn] == sizes


def test_mending_beats_moving_straight_on():
    first = [[(table, seat) for seat in range(5)] for table in range(6)]
    straight = _moved(first, 4, [tuple(row * turn % 6 for turn in range(4)) for row in range(5)])
    assert repeated_pairs(rounds(first, 4)) < repeated_pairs(straight)
    assert repeated_pairs([first, first]) == 6 * 10


@settings(max_examples=examples(30))
@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.integers(2, 4), st.data())
def test_hosts_stay_and_everyone_else_is_seated_once(sizes, turns, data):
    people = iter(range(sum(sizes)))
    first = [[next(people) for _ in range(size)] for size in sizes]
    hosts = {table[0] for table in first if data.draw(st.booleans())}
    made = rounds(first, turns, stay=hosts)
    assert made == rounds(first, turns, stay=hosts)
    for turn in made:
        assert sorted(key for table in turn for key in table) == list(range(sum(sizes)))
        assert [len(table) for table in turn] == sizes
        assert all((table[0] in now) for table, now in zip(first, turn, strict=True) if table[0] in hosts)


def test_nobody_comes_back_to_a_table_where_that_is_possible():
    first = [[(table, seat) for seat in range(4)] for table in range(7)]
    made = rounds(first, 4)
    assert repeated_pairs(made) == 0
    seen = [(key, place) for turn in made for place, table in enumerate(turn) for key in table]
    assert len(seen) == len(set(seen))


@given(st.lists(st.sampled_from("abc"), min_size=6, max_size=30), st.integers(2, 5), st.integers(0, 9))
def test_what_is_told_as_faults_is_what_stands_in_the_groups(towns, groups, seed):
    members = [Member(number, {"town": town}) for number, town in enumerate(towns)]
    sizes = sizes_of(len(members), groups)
    made = balanced(members, sizes, seed=seed)
    faults = 0
    for group, size in zip(made.groups, sizes, strict=True):
        have = Counter(members[key].traits["town"] for key in group)
        for town, number in Counter(towns).items():
            share = Fraction(number * size, len(towns))
            faults += max(0, floor(share) - have[town], have[town] - ceil(share))
    assert made.faults == faults
