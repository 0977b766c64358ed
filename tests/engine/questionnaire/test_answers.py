"""Answers: what applies, what typed things are worth, what is told, and that nothing typed is lost."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cantiere.engine.questionnaire import from_json
from cantiere.engine.questionnaire.answers import applying, pages, problems, take, valid
from cantiere.engine.questionnaire.cleaning import Wrong, clean
from tests.engine.questionnaire.test_schema import one, question
from tests.factories.questionnaires import SCHEMA

TODAY = date(2026, 6, 22)
CENSUS = from_json(SCHEMA)
KNOWN = {"bomporto": 1, "bastiglia": 2, "modena": 3}


def find(written, kinds):
    """A handful of places."""
    if isinstance(written, int):
        return written
    if written.lower() not in KNOWN:
        raise Wrong("place", message=f"«{written}»?")
    return KNOWN[written.lower()]


def page(raw, *, name="who", schema=CENSUS, answers=None, unfinished=None):
    group = schema.group(name)
    return take(
        schema, group, raw, answers=answers or {}, unfinished=unfinished or {}, today=TODAY, find=find
    )


def told(taken):
    return {problem.question: problem.code for problem in taken.problems}


# What typed things are worth -------------------------------------------------------------------


def worth(kind, raw, **attributes):
    schema = from_json(one(question(type=kind, **attributes)))
    asked = next(schema.questions())
    try:
        return clean(schema, asked, raw, name=asked.name, find=find)
    except Wrong as wrong:
        return wrong.code


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "  Ciao \r\n a tutti ", "Ciao \n a tutti"),
        ("text", "a\x00b\x1fc\ud800d", "abcd"),
        ("text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("text", "x" * 501, "long"),
        ("text", ["a"], "text"),
        ("integer", "25", 25),
        ("integer", " 1.234 ", 1234),
        ("integer", "1 234 567", 1234567),
        ("integer", "-3", -3),
        ("integer", "12,0", 12),
        ("integer", "12,5", "integer"),
        ("integer", "dodici", "integer"),
        ("integer", "1e5", "integer"),
        ("integer", "9" * 16, "figures"),
        ("integer", "9" * 200, "long"),
        ("integer", 7, 7),
        ("integer", float("nan"), "integer"),
        ("integer", True, "integer"),
        ("decimal", "12,5", 12.5),
        ("decimal", "12.5", 12.5),
        ("decimal", "1.234,50", 1234.5),
        ("decimal", "1,234.50", 1234.5),
        ("decimal", "€ 20.000", 20000),
        ("decimal", "٣", "decimal"),
        ("decimal", "", None),
        ("date", "2026-06-12", "2026-06-12"),
        ("date", "12/6/2026", "2026-06-12"),
        ("date", "12.06.2026", "2026-06-12"),
        ("date", "31/02/2026", "date"),
        ("date", "0001-01-01", "date"),
        ("date", "ieri", "date"),
        ("url", "example.org", "https://example.org"),
        ("url", "http://example.org:8080/a?b=c#d", "http://example.org:8080/a?b=c#d"),
        ("url", "https://città.example.org/è", "https://città.example.org/è"),
        ("url", "javascript:alert(1)", "url"),
        ("url", "javascript://example.org/%0aalert(1)", "url"),
        ("url", "data:text/html,x", "url"),
        ("url", "ftp://example.org", "url"),
        ("url", "https://localhost", "url"),
        ("url", "https://exa mple.org", "url"),
        ("url", "https://[::1", "url"),
        ("email", "chi@example.org", "chi@example.org"),
        ("email", "chi@example", "email"),
        ("email", "chi@exa mple.org", "email"),
        ("email", "a@b.it, c@d.it", "email"),
    ],
)
def test_typed_things_have_a_worth(kind, raw, value):
    found = worth(kind, raw)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("kind", "raw", "bounds", "value"),
    [
        ("integer", "5", {"min": 5, "max": 5}, 5),
        ("integer", "4", {"min": 5}, "min"),
        ("decimal", "5,1", {"max": 5}, "max"),
        ("date", "1/1/2020", {"min": "2020-01-02"}, "min"),
        ("date", "2/1/2020", {"max": "2020-01-02"}, "2020-01-02"),
        ("text", "abc", {"max_length": 3}, "abc"),
        ("text", "abcd", {"max_length": 3}, "long"),
    ],
)
def test_bounds_hold(kind, raw, bounds, value):
    assert worth(kind, raw, **bounds) == value


@pytest.mark.parametrize(
    ("raw", "several", "value"),
    [
        ("yes", False, "yes"),
        ("", False, ""),
        ("maybe", False, "choice"),
        ("YES", False, "choice"),
        (["yes"], False, "yes"),
        (["yes", "no"], False, "choice"),
        ({"a": 1}, False, "choice"),
        (["no", "yes", "yes"], True, ["yes", "no"]),
        ("no", True, ["no"]),
        (["no", "x"], True, "choice"),
        ([["no"]], True, "choice"),
        (5, True, "choice"),
    ],
)
def test_only_codes_of_the_list_are_taken(raw, several, value):
    assert worth("select_multiple" if several else "select_one", raw, list="yn") == value


def test_places_are_found_one_by_one():
    assert worth("place", "Bomporto", kinds=["municipality"]) == 1
    assert worth("place", "Atlantide", kinds=["municipality"]) == "place"
    assert worth("place", "", kinds=["municipality"]) is None
    assert worth("places", "Bomporto\nbastiglia; Bomporto", kinds=["municipality"]) == [1, 2]
    assert worth("places", [2, 1], kinds=["municipality"]) == [2, 1]
    assert worth("places", "\n".join(["Bomporto"] * 501), kinds=["municipality"]) == "places"


RAW = some.one_of(some.none(), some.text(), some.integers(), some.floats(), some.booleans(), some.dates(),
                  some.lists(some.one_of(some.text(), some.integers(), some.none(), some.lists(some.text()))),
                  some.dictionaries(some.text(), some.text()))  # fmt: skip


@given(some.sampled_from(sorted(CENSUS.by_name)), RAW)
def test_whatever_arrives_is_a_value_or_told_and_can_be_stored(name, raw):
    home = next(group for group in CENSUS.groups for each in group.questions if name in each.names)
    taken = page(
        {name: raw}, name=home.name, answers={"funded": "yes", "methods": ["other"], "body": "other"}
    )
    stored = json.dumps([taken.answers, taken.unfinished], allow_nan=False)
    assert "\\u0000" not in stored
    assert not ({name} & taken.answers.keys() & taken.unfinished.keys())


@given(some.sampled_from(["integer", "decimal", "date", "url", "email", "text"]), some.text())
def test_a_value_is_worth_itself(kind, raw):
    schema = from_json(one(question(type=kind)))
    asked = next(schema.questions())
    try:
        value = clean(schema, asked, raw, name="ask", find=find)
    except Wrong:
        return
    assert clean(schema, asked, value, name="ask", find=find) == value


# What applies ----------------------------------------------------------------------------------


def names(answers):
    return [group.name for group in pages(CENSUS, answers, today=TODAY)]


def test_a_condition_skips_whole_pages():
    assert names({}) == ["who", "where", "how"]
    assert names({"funded": "yes"}) == ["who", "where", "call", "how"]
    assert "amount" not in applying(CENSUS, {"funded": "no"}, today=TODAY)


def test_what_does_not_apply_counts_as_not_answered():
    schema = from_json(
        one(
            question(name="a"),
            question(name="b", relevant="${a} = 'x'"),
            question(name="c", relevant="${b} = 'y'"),
        )
    )
    answers = {"a": "other", "b": "y", "c": "z"}
    assert list(applying(schema, answers, today=TODAY)) == ["a"]
    assert valid(schema, answers, today=TODAY) == {"a": "other"}
    assert valid(schema, {**answers, "a": "x"}, today=TODAY) == {"a": "x", "b": "y", "c": "z"}


def test_what_was_written_as_other_counts_while_other_is_chosen():
    answers = {"body": "public", "body_other": "Pro Loco"}
    assert valid(CENSUS, answers, today=TODAY) == {"body": "public"}
    assert valid(CENSUS, {**answers, "body": "other"}, today=TODAY) == {**answers, "body": "other"}


# A page ----------------------------------------------------------------------------------------


def test_a_page_is_taken_and_told():
    taken = page({"title": "", "body": "other", "body_other": "", "email": "chi@", "website": "x" * 300})
    assert told(taken) == {"title": "required", "body_other": "other", "email": "email", "website": "long"}
    assert taken.answers == {"body": "other"}
    assert taken.unfinished == {"email": "chi@", "website": "x" * 300}


def test_a_right_answer_takes_the_place_of_a_wrong_one():
    taken = page(
        {"email": "chi@example.org"}, answers={"title": "T", "body": "public"}, unfinished={"email": "chi@"}
    )
    assert (taken.answers["email"], taken.unfinished) == ("chi@example.org", {})


def test_names_that_were_not_posted_keep_their_answers():
    taken = page({"title": "Nuovo"}, answers={"title": "Vecchio", "body": "public", "email": "a@b.it"})
    assert taken.answers == {"title": "Nuovo", "body": "public", "email": "a@b.it"}


def test_names_of_other_pages_are_not_taken():
    assert page({"year": "2020", "nobody": "x"}).answers == {}


def test_a_question_that_applies_only_now_is_asked_and_not_told_missing():
    shown = {"seat": "", "territory": "", "started": "", "funded": "yes"}
    taken = page(shown, name="where")
    assert (taken.more, told(taken)) == (["amount"], {})
    again = page({**shown, "amount": ""}, name="where", answers=taken.answers)
    assert (again.more, told(again)) == ([], {"amount": "required"})


def test_a_constraint_is_told_and_its_answer_kept():
    taken = page({"started": "2030-01-01", "funded": "no", "seat": "", "territory": ""}, name="where")
    assert told(taken) == {"started": "constraint"}
    assert taken.answers["started"] == "2030-01-01"


def test_required_may_depend_on_answers_of_the_page():
    assert told(page({"methods": ["ost"], "story": ""}, name="how")) == {}
    assert told(page({"methods": ["ost", "walk"], "story": ""}, name="how")) == {"story": "required"}


def test_what_is_too_long_to_be_kept_is_told():
    taken = page({"title": "x" * 100_000})
    assert (taken.answers, taken.unfinished, told(taken)["title"]) == ({}, {}, "long")
    assert taken.problems[0].params == {"most": 120, "length": 100_000, "over": 99_880}


def test_read_only_answers_are_not_taken():
    schema = from_json(one(question(default="fisso", read_only=True)))
    taken = page({"ask": "altro"}, name="page", schema=schema, answers={"ask": "fisso"})
    assert (taken.answers, taken.problems, taken.more) == ({"ask": "fisso"}, [], [])


# The whole -------------------------------------------------------------------------------------


def test_everything_wrong_is_told_in_the_order_of_the_questions():
    answers = {"title": "T", "funded": "yes", "year": 2020, "started": "2030-01-01"}
    found = problems(CENSUS, answers, unfinished={"email": "chi@"}, today=TODAY, find=find)
    assert [(each.question, each.code) for each in found] == [
        ("body", "required"),
        ("email", "email"),
        ("started", "constraint"),
        ("amount", "required"),
    ]


def test_what_was_refused_then_and_is_right_now_must_be_confirmed():
    whole = {"title": "T", "body": "public", "funded": "no"}
    found = problems(CENSUS, whole, unfinished={"seat": "Bomporto"}, today=TODAY, find=find)
    assert [(each.question, each.code) for each in found] == [("seat", "again")]


def test_unfinished_answers_that_do_not_apply_are_not_told():
    whole = {"title": "T", "body": "public", "body_other": "x", "funded": "no"}
    unfinished = {"amount": "molto", "year": "?", "methods_other": "y" * 300}
    assert problems(CENSUS, whole, unfinished=unfinished, today=TODAY, find=find) == []
