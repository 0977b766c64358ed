"""Who may do what on the boards of a laboratory, and what the desk is told of them."""

import pytest

from cantiere.activities.labs import rights
from cantiere.engine import live as rules_of
from cantiere.engine.board import BoardRight
from cantiere.engine.lab import LabRules
from cantiere.engine.live import Event
from cantiere.foundation.live.tickets import Ticket

RULES = LabRules()
AREAS = [{"key": "a", "title": "Una"}, {"key": "b", "title": "Altra"}]
NEXT = {"assign": "rotate", "of": "g", "goes_on": True, "areas": [{"key": "a", "title": "Nuova"}], "dots": 1}


def script(**plan):
    groups = {"areas": AREAS, "dots": 3, **plan}
    blocks = [
        {"key": key, "kind": kind, "title": key, "goal": "", "minutes": 10, "plan": own}
        for key, kind, own in (("g", "groups", groups), ("pause", "break", {}), ("next", "groups", NEXT))
    ]
    tables = [{"key": key, "name": key, "paper": False} for key in ("t1", "t2")]
    return {"blocks": blocks, "groups": tables}


class Room:
    def __init__(self, **plan):
        self.state = rules_of.fresh(RULES)
        self.state.room = 7
        self("script", **script(**plan))
        for actor in ("anna", "bruno", "late"):
            self("enter", actor=actor)
        self("go", block="g")
        self("seats", "g", seats={"t1": ["anna"], "t2": ["bruno"]})

    def __call__(self, kind, slot="", actor="lead", **body):
        event = Event(kind, slot, actor, body, 1_000 + self.state.seq, actor == "lead", self.state.seq + 1)
        assert rules_of.decide(RULES, self.state, event) is None, kind
        self.state = rules_of.apply(RULES, self.state, event)

    def right(self, actor, key, audience="phone", *, lead=False):
        return rights.board_right(self.state, Ticket(7, actor, audience, lead, 0, 0), key)


ANNA = rights.author_of(7, "anna")


def test_one_writes_on_the_board_of_ones_own_table_only():
    room = Room()
    assert room.right("anna", "g.t1", "group:t1") == BoardRight(ANNA, add=True, dots=3)
    assert room.right("anna", "g.t2") is None
    assert room.right("late", "g.t1") is None
    assert room.right("stranger", "g.t1") is None


@pytest.mark.parametrize("key", ["g", "g.t9", "pause", "pause.t1", "x.t1", "", "g.t1.x", "g."])
def test_there_are_no_other_boards(key):
    assert Room().right("anna", key) is None
    assert Room().right("lead", key, "desk", lead=True) is None


def test_a_shared_board_is_everybodys_who_sits_somewhere():
    room = Room(shared=True, shape=True)
    assert room.right("bruno", "g").shape is True
    assert room.right("anna", "g").add is True
    assert room.right("late", "g") is None
    assert room.right("anna", "g.t1") is None


def test_frozen_and_focused_boards_are_written_where_one_may():
    room = Room(shape=True)
    room("focus", "g", area="b")
    assert room.right("anna", "g.t1").areas == {"b"}
    room("freeze", "g", frozen=True, groups=["t1"])
    right = room.right("anna", "g.t1")
    assert (right.add, right.shape, right.dots) == (False, False, 3)
    assert room.right("bruno", "g.t2").add is True


def test_afterwards_one_may_still_read():
    room = Room()
    room("go", block="pause")
    assert room.right("anna", "g.t1") == BoardRight(ANNA)
    room("end")
    assert room.right("anna", "g.t1") == BoardRight(ANNA)


def test_the_desk_may_do_anything_and_the_screen_looks_on():
    room = Room()
    assert room.right("lead", "g.t1", "desk", lead=True).lead is True
    assert room.right("screen-x", "g.t1", "screen") == rights.LOOKING
    assert rights.LOOKING.frozen is True


def test_authors_are_told_apart_and_lead_to_nobody():
    assert rights.author_of(7, "anna") != rights.author_of(8, "anna")
    assert rights.author_of(7, "anna") != rights.author_of(7, "bruno")
    assert "anna" not in rights.author_of(7, "anna")


def test_in_the_next_round_one_writes_on_the_board_of_the_table_one_came_to_and_reads_ones_old_one():
    room = Room()
    room("go", block="next")
    assert room.right("anna", "g.t1") == BoardRight(ANNA)
    room("seats", "next", seats={"t2": ["anna"], "t1": ["bruno"]})
    assert room.right("anna", "g.t2") == BoardRight(ANNA, add=True, dots=1)
    assert room.right("anna", "g.t1") == BoardRight(ANNA)
    assert room.right("anna", "next.t2") is None
    room("focus", "next", area="next.a")
    assert room.right("anna", "g.t2").areas == {"next.a"}
    assert room.right("lead", "g.t2", "desk", lead=True).dots == 1
    assert room.right("late", "g.t2") is None
