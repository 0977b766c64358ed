"""Who may change what on a board."""

import pytest

from cantiere.engine.board import (
    CLUSTERS,
    COMMENTS,
    LINKS,
    MOST,
    NOTES,
    VOTES,
    BoardRight,
    Change,
    Outline,
    Seen,
    Why,
    judge,
)
from cantiere.engine.board_content import Figure, content_of

MINE, YOURS, GROUP, OTHER = "a" * 12, "b" * 12, "c" * 12, "d" * 12
WRITER = BoardRight("me", add=True)
SHAPER = BoardRight("me", add=True, shape=True)
LEADER = BoardRight("lead", lead=True)


@pytest.fixture
def board():
    outline = Outline()
    for root, name, values in (
        (NOTES, MINE, {"text": "x", "by": "me", "area": "a"}),
        (NOTES, YOURS, {"text": "x", "by": "you", "area": "b"}),
        (CLUSTERS, GROUP, {"title": "x"}),
        (LINKS, MINE, {"from": MINE, "to": YOURS, "by": "me"}),
        (COMMENTS, YOURS, {"note": MINE, "text": "x", "by": "you"}),
    ):
        outline.apply(Change(root, name, values, made=True))
    return outline


def made(root, **values):
    usual = {
        NOTES: {"text": "ciao", "by": "me"},
        CLUSTERS: {"title": "t"},
        LINKS: {"from": MINE, "to": YOURS, "by": "me"},
        COMMENTS: {"note": YOURS, "text": "c", "by": "me"},
    }
    return Change(root, OTHER, {**usual[root], **values}, made=True)


def changed(root, name, **values):
    return Change(root, name, values)


@pytest.mark.parametrize(
    ("right", "change", "why"),
    [
        (WRITER, made(NOTES), None),
        (WRITER, made(NOTES, by="you"), Why.FORBIDDEN),
        (WRITER, made(NOTES, room=True), Why.FORBIDDEN),
        (WRITER, made(NOTES, cluster=GROUP), Why.FORBIDDEN),
        (SHAPER, made(NOTES, cluster=GROUP), None),
        (WRITER, made(NOTES, gone=True), None),  # added and taken away without a network
        (WRITER, made(CLUSTERS), Why.FORBIDDEN),
        (SHAPER, made(CLUSTERS), None),
        (BoardRight("me", shape=True), made(NOTES), Why.FORBIDDEN),
        (WRITER, made(LINKS), None),
        (WRITER, made(LINKS, by="you"), Why.FORBIDDEN),
        (WRITER, made(COMMENTS), None),
        (LEADER, made(NOTES, by="paper:t3", room=True), None),
        (LEADER, made(NOTES, by="you"), Why.FORBIDDEN),
        (LEADER, made(NOTES, by="lead", gone=True), None),
        (WRITER, changed(NOTES, MINE, text="y", colour="blue", x=1.0, gone=True), None),
        (WRITER, changed(NOTES, MINE, cluster=GROUP), Why.FORBIDDEN),
        (WRITER, changed(NOTES, MINE, room=True), Why.FORBIDDEN),
        (WRITER, changed(NOTES, YOURS, text="y"), Why.FORBIDDEN),
        (WRITER, changed(NOTES, YOURS, x=1.0), Why.FORBIDDEN),
        (SHAPER, changed(NOTES, YOURS, x=1.0, area="z", order=3, cluster=GROUP), None),
        (SHAPER, changed(NOTES, YOURS, x=1.0, text="y"), Why.FORBIDDEN),
        (SHAPER, changed(NOTES, YOURS, gone=True), Why.FORBIDDEN),
        (WRITER, changed(CLUSTERS, GROUP, title="y"), Why.FORBIDDEN),
        (SHAPER, changed(CLUSTERS, GROUP, title="y", gone=True), None),
        (WRITER, changed(LINKS, MINE, label="y", gone=True), None),
        (WRITER, changed(COMMENTS, YOURS, text="y"), Why.FORBIDDEN),
        (LEADER, changed(NOTES, YOURS, text="y", gone=False, room=True), None),
        (LEADER, changed(COMMENTS, YOURS, gone=True), None),
        (BoardRight("me"), made(NOTES), Why.CLOSED),
        (BoardRight("me", dots=3), changed(NOTES, MINE, text="y"), Why.CLOSED),
    ],
)
def test_rights(board, right, change, why):
    assert judge(change, right, board) == why


INSIDE = BoardRight("me", add=True, shape=True, areas=frozenset({"a"}))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (made(NOTES, area="a"), None),
        (made(NOTES, area="b"), Why.FORBIDDEN),
        (made(NOTES), Why.FORBIDDEN),
        (made(CLUSTERS, area="b"), Why.FORBIDDEN),
        (changed(NOTES, MINE, x=1.0), None),
        (changed(NOTES, MINE, area="b"), Why.FORBIDDEN),
        (changed(NOTES, YOURS, area="a"), Why.FORBIDDEN),
        (changed(NOTES, YOURS, x=1.0), Why.FORBIDDEN),
        (changed(NOTES, MINE, text="y"), None),
    ],
)
def test_notes_are_put_and_moved_only_in_the_areas_of_the_moment(board, change, why):
    assert judge(change, INSIDE, board) == why


@pytest.mark.parametrize(
    "values",
    [
        {"text": "x" * 501}, {"text": 3}, {"text": None}, {"text": "a\0b"}, {"text": ["x"]}, {"text": {"a": 1}},
        {"colour": "red"}, {"colour": ["yellow"]}, {"x": -1}, {"x": 1000.1}, {"x": float("nan")}, {"x": "3"},
        {"x": True}, {"order": float("inf")}, {"gone": 1}, {"room": "yes"}, {"cluster": "x"}, {"area": "a b"},
        {"photo": "javascript:alert(1)//"}, {"photo": "x" * 201}, {"by": "x" * 65}, {"by": ""}, {"title": "x"},
        {"more": 1},
    ],
)  # fmt: skip
def test_what_no_note_can_hold(board, values):
    for right in (WRITER, LEADER):
        assert judge(made(NOTES, **values), right, board) is Why.WRONG
        assert judge(changed(NOTES, MINE, **values), right, board) is Why.WRONG


@pytest.mark.parametrize(
    "change",
    [
        Change(NOTES, OTHER, {"by": "me"}, made=True),
        Change(NOTES, OTHER, {"text": "x"}, made=True),
        Change(NOTES, "x", {"text": "x", "by": "me"}, made=True),
        Change(NOTES, "A" * 12, {"text": "x", "by": "me"}, made=True),
        Change(CLUSTERS, OTHER, {}, made=True),
        Change(LINKS, OTHER, {"from": MINE, "to": OTHER, "by": "me"}, made=True),
        Change(COMMENTS, OTHER, {"note": OTHER, "text": "x", "by": "me"}, made=True),
        changed(NOTES, OTHER, text="x"),
        changed(NOTES, MINE, by="me"),
        changed(LINKS, MINE, to=MINE),
        changed(COMMENTS, YOURS, note=MINE),
    ],
)
def test_what_is_no_change(board, change):
    assert judge(change, BoardRight("me", add=True, shape=True, lead=True), board) is Why.WRONG


@pytest.mark.parametrize(
    ("author", "dots", "given", "why"),
    [
        ("me", 3, {MINE: 2, GROUP: 1}, None),
        ("me", 3, {}, None),
        ("me", 3, {MINE: 3.0}, None),
        ("me", 3, {MINE: 2, YOURS: 2}, Why.LIMITS),
        ("me", 3, {MINE: 4}, Why.WRONG),
        ("me", 3, {MINE: 0}, Why.WRONG),
        ("me", 3, {MINE: -1, YOURS: 3}, Why.WRONG),
        ("me", 3, {MINE: 1.5}, Why.WRONG),
        ("me", 3, {MINE: True}, Why.WRONG),
        ("me", 3, {MINE: "1"}, Why.WRONG),
        ("me", 3, {OTHER: 1}, Why.WRONG),
        ("you", 3, {MINE: 1}, Why.FORBIDDEN),
        ("me", 0, {MINE: 1}, Why.CLOSED),
    ],
)
def test_votes(board, author, dots, given, why):
    assert judge(Change(VOTES, author, given, made=True), BoardRight("me", add=True, dots=dots), board) == why


@pytest.mark.parametrize("root", [NOTES, CLUSTERS, LINKS, COMMENTS])
def test_a_board_holds_so_many(board, root):
    board.records[root].update({f"{number:012}": Seen() for number in range(MOST[root])})
    right = BoardRight("me", add=True, shape=True)
    assert judge(made(root), right, board) is Why.LIMITS


def test_so_many_vote(board):
    board.records[VOTES].update({f"{number}": Seen() for number in range(MOST[VOTES])})
    change = Change(VOTES, "me", {MINE: 1}, made=True)
    assert judge(change, BoardRight("me", dots=1), board) is Why.LIMITS


def test_figures_follow_what_is_removed_and_restored(board):
    assert board.figures() == (2, 2)
    board.apply(made(NOTES))
    assert board.figures() == (3, 2)
    board.apply(changed(NOTES, YOURS, gone=True))
    assert board.figures() == (2, 1)
    board.apply(changed(NOTES, YOURS, text="still gone"))
    assert board.figures() == (2, 1)
    board.apply(changed(NOTES, YOURS, gone=False))
    assert board.figures() == (3, 2)
    assert Figure() == Figure(0, 0)


def test_content_leaves_out_what_is_removed_and_what_hangs_on_it():
    note = {"text": "t", "by": "me", "order": 2, "x": 1}
    content = content_of(
        {
            NOTES: {
                MINE: {**note, "cluster": GROUP},
                YOURS: {**note, "order": 1.0, "cluster": OTHER},
                OTHER: {**note, "gone": True},
            },
            CLUSTERS: {GROUP: {"title": "g", "gone": False}, OTHER: {"title": "o", "gone": True}},
            LINKS: {
                MINE: {"from": MINE, "to": YOURS, "by": "me"},
                OTHER: {"from": MINE, "to": OTHER, "by": "me"},
            },
            COMMENTS: {
                MINE: {"note": MINE, "text": "c", "by": "me"},
                YOURS: {"note": OTHER, "text": "c", "by": "me"},
                OTHER: {"note": MINE, "text": "c", "by": "me", "gone": True},
            },
            VOTES: {"you": {MINE: 1.0, GROUP: 1}, "me": {MINE: 2, OTHER: 1}},
        }
    )
    assert [(note.id, note.cluster) for note in content.notes] == [(YOURS, ""), (MINE, GROUP)]
    assert [note.id for note in content.removed] == [OTHER]
    assert [cluster.title for cluster in content.clusters] == ["g"]
    assert [link.id for link in content.links] == [MINE]
    assert [comment.id for comment in content.comments] == [MINE]
    assert content.dots == {MINE: 3, GROUP: 1}
    assert content.votes["me"] == {MINE: 2}
    assert (content.note(MINE).text, content.note(OTHER)) == ("t", None)
