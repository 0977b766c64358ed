"""Whatever is sent to a laboratory, it is judged without an error, and what was let in can be told again."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cantiere.engine import live
from cantiere.engine.lab import LabRules, desk, frames, plan_of
from cantiere.engine.lab.judging import LEADING, TAKING_PART
from cantiere.engine.lab.script import script_of
from cantiere.engine.live import Event
from tests.environment import examples

RULES = LabRules()
OPTIONS = [{"key": key, "text": key.upper()} for key in ("si", "no", "forse")]
ASKS = ("single", "multiple", "scale", "ranking", "points", "statements", "words", "ideas", "quiz", "pin")
BLOCKS = [
    {"key": f"q{number}", "kind": "question", "title": asks, "goal": "", "minutes": 5, "plan": {
        "asks": asks, "options": OPTIONS, "most": 2, "right": ["si"] if asks == "quiz" else [], "upvotes": True,
        "moderated": number % 2 == 0, "named": True,
    }}
    for number, asks in enumerate(ASKS)
] + [
    {"key": "g1", "kind": "groups", "title": "Tavoli", "goal": "", "minutes": 20,
     "plan": {"assign": "chosen", "size": 1, "areas": [{"key": "a", "title": "Forze"}]}},
    {"key": "g2", "kind": "groups", "title": "Tavoli", "goal": "", "minutes": 20, "plan": {}},
    {"key": "h", "kind": "harvest", "title": "Raccolta", "goal": "", "minutes": 5, "plan": {"of": "g1"}},
    {"key": "v", "kind": "vote", "title": "Voto", "goal": "", "minutes": 5, "plan": {"of": "g1"}},
    {"key": "v2", "kind": "vote", "title": "Voto", "goal": "", "minutes": 5, "plan": {"of": "q7", "asks": "points"}},
]  # fmt: skip
SCRIPT = {
    "blocks": BLOCKS,
    "groups": [{"key": "t1", "name": "Uno"}, {"key": "t2", "name": "Due", "paper": True}],
}
SMALLER = {"blocks": BLOCKS[5:11], "groups": SCRIPT["groups"][:1]}
SLOTS = ["", *(block["key"] for block in BLOCKS), "nowhere"]
ACTORS = ["anna", "bruno", "carla"]

# Words the rules know are drawn often, so that events get past the first check.
known = st.sampled_from(
    [*SLOTS, *ACTORS, "t1", "t2", "si", "no", "forse", "agree", "pass", "shown", "held", "gone", "a"]
)
numbers = st.integers(-1, 40) | st.sampled_from([10**400, 1 << 53, 100, 0, 1, 2])
scalars = st.none() | st.booleans() | numbers | st.floats(allow_nan=False) | known | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(known | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = ("value", "n", "name", "ref", "refs", "into", "on", "group", "groups", "actor", "state", "block", "ends",
          "left", "seats", "text", "frozen", "area", "items", "people", "shown", "to", "online", "out")  # fmt: skip
right = st.fixed_dictionaries({}, optional={
    "value": st.sampled_from(["si", ["si", "no"], 3, {"si": 60, "no": 40}, {"si": "agree"}, "un parco", [11.2, 44.6], ["w1"]]),
    "n": st.integers(0, 5), "ref": st.integers(1, 30), "refs": st.lists(st.integers(1, 30), min_size=1, max_size=3),
    "into": st.integers(1, 30), "on": st.booleans(), "group": st.sampled_from(["", "t1", "t2"]),
    "actor": st.sampled_from(ACTORS), "state": st.sampled_from(["shown", "held", "gone"]),
    "block": st.sampled_from(SLOTS), "seats": st.just({"t1": ["anna"], "t2": ["bruno"]}),
    "text": st.text(max_size=9), "frozen": st.booleans(), "out": st.booleans(), "people": st.integers(1, 9),
    "area": st.sampled_from(["", "a"]), "shown": st.booleans(), "ends": st.integers(0, 9) | st.none(),
    "items": st.just([{"ref": 1, "text": "un parco", "group": "t1", "count": 3}]),
})  # fmt: skip
bodies = right | st.dictionaries(st.sampled_from(FIELDS), values, max_size=5)
events = st.tuples(
    st.sampled_from([*LEADING, *TAKING_PART, "answer", "answer", "open", "close", "revoke", "nothing"]),
    st.sampled_from(SLOTS), st.sampled_from(ACTORS), bodies, st.booleans(),
)  # fmt: skip


def begun():
    state = live.fresh(RULES)
    log = []

    def add(kind, slot="", body=None, actor="regia", *, lead=True):
        event = Event(kind, slot, actor, body or {}, 1000 + state.seq, lead, state.seq + 1)
        assert live.decide(RULES, state, event) is None, (kind, slot, body)
        live.apply(RULES, state, event)
        log.append(event)

    add("script", body=SCRIPT)
    for actor in ACTORS:
        add("enter", actor=actor, lead=False)
    for block in BLOCKS:
        add("open", block["key"])
    add("go", body={"block": "g1"})
    return state, log


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(events, max_size=25))
def test_nothing_that_is_sent_breaks_a_laboratory(sent):
    state, log = begun()
    for kind, slot, actor, drawn, lead in sent:
        body = SMALLER if kind == "script" and lead else drawn
        if kind == "end" and len(log) % 5:
            continue  # otherwise most rooms would end before anything happened
        event = Event(kind, slot, actor, body, 1000 + state.seq, lead, state.seq + 1)
        if live.decide(RULES, state, event) is None:
            live.apply(RULES, state, event)
            log.append(event)
    told = [Event(e.kind, e.slot, e.actor, json.loads(json.dumps(e.body)), e.at, seq=e.seq) for e in log]
    assert live.replay(RULES, told) == state
    for make in (frames.phone, frames.screen, frames.notes):
        json.dumps(make(state, 5), allow_nan=False)
    json.dumps(
        [frames.group(state, "t1", 5), desk.desk(state, 5, set(ACTORS), {}), frames.own(state, "anna")]
    )


FIRST = len(BLOCKS) + 6  # the number of the first idea after `begun`
VALID = {
    "enter": ("", {"online": True}), "answer": ("q7", {"value": "un parco", "n": 1, "name": "Anna"}),
    "take": ("q7", {"ref": FIRST}), "up": ("q7", {"ref": FIRST, "on": True}), "sit": ("g1", {"group": "t1"}),
    "help": ("", {"on": True}), "script": ("", SCRIPT), "go": ("", {"block": "q1", "seen": "g1"}), "timer": ("", {"ends": 1, "left": None}),
    "show": ("q7", {"shown": True}), "again": ("q7", {"turn": 1}), "moderate": ("q7", {"ref": FIRST, "state": "held", "actor": "anna"}),
    "exclude": ("", {"actor": "anna", "out": True}), "merge": ("q7", {"into": FIRST, "refs": [FIRST + 1]}), "unmerge": ("q7", {"ref": FIRST}),
    "seats": ("g1", {"seats": {"t1": ["anna"]}}), "seat": ("g1", {"actor": "anna", "group": "t1"}),
    "say": ("", {"text": "Cinque minuti", "group": "t1"}), "helped": ("", {"group": "t1"}),
    "freeze": ("g1", {"frozen": True, "groups": ["t1"]}), "focus": ("g1", {"area": "a"}), "call": ("", {"to": "plenary"}),
    "wall": ("g1", {"items": [{"ref": 1, "text": "un parco", "group": "t1", "count": 3}]}), "end": ("", {}),
    "paper": ("q0", {"value": "si", "group": "t1", "people": 4}), "unpaper": ("q0", {"ref": FIRST}),
}  # fmt: skip
STRANGE = [
    None,
    True,
    -1,
    1.5,
    10**400,
    "",
    "x" * 9000,
    [],
    [[]],
    [{}],
    [1],
    {},
    {"t1": 3},
    {"t1": [[]]},
    [{"ref": []}],
]


def test_every_kind_of_event_is_tried():
    assert VALID.keys() == {**LEADING, **TAKING_PART}.keys()


@pytest.mark.parametrize("kind", sorted(VALID))
def test_a_strange_value_in_any_place_is_judged_and_what_is_let_in_can_be_done(kind):
    slot, body = VALID[kind]
    for field in (*body, "strange"):
        for strange in STRANGE:
            for where in (slot, "", "nowhere"):
                state, _log = begun()
                for text in ("un parco", "Un parco!"):
                    idea = Event("answer", "q7", "anna", {"value": text, "n": 0}, 1, seq=state.seq + 1)
                    live.apply(RULES, state, idea)
                assert FIRST in state.own.answers["q7"].ideas
                sent = {**body, field: strange}
                event = Event(kind, where, "anna", sent, 9999, kind in LEADING, state.seq + 1)
                if live.decide(RULES, state, event) is None:
                    live.apply(RULES, state, event)
                    json.dumps(desk.desk(state, 5, set(ACTORS), {}), allow_nan=False)


@pytest.mark.parametrize("said", [
    {"blocks": [], "groups": [{"key": ["t1"], "name": "Uno"}]},
    {"blocks": [], "groups": [{"key": "", "name": "Uno"}]},
    {"blocks": [{**BLOCKS[0], "key": {}}], "groups": []},
    {"blocks": [{**BLOCKS[0], "kind": ["question"]}], "groups": []},
    {"blocks": [{**BLOCKS[0], "minutes": "5"}], "groups": []},
    {"blocks": [{**BLOCKS[0], "plan": {"asks": "nothing"}}], "groups": []},
    {"blocks": [{**BLOCKS[0], "plan": {"options": [{"key": "a", "text": []}]}}], "groups": []},
    {"blocks": [{**BLOCKS[0], "plan": {"options": [OPTIONS[0], OPTIONS[0]]}}], "groups": []},
    {"blocks": [{**BLOCKS[0], "plan": {"steps": 1}}], "groups": []},
    {"blocks": [{**BLOCKS[0], "plan": {"most": True}}], "groups": []},
    {"blocks": [{**BLOCKS[0], "plan": []}], "groups": []},
    {"blocks": [{**BLOCKS[10], "plan": {"tables": [1]}}], "groups": []},
    {"blocks": [{**BLOCKS[10], "plan": {"apart": [["a"], []]}}], "groups": []},
    {"blocks": [{**BLOCKS[13], "plan": {"asks": "pin"}}], "groups": []},
    {"blocks": 3, "groups": []}, [], {},
])  # fmt: skip
def test_a_run_sheet_that_is_none_is_refused_when_it_is_read(said):
    with pytest.raises(ValueError, match=r"."):
        script_of(said)


def test_an_unknown_kind_is_no_plan():
    with pytest.raises(ValueError, match="No block"):
        plan_of("dance", {})
