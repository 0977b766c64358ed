"""Patterns: the same answers as everywhere, and never slow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cantiere.engine.questionnaire.patterns import MOST_STATES, Pattern, PatternError, matches

PIECES = some.sampled_from(["a", "b", "[ab]", "[^a]", "\\d", "\\w", "\\s", ".", "[a-c]", "\\.", "[\\d.]"])
PATTERNS = some.recursive(
    PIECES,
    lambda inner: some.one_of(
        some.lists(inner, min_size=1, max_size=3).map("".join),
        some.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        some.tuples(inner, some.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}"])).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@given(PATTERNS, some.text("ab1. cè\n", max_size=6))
def test_answers_are_those_of_other_engines(pattern, text):
    assert matches(pattern, text) == (re.fullmatch(pattern, text, re.ASCII) is not None)


@given(some.text("ab\\()[]{}*+?|^$-,0129d.", max_size=20), some.text(max_size=5))
def test_any_text_is_a_pattern_or_refused(source, text):
    assert matches(source, text) in {True, False}


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+b", "(a|a)*b", "(a*)*(a*)*b", "a*a*a*a*a*a*a*a*b", "(.*)(.*)(.*)(.*)b", "((a{0,5}){0,5}){0,5}b"],
)
def test_what_is_slow_elsewhere_is_not_here(pattern):
    """Trying out every way would take longer than the world lasts; here each sign is looked at once."""
    assert len(Pattern(pattern).states.edges) <= MOST_STATES
    assert not matches(pattern, "a" * 1000)


def test_a_text_without_measure_fits_nothing():
    assert matches("a*", "a" * 1000)
    assert not matches("a*", "a" * 1001)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("a" * 501, "at most 500"),
        ("(" * 50 + ")" * 50, "inside each other"),
        ("[", "ends too early"),
        ("[]", "empty"),
        ("a{3,1}", "fewer to more"),
        ("a{x}", "written {2}"),
        ("a$b", "only at the end"),
        ("a\\", "ends too early"),
        ("(?<n>a)", "named groups"),
        ("\\bword", "is not taken"),
        ("a)", "never opened"),
    ],
)
def test_what_is_outside_the_language_is_told(pattern, why):
    with pytest.raises(PatternError, match=re.escape(why)):
        Pattern(pattern)
