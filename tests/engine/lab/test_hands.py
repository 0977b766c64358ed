"""Hands raised at a table count as so many answers, no more and no less."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantiere.engine.lab.hands import shared_out
from cantiere.engine.voting import Question, RefusedError, Tally, clean


@given(
    st.sampled_from(["single", "multiple"]),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=1),
    st.integers(1, 12),
    st.integers(1, 4),
)
def test_each_hand_counts_once_and_nobody_has_more_than_allowed(kind, hands, people, most):
    question = Question(kind, "abcd", most)
    try:
        shared = shared_out(question, hands, people)
    except RefusedError:
        allowed = most if kind == "multiple" else 1
        total = sum(hands.values())
        assert total == 0 or total > people * allowed or max(hands.values()) > people
        return
    tally = Tally()
    for value, count in shared:
        tally.add(question, clean(question, value), count)
    assert +tally.counts == +Counter(hands)
    assert tally.people <= people


def test_more_hands_than_people_are_refused():
    with pytest.raises(RefusedError, match="more_hands"):
        shared_out(Question("scale", steps=5), {"4": 3, "5": 2}, 4)
