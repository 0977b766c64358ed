"""Live questions: what counts, what is refused, and that order and second thoughts change nothing else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantiere.engine.voting import Question, RefusedError, Tally, clean, result, shift

OPTIONS = ("a", "b", "c", "d")
QUESTIONS = {
    "single": Question("single", OPTIONS),
    "multiple": Question("multiple", OPTIONS, most=3),
    "scale": Question("scale", steps=7),
    "ranking": Question("ranking", OPTIONS),
    "points": Question("points", OPTIONS),
    "statements": Question("statements", OPTIONS),
    "words": Question("words", most=3),
    "ideas": Question("ideas"),
    "quiz": Question("quiz", OPTIONS, right=("b",)),
    "pin": Question("pin"),
}
WORDS = st.lists(
    st.sampled_from(["Lavoro", "lavori", "città", "scuole", "scuola", "verde pubblico"]),
    min_size=1,
    max_size=3,
)
ANSWERS = {
    "single": st.sampled_from(OPTIONS),
    "multiple": st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3),
    "scale": st.integers(1, 7),
    "ranking": st.permutations(OPTIONS),
    "points": st.integers(0, 100).map(lambda first: {"a": first, "c": str(100 - first)}),
    "statements": st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from(["agree", "disagree", "pass"]), min_size=1),
    "words": WORDS,
    "ideas": st.text("abc ", min_size=1).filter(str.strip),
    "quiz": st.sampled_from(OPTIONS),
    "pin": st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
}  # fmt: skip


def tallied(question, answers):
    tally = Tally()
    for answer in answers:
        tally.add(question, answer)
    return tally


@pytest.mark.parametrize("kind", QUESTIONS)
def test_order_does_not_matter_and_a_second_thought_leaves_no_trace(kind):
    question = QUESTIONS[kind]

    @given(st.lists(ANSWERS[kind], min_size=1, max_size=12), ANSWERS[kind], st.randoms())
    def holds(raw, other, dice):
        answers = [clean(question, each) for each in raw]
        mixed = answers[:]
        dice.shuffle(mixed)
        plain, changed = tallied(question, answers), tallied(question, mixed)
        assert result(question, plain) == result(question, changed)
        changed.change(question, mixed[0], clean(question, other))
        changed.change(question, clean(question, other), mixed[0])
        assert result(question, plain) == result(question, changed)
        assert clean(question, answers[0]) == answers[0]

    holds()


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("single", "z", "unknown_option"),
        ("single", ["a"], "unknown_option"),
        ("single", None, "unknown_option"),
        ("multiple", list(OPTIONS), "too_many"),
        ("multiple", [], "nothing_chosen"),
        ("multiple", "a", "not_a_list"),
        ("scale", 0, "not_a_step"),
        ("scale", 8, "not_a_step"),
        ("scale", True, "not_a_step"),
        ("scale", "3.5", "not_a_step"),
        ("scale", "٣", "not_a_step"),
        ("ranking", ["a", "a"], "ranked_twice"),
        ("points", {"a": 99}, "not_all_points"),
        ("points", {"a": -1, "b": 101}, "not_points"),
        ("points", {"z": 100}, "unknown_option"),
        ("statements", {"a": "maybe"}, "unknown_option"),
        ("words", [" "], "nothing_written"),
        ("words", ["x" * 41], "too_long"),
        ("words", ["a", "b", "c", "d"], "too_many"),
        ("ideas", "  ", "nothing_written"),
        ("ideas", "x" * 501, "too_long"),
        ("pin", [200, 0], "not_a_position"),
        ("pin", ["nan", 0], "not_a_position"),
        ("pin", [1], "not_a_position"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(kind, raw, code):
    with pytest.raises(RefusedError) as refused:
        clean(QUESTIONS[kind], raw)
    assert refused.value.code == code


@given(st.sampled_from(sorted(QUESTIONS)), st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.floats(), lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4)))  # fmt: skip
def test_whatever_arrives_is_an_answer_or_refused(kind, raw):
    question = QUESTIONS[kind]
    try:
        answer = clean(question, raw)
    except RefusedError:
        return
    tallied(question, [answer])


def test_a_scale_has_mean_and_median():
    told = result(QUESTIONS["scale"], tallied(QUESTIONS["scale"], [1, 2, 2, 7]))
    assert (told.mean, told.median, told.people) == (3.0, 2.0, 4)
    assert result(QUESTIONS["scale"], tallied(QUESTIONS["scale"], [1, 4])).median == 2.5
    assert result(QUESTIONS["scale"], Tally()).mean is None


def test_a_ranking_adds_up_as_borda_says():
    question = QUESTIONS["ranking"]
    told = result(question, tallied(question, [["a", "b", "c", "d"], ["b", "a", "c", "d"], ["b"]]))
    assert [(line.key, line.count) for line in told.lines] == [("b", 8), ("a", 5), ("c", 2), ("d", 0)]
    assert told.lines[0].parts == {"1": 2, "2": 1}
    assert told.lines[0].share == 8 / 9


def test_points_are_shares_of_all_points():
    question = QUESTIONS["points"]
    told = result(question, tallied(question, [{"a": 60, "b": 40}, {"b": 100}]))
    assert [(line.key, line.count, line.share) for line in told.lines][:2] == [
        ("a", 60, 0.3),
        ("b", 140, 0.7),
    ]


def test_forms_of_a_word_are_one_word_shown_as_most_wrote_it():
    question = QUESTIONS["words"]
    answers = [clean(question, each) for each in (["Scuole", "lavoro"], ["scuole"], ["scuola"], ["città"])]
    told = result(question, tallied(question, answers))
    assert [(line.key, line.count) for line in told.lines] == [("scuole", 3), ("città", 1), ("lavoro", 1)]


def test_statements_keep_their_stances_apart():
    question = QUESTIONS["statements"]
    told = result(question, tallied(question, [{"a": "agree"}, {"a": "disagree", "b": "pass"}]))
    assert told.lines[0].parts == {"agree": 1, "disagree": 1, "pass": 0}
    assert told.lines[0].share == 0.5


def test_a_quiz_counts_who_is_right():
    assert result(QUESTIONS["quiz"], tallied(QUESTIONS["quiz"], ["a", "b", "b"])).right == 2


def test_pins_fall_into_places_never_on_a_doorstep():
    question = QUESTIONS["pin"]
    told = result(
        question, tallied(question, [clean(question, each) for each in ([10.9123, 44.6], [10.9141, 44.604])])
    )
    assert [(line.key, line.count) for line in told.lines] == [("10.91 44.60", 2)]


def test_the_shift_between_two_votes_adds_up_to_nothing():
    question = QUESTIONS["single"]
    dice = random.Random(1)
    before, after = (
        result(question, tallied(question, [dice.choice(OPTIONS) for _ in range(50)])) for _ in range(2)
    )
    moved = shift(before, after)
    assert [key for key, _ in moved] == list(OPTIONS)
    assert sum(change for _, change in moved) == pytest.approx(0)


def test_a_question_of_no_kind_or_with_twin_options_is_an_error():
    with pytest.raises(ValueError, match="No live question"):
        Question("lottery")
    with pytest.raises(ValueError, match="same key"):
        Question("single", ("a", "a"))
