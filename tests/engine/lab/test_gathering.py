"""What a laboratory leaves, whatever happened in it."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from cantiere.engine import live
from cantiere.engine.board_content import BoardContent, Cluster, Comment, Note
from cantiere.engine.lab import LabRules
from cantiere.engine.lab.gathering import (
    Said,
    Sort,
    attendance,
    counted,
    few_together,
    last_of,
    numbers_of,
    on_board,
    said_in,
    times_of,
)
from cantiere.engine.live import Event
from tests.environment import examples

RULES = LabRules()
SCRIPT = {
    "blocks": [
        {"key": "q", "kind": "question", "title": "Idee", "goal": "", "minutes": 5,
         "plan": {"asks": "ideas", "most": 3, "upvotes": True}},
        {"key": "w", "kind": "question", "title": "Parole", "goal": "", "minutes": 5,
         "plan": {"asks": "words", "most": 2}},
        {"key": "v", "kind": "vote", "title": "Voto", "goal": "", "minutes": 5, "plan": {"of": "q", "most": 2}},
    ],
    "groups": [{"key": "t1", "name": "Tavolo 1", "paper": True}],
}  # fmt: skip
PEOPLE = ["anna", "bruno", "carla", "dino"]
REFS = st.integers(3, 40)
EVENTS = st.one_of(
    st.tuples(st.just("answer"), st.just("q"), st.builds(lambda n: {"value": f"idea {n}"}, REFS)),
    st.tuples(st.just("answer"), st.just("w"), st.builds(lambda n: {"value": [f"parola{n}"], "n": n}, REFS)),
    st.tuples(st.just("answer"), st.just("v"), st.builds(lambda n: {"value": [f"i{n}"], "n": n}, REFS)),
    st.tuples(st.just("take"), st.just("q"), st.builds(lambda n: {"ref": n}, REFS)),
    st.tuples(st.just("up"), st.just("q"), st.builds(lambda n: {"ref": n, "on": True}, REFS)),
    st.tuples(st.just("moderate"), st.just("q"), st.builds(
        lambda n, state: {"ref": n, "state": state}, REFS, st.sampled_from(["shown", "held", "gone"]))),
    st.tuples(st.just("merge"), st.just("q"), st.builds(
        lambda into, refs: {"into": into, "refs": refs}, REFS, st.lists(REFS, min_size=1, max_size=3))),
    st.tuples(st.just("unmerge"), st.just("q"), st.builds(lambda n: {"ref": n}, REFS)),
    st.tuples(st.just("paper"), st.just("q"), st.builds(
        lambda n, people: {"value": f"carta {n}", "group": "t1", "people": people}, REFS, st.integers(1, 9))),
)  # fmt: skip
LEADING = {"moderate", "merge", "unmerge", "paper"}


def play(happened):
    """A log of what the rules let in, and what it leads to."""
    state, log = live.fresh(RULES), []
    begin = [("script", "", SCRIPT, "regia")]
    begin += [("enter", "", {"online": who == "dino"}, who) for who in PEOPLE]
    begin += [("open", key, {}, "regia") for key in "qwv"]
    for kind, slot, body, actor in [*begin, *happened]:
        lead = kind in LEADING | {"script", "open"}
        who = "regia" if lead else actor
        event = Event(kind, slot, who, body, 1000 * (state.seq + 1), lead, state.seq + 1)
        if live.decide(RULES, state, event) is None:
            state = live.apply(RULES, state, event)
            log.append(event)
    return state.own, log


@settings(max_examples=examples(150))
@given(st.lists(st.tuples(EVENTS, st.sampled_from(PEOPLE)), max_size=40))
def test_every_thing_not_removed_is_gathered_once_and_none_twice(happened):
    lab, log = play([(kind, slot, body, who) for (kind, slot, body), who in happened])
    said = counted(list(said_in(lab, times_of(log), last_of(log))))
    ideas = [
        idea for answers in lab.answers.values() for idea in answers.ideas.values() if idea.state != "gone"
    ]
    words = [", ".join(value) for value in lab.answers["w"].by.values()] if "w" in lab.answers else []
    assert Counter(one.text for one in said) == Counter([idea.text for idea in ideas] + words)
    refs = [one.ref for one in said]
    assert len(set(refs)) == len(refs)
    assert {one.under for one in said} <= {"", *refs}
    assert all(one.at for one in said)
    assert not any(actor in one.ref for one in said for actor in PEOPLE)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(EVENTS, st.sampled_from(PEOPLE)), max_size=40))
def test_numbers_hold_no_word_of_those_who_took_part(happened):
    lab, _log = play([(kind, slot, body, who) for (kind, slot, body), who in happened])
    told = repr({key: numbers_of(lab, key) for key in "qwv"})
    assert not any(word in told for word in ("idea ", "parola", "carta ", *PEOPLE))
    assert attendance(lab)["entered"] == len(PEOPLE)
    assert attendance(lab)["online"] == 1


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 30), max_size=8))
def test_nobody_stands_out_of_few_by_subtraction(counts):
    shown, rest = few_together(counts, 5)
    assert all(count >= 5 for count in shown.values())
    assert sum(shown.values()) + rest == sum(counts.values())
    assert rest == 0 or rest >= 5 or not shown


def test_people_are_counted_once_whatever_they_said():
    said = [
        Said("c1", Sort.CLUSTER, "b", "Insieme"),
        Said("n1", Sort.NOTE, "b", "Una", actor="anna", under="c1"),
        Said("n2", Sort.NOTE, "b", "Due", actor="anna", under="c1"),
        Said("n3", Sort.NOTE, "b", "Tre", actor="bruno", under="n2"),
        Said("m1", Sort.COMMENT, "b", "Sì", actor="carla", under="n1"),
        Said("n4", Sort.NOTE, "b", "Carta", people=6, in_room=True),
    ]
    assert {one.ref: one.people for one in counted(said)} == {
        "c1": 2,
        "n1": 1,
        "n2": 2,
        "n3": 1,
        "m1": 1,
        "n4": 6,
    }


def test_a_circle_ends():
    said = [
        Said("n1", Sort.NOTE, "b", "a", actor="x", under="n2"),
        Said("n2", Sort.NOTE, "b", "b", actor="y", under="n1"),
    ]
    assert [one.people for one in counted(said)] == [2, 2]


def test_a_board_is_gathered_with_its_groups_areas_and_remarks():
    board = BoardContent(
        notes=(
            Note("1", "Una", "anna#", area="s", cluster="9"),
            Note("2", "Carta", "paper:t1", area="w", room=True),
        ),
        clusters=(Cluster("9", "Insieme"),),
        comments=(Comment("5", "1", "Sì", "x"),),
        votes={"anna#": {"1": 2, "9": 1}},
    )
    said = {
        one.ref: one
        for one in on_board(
            "b.t1", board, {"s": ("b", "Forza"), "w": ("later", "Debolezza")}, {"anna#": "anna"}
        )
    }
    assert (said["n1"].actor, said["n1"].under, said["n1"].area, said["n1"].dots) == (
        "anna",
        "c9",
        "Forza",
        2,
    )
    assert (said["c9"].area, said["c9"].dots, said["c9"].group) == ("Forza", 1, "t1")
    assert (said["n2"].actor, said["n2"].in_room, said["n2"].area) == ("", True, "Debolezza")
    assert [said[ref].block for ref in ("n1", "c9", "m5", "n2")] == ["b", "b", "b", "later"]
    assert (said["m5"].under, said["m5"].area) == ("n1", "Forza")
