"""Expressions: what they are worth, how they are told wrong, and that nothing makes them fail."""

import json
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cantiere.engine.questionnaire.expressions import (
    ExpressionError,
    evaluate,
    parse,
    references,
    show,
    truth,
    uses_own_value,
)
from cantiere.engine.questionnaire.expressions.tree import FUNCTIONS

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])


def as_json(value):
    """A value as the vectors write it: numbers that JSON lacks by their names."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    return value


@pytest.mark.parametrize("vector", VECTORS["values"], ids=lambda vector: vector["source"])
def test_vector_has_its_value(vector):
    tree = json.loads(json.dumps(parse(vector["source"])))
    answers = {**VECTORS["answers"], **vector.get("answers", {})}
    found = evaluate(tree, answers, today=TODAY, own=vector.get("own"))
    assert (type(found).__name__, as_json(found)) == (
        {bool: "bool", str: "str"}.get(type(vector["value"]), "float"),
        vector["value"],
    )


@pytest.mark.parametrize("vector", VECTORS["trees"], ids=lambda vector: vector["source"])
def test_vector_has_its_tree(vector):
    assert parse(vector["source"]) == vector["tree"]
    assert parse(show(vector["tree"])) == vector["tree"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["source"])
def test_vector_is_refused_where_it_is_wrong(vector):
    with pytest.raises(ExpressionError) as refused:
        parse(vector["source"])
    assert (refused.value.position, vector["why"] in refused.value.why) == (vector["position"], True), (
        refused.value
    )


def test_every_function_has_a_vector():
    called = {name for vector in VECTORS["values"] for name in FUNCTIONS if f"{name}(" in vector["source"]}
    assert set(FUNCTIONS) - called == set()


def test_what_an_expression_speaks_of():
    tree = parse("${b} > 1 and selected(${a}, 'x') or . = ${b}")
    assert references(tree) == ["b", "a"]
    assert uses_own_value(tree)
    assert not uses_own_value(parse("${a}"))


# Properties ------------------------------------------------------------------------------------

NAMES = some.sampled_from(["a", "b", "c_1"])
LEAVES = some.one_of(
    some.integers(0, 10**15 - 1).map(lambda number: {"value": number}),
    some.decimals(0, 10**6, places=4).filter(lambda each: each % 1).map(lambda each: {"value": float(each)}),
    some.text(some.characters(exclude_characters="'", codec="utf-8"), max_size=8).map(
        lambda text: {"value": text}
    ),
    some.text(some.characters(exclude_characters='"', codec="utf-8"), max_size=8).map(
        lambda text: {"value": text}
    ),
    NAMES.map(lambda name: {"ref": name}),
    some.just({"own": True}),
    some.just({"call": "today", "args": []}),
)


def flat(operator, arguments):
    """Several in a row are one node, as the parser makes them."""
    if operator in {"and", "or"} and arguments[0].get("op") == operator:
        arguments = [*arguments[0]["args"], *arguments[1:]]
    return {"op": operator, "args": arguments}


def operations(children):
    operator = some.sampled_from(["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"])
    several = some.sampled_from(sorted(set(FUNCTIONS) - {"regex", "today", "true", "false"}))
    return some.one_of(
        some.builds(lambda op, left, right: flat(op, [left, right]), operator, children, children),
        children.map(lambda child: {"op": "neg", "args": [child]}),
        several.flatmap(
            lambda name: some.lists(
                children, min_size=FUNCTIONS[name][0], max_size=min(FUNCTIONS[name][1], 3)
            ).map(lambda arguments: {"call": name, "args": arguments})
        ),
        children.map(lambda child: {"call": "regex", "args": [child, {"value": "[a-z]+\\d*"}]}),
    )


TREES = some.recursive(LEAVES, operations, max_leaves=12)
ANSWERS = some.dictionaries(
    NAMES,
    some.one_of(
        some.none(), some.booleans(), some.integers(), some.floats(), some.text(), some.dates().map(str),
        some.lists(some.text(max_size=5)), some.dictionaries(some.text(), some.integers()),
    ),
)  # fmt: skip


@given(TREES)
def test_printing_and_parsing_gives_the_same_tree(tree):
    assert parse(show(tree)) == tree


@given(TREES, ANSWERS, some.one_of(some.none(), some.text(), some.integers(), some.lists(some.text())))
def test_nothing_makes_a_parsed_expression_fail(tree, answers, own):
    found = evaluate(parse(show(tree)), answers, today=TODAY, own=own)
    assert isinstance(found, bool | float | str)
    assert truth(tree, answers, today=TODAY, own=own) in {True, False}


def read(source):
    """The tree of a text, or where it is refused."""
    try:
        return parse(source)
    except ExpressionError as refused:
        return refused.position


@given(some.one_of(some.text(), some.text("${}().,'\" abc019<>=!+-*andormivdtueselcg", max_size=40)))
def test_any_text_is_read_or_refused_with_a_position(source):
    found = read(source)
    if isinstance(found, int):
        assert 1 <= found <= len(source) + 1
    else:
        assert parse(show(found)) == found


@pytest.mark.parametrize(
    "source",
    ["(" * 3000, "-" * 3999, "not(" * 900 + "1" + ")" * 900, "1" + " + 1" * 900, "if(" * 500, "9" * 4000],
)
def test_deep_and_long_ones_are_refused(source):
    with pytest.raises(ExpressionError):
        parse(source)


def test_a_long_row_of_choices_is_one_node():
    tree = parse(" or ".join(f"${{a}} = 'x{number}'" for number in range(200)))
    assert len(tree["args"]) == 200
    assert truth(tree, {"a": "x199"}, today=TODAY)
