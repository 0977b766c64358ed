"""A live room is its log: whoever reads it from the start knows what those know who were there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cantiere.engine import live
from cantiere.engine.live import Event, Reason
from tests.environment import examples
from tests.proofs.site.poll import PollRules

RULES = PollRules()
SLOTS = st.sampled_from(["", "q", "r"])
BODIES = st.one_of(
    st.fixed_dictionaries({"choice": st.integers(0, 4), "n": st.integers(0, 5)}),
    st.fixed_dictionaries({"grace": st.integers(0, 2_000)}),
    st.fixed_dictionaries({"actor": st.sampled_from(["a", "b"])}),
)
EVENTS = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(["vote", "vote", "vote", "open", "close", "revoke", "nonsense"]),
        slot=SLOTS,
        actor=st.sampled_from(["a", "b", "c"]),
        body=BODIES,
        at=st.integers(1, 10_000),
        lead=st.booleans(),
    ),
    max_size=40,
)


def entered(events):
    """The log that these attempts make, and the state of whoever was there."""
    state, log = live.fresh(RULES), []
    for wanted in events:
        event = Event(
            wanted.kind, wanted.slot, wanted.actor, wanted.body, wanted.at, wanted.lead, state.seq + 1
        )
        if live.decide(RULES, state, event) is None:
            log.append(event)
            state = live.apply(RULES, state, event)
    return log, state


@settings(max_examples=examples(40))
@given(EVENTS, st.integers(0, 40))
def test_replay_is_the_state_of_whoever_was_there(events, cut):
    log, state = entered(events)
    assert live.replay(RULES, log) == state
    half = live.replay(RULES, log[:cut])
    assert live.replay(RULES, log[cut:], half) == state


@settings(max_examples=examples(40))
@given(EVENTS)
def test_tallies_count_each_person_once_a_question(events):
    _log, state = entered(events)
    for slot, votes in state.own.votes.items():
        assert sum(state.own.tallies[slot]) == len(votes)


@settings(max_examples=examples(40))
@given(EVENTS)
def test_nothing_enters_after_the_closing(events):
    log, _state = entered(events)
    closed = {}
    for event in log:
        if event.kind == "open":
            closed.pop(event.slot, None)
        elif event.kind == "close":
            closed.setdefault(event.slot, event.at + event.body.get("grace", live.GRACE))
        elif event.kind == "vote":
            assert event.at <= min(closed.get(event.slot, 10**9), closed.get("", 10**9))


def say(state, kind, at, slot="q", *, lead=False, **body):
    event = Event(kind, slot, "a", body, at, lead, state.seq + 1)
    refusal = live.decide(RULES, state, event)
    if refusal is None:
        live.apply(RULES, state, event)
    return refusal


def test_the_grace_counts_from_the_closing_by_the_servers_receipt():
    state = live.fresh(RULES)
    assert say(state, "vote", 1, choice=1).reason is Reason.NOT_OPEN
    assert say(state, "open", 2, lead=True) is None
    assert say(state, "close", 100, lead=True, grace=50) is None
    assert say(state, "vote", 150, choice=1) is None
    refused = say(state, "vote", 151, choice=1)
    assert (refused.reason, refused.at) == (Reason.CLOSED, 150)
    assert say(state, "close", 900, lead=True, grace=50) is None  # the first closing counts
    assert say(state, "vote", 200, choice=1).at == 150
    assert say(state, "open", 1_000, lead=True) is None
    assert say(state, "vote", 1_001, choice=1) is None


def test_a_closed_room_takes_no_question():
    state = live.fresh(RULES)
    say(state, "open", 1, lead=True)
    say(state, "close", 5, slot="", lead=True, grace=0)
    assert say(state, "vote", 6, choice=1).at == 5


def test_only_who_leads_leads():
    state = live.fresh(RULES)
    for kind in sorted(live.LEADING):
        assert say(state, kind, 1, actor="x").reason is Reason.FORBIDDEN
    for grace in (-1, 60_001, "3", True, 1.5):
        assert say(state, "close", 1, slot="", lead=True, grace=grace).reason is Reason.WRONG
    for actor in ("", 3, None):
        assert say(state, "revoke", 1, lead=True, actor=actor).reason is Reason.WRONG


def test_a_ticket_called_back_is_void_and_a_later_one_is_not():
    state = live.fresh(RULES)
    say(state, "revoke", 70, lead=True, actor="b")
    assert [state.accepts_ticket("b", made) for made in (69, 70, 71)] == [False, False, True]
    assert state.accepts_ticket("a", 1)


def test_a_late_copy_of_an_older_choice_changes_nothing():
    state = live.fresh(RULES)
    say(state, "open", 1, lead=True)
    say(state, "vote", 2, choice=1, n=2)
    say(state, "vote", 3, choice=4, n=1)
    assert state.own.tallies["q"] == [0, 1, 0, 0, 0]
