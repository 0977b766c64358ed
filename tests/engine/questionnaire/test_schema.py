"""Schemas: read strictly, told wrong by name, written back as they were."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cantiere.engine.questionnaire import SchemaError, compare, digest, from_json, to_json
from tests.factories.questionnaires import SCHEMA

ASK = {"name": "ask", "type": "text", "label": {"it": "Chiedi"}}


def one(*questions, **more):
    """A questionnaire of one page."""
    lists = {"yn": [{"code": "yes", "label": {"it": "Sì"}}, {"code": "no", "label": {"it": "No"}}]}
    group = {"name": "page", "title": {"it": "Pagina"}, "questions": list(questions)}
    return {
        "format": 1,
        "languages": ["it"],
        "title": {"it": "Prova"},
        "lists": lists,
        "groups": [group],
        **more,
    }


def question(**attributes):
    return {**ASK, **attributes}


def problems(given):
    with pytest.raises(SchemaError) as refused:
        from_json(given)
    return refused.value.problems


def test_what_is_read_is_written_back_and_read_again():
    schema = from_json(SCHEMA)
    stored = json.loads(json.dumps(to_json(schema)))
    assert from_json(stored) == schema
    assert to_json(from_json(stored)) == stored
    assert digest(from_json(stored)) == digest(schema)
    amount = stored["groups"][1]["questions"][5]
    assert amount["relevant"]["source"] == "${funded} = 'yes'"
    assert amount["relevant"]["ast"] == {"op": "=", "args": [{"ref": "funded"}, {"value": "yes"}]}


def test_another_word_is_another_digest():
    other = copy.deepcopy(SCHEMA)
    other["groups"][0]["questions"][0]["label"]["it"] += "!"
    assert digest(from_json(other)) != digest(from_json(SCHEMA))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (one(question(), question()), "Question “ask”: two answers have this name"),
        (one(question(type="select_one", list="no_list")), "Question “ask”: the list “no_list” does not exist"),
        (one(question(type="select_one")), "Question “ask”: the list “” does not exist"),
        (one(question(list="yn")), "Question “ask”: “list” and “or_other” are for"),
        (one(question(type="map")), "Question “ask”: the type “map” is not known; write one of text, integer"),
        (one(question(type=["text"])), "Question “ask”: “type” must be a text"),
        (one(question(name="Ask Me")), "“name” must be small letters"),
        (one(question(label={})), "Question “ask”: “label” has no text in “it”: write it"),
        (one(question(label={"it": "a", "de": "b"})), "“label” is in “de”, which is not among “languages”"),
        (one(question(colour="red")), "Question “ask”: “colour” is not known"),
        (one(question(required="yes")), "“required” cannot be read: “yes” is neither a function nor an operator"),
        (one(question(relevant="${nobody} = 1")), "“relevant” speaks of ${nobody}, which does not exist"),
        (one(question(relevant="${later} = 1"), question(name="later")), "speaks of ${later}, which is asked later"),
        (one(question(relevant="${ask} = 1")), "speaks of ${ask}, which is asked later or here"),
        (one(question(required="${ask} = 1")), "speaks of ${ask}, which is asked later or here"),
        (one(question(relevant=". = 1")), "speaks of its own answer with “.”: that would be a circle"),
        (one(question(constraint="${later} = 1"), question(name="later")), "“constraint” speaks of ${later}"),
        (one(question(constraint="1 +")), "“constraint” cannot be read: something is missing at the end (character 4)"),
        (one(question(constraint_message={"it": "no"})), "“constraint_message” has no constraint"),
        (one(question(min=1)), "“min” and “max” are for numbers and dates, not for text"),
        (one(question(type="integer", min=5, max=1)), "“min” is above “max”"),
        (one(question(type="integer", min="5")), "must be numbers"),
        (one(question(type="date", min=5)), "must be ISO dates"),
        (one(question(type="date", min="2026-2-3")), "must be ISO dates"),
        (one(question(max_length=0)), "“max_length” must be a whole number from 1"),
        (one(question(max_length="9")), "“max_length” must be a whole number from 1"),
        (one(question(type="integer", max_length=5)), "“max_length” is for texts"),
        (one(question(type="place")), "“kinds” must say which places"),
        (one(question(kinds=["region"])), "“kinds” is for place and places"),
        (one(question(appearance="huge")), "the appearance “huge” is not known for text: multiline"),
        (one(question(type="note", required=True)), "a note asks nothing"),
        (one(question(bind="x"), question(name="b", bind="x")), "two questions are bound to the field “x”"),
        (one(question(read_only=True, required=True)), "nobody could answer"),
        (one(question(type="integer", default="many")), "the default “many” is no answer to it"),
        (one(question(type="select_one", list="yn", default="perhaps")), "the default “perhaps” is no answer"),
        (one(question(type="select_one", list="yn", or_other=True), question(name="ask_other")), "“ask_other”: two answers"),
        (one(ASK, lists={"a": [{"code": "x y", "label": {"it": "X"}}]}), "List “a”: the code “x y” must be letters"),
        (one(ASK, lists={"a": [{"code": "x", "label": {"it": "X"}}] * 2}), "List “a”: the code “x” is there twice"),
        (one(ASK, lists={"a": []}), "List “a”: a list has 1 to 1000 choices"),
        (one(ASK, groups=[]), "it has no groups"),
        (one(), "Group “page”: it has no questions"),
        (one(ASK, format=2), "“format” must be 1"),
        (one(ASK, languages=[]), "“languages” must name at least one"),
        (one(ASK, theme="dark"), "The questionnaire: “theme” is not known"),
        ("text", "The questionnaire: must be an object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_name(wrong, told):
    found = problems(wrong)
    assert any(told in each for each in found), found


def test_the_page_of_a_condition_comes_before_it():
    late = one(question())
    late["groups"][0]["relevant"] = "${ask} = 'x'"
    assert problems(late) == [
        "Group “page”: “relevant” speaks of ${ask}, which is asked later or here: move it before"
    ]


def test_other_is_a_code_of_its_own():
    asked = question(type="select_one", list="o", or_other=True)
    lists = {"o": [{"code": "other", "label": {"it": "Altro"}}]}
    assert "or_other adds the code “other” itself" in problems(one(asked, lists=lists))[0]


def test_a_tree_that_is_not_of_its_source_is_refused():
    forged = question(constraint={"source": ". > 1", "ast": {"value": 1}})
    assert "the tree is not that of its source" in problems(one(forged))[0]


def test_everything_wrong_is_told_in_one_go():
    assert len(problems(one(question(label={}, relevant="(", type="x")))) == 3


JSON = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(-5, 5), some.text(max_size=3)),
    lambda inner: some.one_of(
        some.lists(inner, max_size=3), some.dictionaries(some.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = ["name", "type", "label", "hint", "list", "or_other", "kinds", "required", "relevant", "default", "min", "max",
        "max_length", "bind", "personal", "appearance", "constraint", "constraint_message", "read_only"]  # fmt: skip


@given(
    some.dictionaries(some.sampled_from(KEYS), JSON),
    some.sampled_from(["text", "integer", "date", "place", "select_one"]),
)
def test_any_question_is_read_or_refused(attributes, kind):
    try:
        schema = from_json(one({"name": "ask", "type": kind, "label": {"it": "Chiedi"}, **attributes}))
    except SchemaError as refused:
        found = refused.problems
    else:
        found = [digest(schema)]
    assert found


@given(JSON)
def test_any_json_is_read_or_refused(given_json):
    assert problems(given_json)
    assert problems(one(ASK, groups=given_json))
    assert problems(one(given_json))
    assert problems({**one(ASK), "lists": {"a": given_json}})


# Versions --------------------------------------------------------------------------------------


def chosen(**labels):
    lists = {"yn": [{"code": code, "label": {"it": label}} for code, label in labels.items()]}
    return one(question(type="select_one", list="yn"), lists=lists)


def follows(new, *earlier):
    return compare(from_json(new), [(number, from_json(old)) for number, old in enumerate(earlier, 1)])


def test_questions_and_codes_may_come_and_go():
    assert follows(chosen(a="A", b="B"), chosen(b="B"), one(question(name="x"))) == []


def test_spelling_is_no_other_meaning():
    assert follows(chosen(a="È così"), chosen(a="e  COSI")) == []


def test_a_code_keeps_its_meaning_also_after_it_was_away():
    assert follows(chosen(a="Energia"), chosen(a="Ambiente"), chosen(b="B")) == [
        "List “yn”: the code “a” meant “Ambiente” in version 1 and now “Energia”: give the new meaning a new code, or add “yn/a” to “reworded”",
    ]


def test_new_words_for_the_same_meaning_are_declared():
    reworded = {**chosen(a="Tutela dell’ambiente"), "reworded": ["yn/a"]}
    assert follows(reworded, chosen(a="Ambiente")) == []
    assert follows(chosen(a="Tutela dell’ambiente"), chosen(a="Ambiente"), reworded) == []
    assert follows(chosen(a="Ambiente"), chosen(a="Ambiente"), reworded) == []


def test_a_question_keeps_its_type():
    assert follows(one(question(type="integer")), one(question())) == [
        "Question “ask”: in version 1 it was text, now it is integer: give the new question another name"
    ]
