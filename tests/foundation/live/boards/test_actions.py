"""Boards from Python and in the database, without anybody connected."""

import secrets

import pytest
from django.db import OperationalError

from cantiere.engine.board import BoardRight, Why
from cantiere.engine.board_content import Figure
from cantiere.foundation.live import actions as rooms
from cantiere.foundation.live.boards import actions, changes, queries, storage
from cantiere.foundation.live.boards.document import EMPTY, Document
from cantiere.foundation.live.boards.storage import Compaction, Failure, Flush, Kept
from cantiere.foundation.live.models import Board, BoardHand, BoardUpdate

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ME = BoardRight("me", add=True, dots=3)
LEAD = BoardRight("lead", lead=True, dots=3)


@pytest.fixture
def room():
    return rooms.make(kind="tables", key=secrets.token_hex(4)).pk


def edit(room, *what, right=ME, key="t1"):
    actions.edit(room=room, key=key, right=right, changes=what)


def note(text="ciao", by="me", **more):
    return changes.add_note(text, by=by, **more)


def test_what_is_changed_is_read(room):
    first, second = note("prima", order=1, area="a"), note("seconda", order=2)
    edit(room, first, second)
    group = changes.add_cluster("gruppo")
    edit(room, group, changes.move_note(first.id, cluster=group.id), right=LEAD)
    edit(room, changes.edit_note(second.id, text="seconda, meglio", colour="blue"))
    edit(
        room,
        changes.add_comment(first.id, "giusto", by="me"),
        changes.vote({first.id: 2, group.id: 1}, by="me"),
    )
    edit(room, changes.add_link(first.id, second.id, by="me", label="poi"))
    content = queries.read(room, "t1")
    assert [(one.text, one.cluster, one.colour) for one in content.notes] == [
        ("prima", group.id, "yellow"),
        ("seconda, meglio", "", "blue"),
    ]
    assert [one.title for one in content.clusters] == ["gruppo"]
    assert [one.text for one in content.comments] == ["giusto"]
    assert [(one.source, one.target, one.label) for one in content.links] == [(first.id, second.id, "poi")]
    assert content.dots == {first.id: 2, group.id: 1}
    assert queries.figures(room) == {"t1": Figure(2, 1)}
    edit(room, changes.remove_note(first.id))
    assert [one.id for one in queries.read(room, "t1").removed] == [first.id]
    assert queries.read(room, "t1").dots == {group.id: 1}
    edit(room, changes.restore_note(first.id), changes.remove_comment(content.comments[0].id))
    edit(room, changes.remove_link(content.links[0].id))
    edit(room, changes.remove_cluster(group.id), changes.edit_cluster(group.id, title="altro"), right=LEAD)
    content = queries.read(room, "t1")
    assert (len(content.notes), content.comments, content.links, content.clusters) == (2, (), (), ())


def test_nothing_stands_where_nobody_wrote(room):
    assert queries.read(room, "t1").notes == ()
    assert (queries.contents(room), queries.figures(room)) == ({}, {})


def test_each_board_of_a_room_is_another(room):
    edit(room, note("uno"), key="t1")
    edit(room, note("due"), key="t2")
    other = rooms.make(kind="tables", key=secrets.token_hex(4)).pk
    edit(other, note("tre"), key="t1")
    assert {key: [one.text for one in content.notes] for key, content in queries.contents(room).items()} == {
        "t1": ["uno"],
        "t2": ["due"],
    }


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (lambda mine: [note(by="you")], Why.FORBIDDEN),
        (lambda mine: [note("x" * 501)], Why.WRONG),
        (lambda mine: [note(), changes.edit_note("0" * 12, text="x")], Why.WRONG),
        (lambda mine: [changes.add_cluster("x")], Why.FORBIDDEN),
        (lambda mine: [changes.vote({mine: 4}, by="me")], Why.WRONG),
        (lambda mine: [changes.edit_note(mine, colour="red")], Why.WRONG),
    ],
)
def test_what_is_not_allowed_changes_nothing(room, what, why):
    mine = note()
    edit(room, mine)
    with pytest.raises(actions.NotTakenError) as refused:
        edit(room, *what(mine.id))
    assert refused.value.why is why
    assert [one.id for one in queries.read(room, "t1").notes] == [mine.id]


def test_a_room_that_is_no_more_takes_nothing(room):
    with pytest.raises(actions.NotTakenError) as refused:
        edit(room + 1_000, note())
    assert refused.value.why is Failure.GONE


def test_a_board_goes_with_its_room(room):
    edit(room, note())
    rooms.remove(room=Board.objects.get().room)
    assert not Board.objects.exists()
    assert not BoardUpdate.objects.exists()
    assert not BoardHand.objects.exists()


def test_who_wrote_last_when_is_known_and_whoever_only_moved_or_gave_dots_did_not(room, monkeypatch):
    first = note("prima")
    monkeypatch.setattr(storage, "now", lambda: 1_000)
    edit(room, first)
    you = BoardRight("you", add=True, shape=True, dots=3)
    edit(room, changes.move_note(first.id, x=7.0), changes.vote({first.id: 1}, by="you"), right=you)
    assert queries.hands(room) == {"t1": {"me": 1_000}}
    monkeypatch.setattr(storage, "now", lambda: 2_000)
    edit(room, changes.add_comment(first.id, "sì", by="you"), right=you)
    edit(room, note("di carta", by="paper:t1", room=True), right=LEAD)
    assert queries.hands(room) == {"t1": {"me": 1_000, "you": 2_000, "paper:t1": 2_000}}
    monkeypatch.setattr(storage, "now", lambda: 3_000)
    edit(room, changes.edit_note(first.id, text="prima, meglio"))
    edit(room, changes.remove_note(first.id))
    assert queries.hands(room)["t1"]["me"] == 3_000


def test_a_template_is_laid_once(room):
    what = [note("esempio", by="paper:t1", room=True), changes.add_cluster("gruppo")]
    assert actions.seed(room=room, key="t1", changes=what)
    assert not actions.seed(room=room, key="t1", changes=what)
    content = queries.read(room, "t1")
    assert ([one.text for one in content.notes], [one.title for one in content.clusters]) == (
        ["esempio"],
        ["gruppo"],
    )


def test_a_name_is_cut_out_and_what_was_counted_stays_counted(room):
    mine, yours = note("mia"), note("tua", by="you")
    edit(room, mine)
    edit(room, yours, right=BoardRight("you", add=True, dots=3))
    edit(room, changes.vote({yours.id: 2}, by="me"), changes.add_comment(yours.id, "sì", by="me"))
    edit(room, note("altrove"), key="t2")
    edit(room, note("non mia", by="you"), right=BoardRight("you", add=True), key="t3")
    before = {board.key: board.epoch for board in Board.objects.all()}
    assert actions.erase(room=room, author="me") == 2
    content = queries.read(room, "t1")
    assert sorted((one.text, one.by[:4]) for one in content.notes) == [("mia", "cut-"), ("tua", "you")]
    assert content.dots == {yours.id: 2}
    assert queries.figures(room)["t1"] == Figure(2, 2)
    assert {key: set(hands) for key, hands in queries.hands(room).items()} == {"t1": {"you"}, "t3": {"you"}}
    assert {board.key: board.epoch - before[board.key] for board in Board.objects.all()} == {
        "t1": 1,
        "t2": 1,
        "t3": 0,
    }
    kept = b"".join(bytes(board.snapshot) for board in Board.objects.filter(key__in=["t1", "t2"]))
    assert b"\x02me" not in kept
    assert not BoardUpdate.objects.filter(board__key__in=["t1", "t2"]).exists()
    edit(room, note("dopo"))
    assert len(queries.read(room, "t1").notes) == 3


def test_what_somebody_wrote_can_go_with_the_name(room):
    mine = note("Anna Rossi, via Roma 3", photo="p1")
    edit(room, mine, changes.add_comment(mine.id, "chiamatemi", by="me"))
    actions.erase(room=room, author="me", words=True)
    content = queries.read(room, "t1")
    assert (content.notes, content.comments) == ((), ())
    assert [(one.text, one.photo) for one in content.removed] == [("", "")]
    kept = bytes(Board.objects.get().snapshot)
    assert b"Rossi" not in kept
    assert b"chiamatemi" not in kept


# Storage -----------------------------------------------------------------------------------------


def flush(room, document, *, key="t1", board=0, seq=0, epoch=1):
    return Flush((room, key), epoch, seq, document.fresh, document.figures(), board)


def writing(text):
    document = Document(EMPTY)
    own = changes.document_of(EMPTY)
    assert document.take(changes.update_of(own, [note(text)]), ME) is None
    return document


def test_many_boards_are_one_commit_each_with_its_number(room, django_assert_max_num_queries):
    flushes = [flush(room, writing(str(number)), key=f"t{number}") for number in range(20)]
    with django_assert_max_num_queries(46):  # two for each that is new, and six
        storage.commit(flushes)
    assert {type(one.outcome) for one in flushes} == {Kept}
    again = [flush(room, writing("x"), key=one.place[1], board=one.outcome.board, seq=1) for one in flushes]
    with django_assert_max_num_queries(45):
        storage.commit(again)
    assert {one.outcome.seq for one in again} == {2}


def test_what_others_added_before_is_told(room):
    storage.commit([flush(room, writing("uno")), flush(room, writing("due"), key="t2")])
    late = flush(room, writing("tre"), board=Board.objects.get(key="t1").pk)
    storage.commit([late])
    assert (late.outcome.seq, len(late.outcome.others)) == (2, 1)
    assert [one.text for one in queries.read(room, "t1").notes if one.text != "x"] != []


def test_who_missed_a_compaction_is_given_the_whole(room):
    for text in "abc":
        edit(room, note(text))
    stored = storage.load((room, "t1"))
    whole = Document(stored.base, stored.log)
    storage.commit([], [Compaction(stored.board, 1, 3, whole.compact(), whole.figures())])
    assert not BoardUpdate.objects.exists()
    edit(room, note("d"))
    head = storage.heads([stored.board])[stored.board]
    missed = storage.missed(head, 1)
    assert len(missed) == 2
    assert Document(EMPTY, missed).figures() == (4, 1)
    assert storage.missed(head, 3) == storage.load((room, "t1")).log


def test_an_older_compaction_changes_nothing(room):
    for text in "abc":
        edit(room, note(text))
    stored = storage.load((room, "t1"))
    whole = Document(stored.base, stored.log)
    storage.commit([], [Compaction(stored.board, 1, 3, whole.compact(), whole.figures())])
    storage.commit([], [Compaction(stored.board, 1, 2, EMPTY, (0, 0))])
    storage.commit([], [Compaction(stored.board, 7, 9, EMPTY, (0, 0))])
    assert queries.figures(room)["t1"] == Figure(3, 1)
    assert len(queries.read(room, "t1").notes) == 3


def test_a_document_made_anew_takes_nothing_of_the_old(room):
    edit(room, note())
    board = Board.objects.get()
    actions.erase(room=room, author="me")
    late = flush(room, writing("x"), board=board.pk, seq=1)
    storage.commit([late])
    assert late.outcome is Failure.ANEW
    gone = flush(room, writing("x"), board=board.pk + 1_000, seq=1)
    storage.commit([gone])
    assert gone.outcome is Failure.GONE
    assert len(queries.read(room, "t1").notes) == 1


def test_one_that_cannot_be_kept_keeps_no_other_from_it(room, monkeypatch):
    good, bad = flush(room, writing("x")), flush(room, writing("y"), key="t2")
    bad.figures = (-1, "x")  # a column refuses it
    storage.commit_patiently([good, bad])
    assert (type(good.outcome), bad.outcome) == (Kept, Failure.BUSY)
    assert list(queries.contents(room)) == ["t1"]


def test_where_the_database_was_away_it_is_tried_once_more(room, monkeypatch):
    real, tries = storage._append, []

    def append(*arguments):
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError
        real(*arguments)

    monkeypatch.setattr(storage, "_append", append)
    one = flush(room, writing("x"))
    storage.commit_patiently([one])
    assert (type(one.outcome), len(tries)) == (Kept, 2)
    monkeypatch.setattr(storage, "_append", lambda *_: (_ for _ in ()).throw(OperationalError))
    two = flush(room, writing("x"), key="t2")
    storage.commit_patiently([two])
    assert two.outcome is Failure.BUSY
