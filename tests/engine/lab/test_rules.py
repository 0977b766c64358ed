"""A small laboratory by its log: what enters, what is refused, what everybody sees."""

from cantiere.engine import live
from cantiere.engine.lab import LabRules, desk, frames
from cantiere.engine.lab.gathering import said_in
from cantiere.engine.live import Event, Reason

RULES = LabRules()
SCRIPT = {
    "blocks": [
        {
            "key": "b1",
            "kind": "question",
            "title": "Come va?",
            "goal": "",
            "minutes": 5,
            "plan": {
                "prompt": "Come va?",
                "asks": "single",
                "options": [{"key": "si", "text": "Bene"}, {"key": "no", "text": "Male"}],
            },
        },
        {"key": "b2", "kind": "question", "title": "Idee", "goal": "", "minutes": 5,
         "plan": {"prompt": "Che cosa manca?", "asks": "ideas", "most": 2, "moderated": True}},
        {"key": "b3", "kind": "groups", "title": "Tavoli", "goal": "", "minutes": 20,
         "plan": {"assign": "chosen", "size": 1, "areas": [{"key": "a", "title": "Punti di forza"}]}},
    ],
    "groups": [{"key": "t1", "name": "Tavolo 1", "paper": False}, {"key": "t2", "name": "Tavolo 2", "paper": True}],
}  # fmt: skip


class Room:
    """A log under way."""

    def __init__(self):
        self.state, self.log = live.fresh(RULES), []

    def says(self, kind, slot="", body=None, *, actor="anna", lead=False):
        event = Event(kind, slot, actor, body or {}, 1000 + self.state.seq, lead, self.state.seq + 1)
        refusal = live.decide(RULES, self.state, event)
        if refusal is None:
            self.state = live.apply(RULES, self.state, event)
            self.log.append(event)
        return refusal

    def leads(self, kind, slot="", body=None):
        refusal = self.says(kind, slot, body, actor="regia", lead=True)
        assert refusal is None, refusal

    @property
    def lab(self):
        return self.state.own


def begun(block="b1"):
    room = Room()
    room.leads("script", body=SCRIPT)
    if block:
        room.leads("open", block)
    room.leads("go", body={"block": block})
    return room


def test_the_last_word_of_everybody_counts_and_is_seen_once_it_is_shown():
    room = begun()
    assert room.says("answer", "b1", {"value": "si", "n": 1}) is None
    assert room.says("answer", "b1", {"value": "no", "n": 2}) is None
    assert room.says("answer", "b1", {"value": "si", "n": 1}) is None  # late: enters, changes nothing
    assert room.says("answer", "b1", {"value": "si", "n": 1}, actor="bruno") is None
    assert frames.phone(room.state, 0)["block"]["results"] is None
    room.leads("show", "b1", {"shown": True})
    lines = frames.phone(room.state, 0)["block"]["results"]["lines"]
    assert [(line["text"], line["count"]) for line in lines] == [("Bene", 1), ("Male", 1)]


def test_who_does_not_lead_runs_nothing():
    room = begun()
    assert room.says("go", body={"block": "b2"}).reason is Reason.FORBIDDEN
    assert room.says("answer", "b2", {"value": "un parco"}).reason is Reason.NOT_OPEN


def test_ideas_wait_for_moderation_and_keep_their_authors_when_merged():
    room = begun("b2")
    for actor, text in (("anna", "un parco"), ("bruno", "Un parco!"), ("carla", "una panchina")):
        assert room.says("answer", "b2", {"value": text}, actor=actor) is None
    room.leads("show", "b2", {"shown": True})
    assert frames.screen(room.state, 0)["block"]["ideas"] == []
    refs = [idea.ref for idea in room.lab.answers["b2"].ideas.values()]
    for ref in refs:
        room.leads("moderate", "b2", {"ref": ref, "state": "shown"})
    room.leads("merge", "b2", {"into": refs[0], "refs": [refs[1]]})
    seen = frames.screen(room.state, 0)["block"]["ideas"]
    assert {(idea["text"], idea["count"]) for idea in seen} == {("un parco", 2), ("una panchina", 1)}


def test_nobody_sits_where_there_is_no_seat_nor_moves_others():
    room = begun("b3")
    assert room.says("enter") is None
    assert room.says("sit", "b3", {"group": "t1", "actor": "bruno"}) is None
    assert room.lab.seats_in("b3") == {"anna": "t1"}
    assert room.says("sit", "b3", {"group": "t1"}, actor="bruno").detail == "full"
    assert frames.group(room.state, "t1", 0)["mine"]["board"] == "b3.t1"


def test_a_second_vote_stands_beside_the_first():
    room = begun()
    for actor in ("anna", "bruno"):
        room.says("answer", "b1", {"value": "si", "n": 1}, actor=actor)
    room.leads("again", "b1")
    room.says("answer", "b1", {"value": "no", "n": 2})
    room.leads("show", "b1", {"shown": True})
    results = frames.screen(room.state, 0)["block"]["results"]
    assert results["before"]["people"] == 2
    assert results["people"] == 1
    assert results["shift"] == {"si": -1.0, "no": 1.0}


def test_an_answer_of_the_first_vote_is_no_answer_in_the_second():
    room = begun()
    assert room.says("answer", "b1", {"value": "si", "n": 1, "turn": 1}) is None
    room.leads("again", "b1", {"turn": 1})
    again = room.log[-1].at
    late = room.says("answer", "b1", {"value": "si", "n": 2, "turn": 1}, actor="bruno")
    assert (late.reason, late.at) == (Reason.CLOSED, again)
    hands = {"value": "si", "group": "t2", "people": 6}
    assert room.says("paper", "b1", {**hands, "turn": 1}, actor="regia", lead=True).detail == "moved"
    assert room.lab.answers["b1"].tally.people == 0
    room.leads("paper", "b1", {**hands, "turn": 2})
    # An older page does not say of which vote it is.
    for said in ({"turn": 2}, {}):
        assert room.says("answer", "b1", {"value": "no", "n": 3, **said}, actor=f"carla{said}") is None
    assert room.lab.answers["b1"].tally.people == 8


def test_a_changed_question_counts_what_still_answers_it():
    room = begun()
    room.says("answer", "b1", {"value": "si", "n": 1})
    room.says("answer", "b1", {"value": "no", "n": 1}, actor="bruno")
    changed = {**SCRIPT, "blocks": [
        {**SCRIPT["blocks"][0], "plan": {"asks": "single", "options": [{"key": "si", "text": "Bene"}]}}
    ]}  # fmt: skip
    room.leads("script", body=changed)
    assert room.lab.answers["b1"].tally.people == 1


def test_who_sat_at_a_table_that_was_taken_away_sits_nowhere_until_it_comes_back():
    room = begun("")
    room.leads("go", body={"block": "b3"})
    for actor in ("anna", "bruno"):
        room.says("enter", actor=actor)
    room.leads("seats", "b3", {"seats": {"t1": ["anna"], "t2": ["bruno"]}})
    room.leads("script", body={**SCRIPT, "groups": SCRIPT["groups"][:1]})
    assert room.lab.seats_in("b3") == {"anna": "t1"}
    assert (room.lab.group_of("anna"), room.lab.group_of("bruno")) == ("t1", "")
    assert desk.desk(room.state, 0, [], {})["people"]["unseated"] == ["bruno"]
    room.leads("script", body=SCRIPT)
    assert room.lab.group_of("bruno") == "t2"


def with_ideas(*texts):
    """A room with ideas on the screen, each by another person; gives it with their numbers."""
    room, refs = begun("b2"), []
    for number, text in enumerate(texts):
        room.says("enter", actor=f"p{number}")
        assert room.says("answer", "b2", {"value": text}, actor=f"p{number}") is None
        refs.append(room.state.seq)
        room.leads("moderate", "b2", {"ref": refs[-1], "state": "shown"})
    return room, refs


def test_an_idea_that_its_author_took_back_is_brought_back_by_nobody():
    room, (ref, other) = with_ideas("Me ne pento", "Un parco")
    assert room.says("take", "b2", {"ref": ref}, actor="p0") is None
    again = {"ref": ref, "state": "shown"}
    assert room.says("moderate", "b2", again, actor="regia", lead=True).detail == "ref"
    assert room.says("merge", "b2", {"into": ref, "refs": [other]}, actor="regia", lead=True).detail == "refs"
    assert room.says("merge", "b2", {"into": other, "refs": [ref]}, actor="regia", lead=True).detail == "refs"
    room.leads("moderate", "", {"actor": "p0", "state": "shown"})
    seen = desk.desk(room.state, 0, [], {})["block"]
    assert (seen["removed"], seen["gone"]) == (0, [])
    assert [idea["ref"] for idea in seen["ideas"]] == [other]
    assert [said.text for said in said_in(room.lab, {}, {})] == ["Un parco"]
    assert "b2" not in frames.own(room.state, "p0")["ideas"]
    # A log in which it was shown again, when that was still taken.
    room.log.append(Event("moderate", "b2", "regia", again, 2000, True, room.state.seq + 1))
    assert [idea.text for idea in live.replay(RULES, room.log).own.answers_to("b2").standing()] == [
        "Un parco"
    ]


def test_what_was_merged_into_an_idea_outlives_it():
    room, (first, second, third) = with_ideas("Alberi", "Più alberi", "Tanti alberi")
    room.leads("merge", "b2", {"into": first, "refs": [second, third]})
    assert room.says("take", "b2", {"ref": first}, actor="p0") is None
    assert room.lab.gathered("b2") == [{"key": f"i{second}", "text": "Più alberi", "group": "", "count": 2}]
    assert room.says("take", "b2", {"ref": third}, actor="p2") is None
    assert [item["count"] for item in room.lab.gathered("b2")] == [1]


def test_replay_leads_to_the_same_state():
    room = begun("b2")
    room.says("answer", "b2", {"value": "un parco"})
    room.leads("paper", "b2", {"value": "una fontana", "group": "t2", "people": 6})
    assert live.replay(RULES, room.log) == room.state
    assert room.lab.answers["b2"].tally.people == 7


def test_what_the_groups_found_is_weighed_by_everybody():
    room = begun("")
    more = [
        {
            "key": "h",
            "kind": "harvest",
            "title": "Si racconta",
            "goal": "",
            "minutes": 5,
            "plan": {"of": "b3"},
        },
        {
            "key": "v",
            "kind": "vote",
            "title": "Si pesa",
            "goal": "",
            "minutes": 5,
            "plan": {"of": "h", "most": 1},
        },
    ]
    room.leads("script", body={**SCRIPT, "blocks": [*SCRIPT["blocks"], *more]})
    wall = [{"ref": "n1", "text": "Una fontana", "group": "t1", "count": 3}]
    room.leads("wall", "b3", {"items": wall})
    room.leads("go", body={"block": "h"})
    assert [item["text"] for item in frames.screen(room.state, 0)["wall"]] == ["Una fontana"]
    room.leads("open", "v")
    assert room.says("answer", "v", {"value": ["wn1"], "n": 1}) is None
    assert room.says("answer", "v", {"value": ["wn2"], "n": 1}).detail == "unknown_option"


def test_ideas_of_a_question_are_gathered_without_a_wall():
    room = begun("b2")
    room.says("answer", "b2", {"value": "un parco"})
    assert room.lab.gathered("b2") == []  # it still waits for the facilitator
    ref = next(iter(room.lab.answers["b2"].ideas))
    room.leads("moderate", "b2", {"ref": ref, "state": "shown"})
    assert [(item["text"], item["count"]) for item in room.lab.gathered("b2")] == [("un parco", 1)]


def test_whoever_leads_goes_on_with_what_came_in_long_after_a_question_was_closed():
    room = begun("b2")
    first = room.state.seq + 1
    for text in ("Un parco", "Parco!"):
        assert room.says("answer", "b2", {"value": text}) is None
    room.leads("close", "b2", {"grace": 0})
    assert room.says("answer", "b2", {"value": "tardi"}, actor="bruno").reason == Reason.CLOSED
    assert room.says("answer", "b2", {"value": "tardi"}, actor="regia", lead=True).reason == Reason.CLOSED
    assert room.says("show", "b2", {"shown": True}).reason == Reason.CLOSED
    room.leads("moderate", "b2", {"ref": first, "state": "shown"})
    room.leads("merge", "b2", {"into": first, "refs": [first + 1]})
    room.leads("show", "b2", {"shown": True})
    room.leads("paper", "b2", {"value": "Dal tavolo di carta", "group": "t2"})
    room.leads("again", "b2", {"turn": 1})
    assert room.lab.answers["b2"].turn == 2
