"""What is confirmed is kept, once; what is not kept is not confirmed."""

import pytest
from django.db import OperationalError, transaction

from cantiere.engine import live as rules
from cantiere.engine.live import Reason
from cantiere.foundation.live import actions, books, queries
from cantiere.foundation.live.books import Failure, Shelf
from cantiere.foundation.live.handlers import Receipt
from cantiere.foundation.live.models import LiveEvent, LiveRoom
from cantiere.foundation.live.submit import NotTakenError, submit
from tests.foundation.live.conftest import Room, key
from tests.proofs.site.poll import Poll, PollRules

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def kept(room):
    return list(LiveEvent.objects.filter(room=room.row).order_by("seq").values_list("seq", "kind", "actor"))


def replayed(room):
    return rules.replay(PollRules(), queries.log(room.row.pk))


def test_an_answer_gets_its_place_in_the_log(room):
    room.open()
    outcomes = room.commit(room.answer("vote", "a", choice=1), room.answer("vote", "b", choice=2))
    assert [outcome.seq for outcome in outcomes] == [2, 3]
    assert kept(room) == [(1, "open", "lead"), (2, "vote", "a"), (3, "vote", "b")]
    assert LiveRoom.objects.get(pk=room.row.pk).seq == 3
    assert replayed(room).own.tallies == {"q": [0, 1, 1, 0, 0]}


def test_the_same_again_gets_the_first_receipt_and_another_with_that_key_none(room):
    room.open()
    number = key()
    first = room.say("vote", number=number, choice=1)
    assert room.say("vote", number=number, choice=1) == first
    assert room.commit(room.answer("vote", number=number, choice=1), shelf=Shelf()) == [first]
    room.commit(room.answer("vote", "c", choice=1), shelf=Shelf())  # another process wrote meanwhile
    assert room.say("vote", number=number, choice=1) == first
    assert room.say("vote", number=number, choice=2) is Failure.CONFLICT
    assert room.say("vote", "b", number=number, choice=1) is Failure.CONFLICT
    assert len(kept(room)) == 3


def test_what_another_process_counted_is_not_counted_again(room):
    room.open()
    number, other = key(), Shelf()
    room.commit(room.answer("vote", "x", choice=0), shelf=other)
    first = room.say("vote", number=number, choice=1)
    assert room.commit(room.answer("vote", number=number, choice=1), shelf=other) == [first]
    assert len(kept(room)) == 3


class Forgetful(Poll):
    """Knows its state without reading the log."""

    def load(self, log):
        state = rules.fresh(self.rules)
        return rules.replay(self.rules, [next(log)], state) if LiveEvent.objects.exists() else state


def test_the_keys_are_read_to_the_end_whatever_a_kind_reads(room, monkeypatch):
    room.open()
    number = key()
    first = room.say("vote", number=number, choice=1)
    monkeypatch.setattr(books, "handler_of", lambda kind: Forgetful())
    book = books.Book(queries.heads([room.row.pk])[room.row.pk])
    assert number in {found.hex() for found in book._keys}
    assert first.seq in book._keys.values()


def test_twice_in_one_batch_counts_once(room):
    room.open()
    number = key()
    pair = [room.answer("vote", number=number, choice=1) for _ in range(2)]
    other = room.answer("vote", number=number, choice=3)
    outcomes = room.commit(*pair, other)
    assert outcomes[0] == outcomes[1]
    assert (outcomes[2], len(kept(room))) == (Failure.CONFLICT, 2)


def test_a_key_belongs_to_its_room(room):
    other = Room()
    number = key()
    assert isinstance(room.say("open", "lead", lead=True, number=number), Receipt)
    assert isinstance(other.say("open", "lead", lead=True, number=number), Receipt)


def test_refusals_leave_nothing(room):
    assert room.say("vote", choice=1).reason is Reason.NOT_OPEN
    assert room.say("open").reason is Reason.FORBIDDEN
    room.open()
    assert room.say("vote", choice=9).reason is Reason.WRONG
    room.say("close", "lead", lead=True, grace=0)
    assert room.say("vote", choice=1, later=50).reason is Reason.CLOSED
    assert len(kept(room)) == 2


def test_a_ticket_called_back_is_refused(room):
    room.open()
    early = room.answer("vote", "b", choice=1)
    room.say("revoke", "lead", lead=True, slot="", said={"actor": "b"}, later=1)
    assert room.commit(early) == [Failure.TICKET]
    assert isinstance(room.say("vote", "b", choice=1, later=50), Receipt)


def test_two_processes_write_one_log(room):
    room.open()
    shelves = [Shelf(), Shelf()]
    for number in range(10):
        answer = room.answer("vote", f"p{number}", choice=number % 5)
        outcome = room.commit(answer, shelf=shelves[number % 2])[0]
        assert outcome.seq == number + 2
    states = [shelf.book(queries.heads([room.row.pk])[room.row.pk])[0].state for shelf in shelves]
    assert states[0] == states[1] == replayed(room)


def test_a_closing_by_another_process_is_known_before_deciding(room):
    room.open()
    other = Shelf()
    room.commit(room.answer("vote", "x", choice=0), shelf=other)
    room.say("close", "lead", lead=True, grace=0)
    assert room.commit(room.answer("vote", "y", choice=1, later=50), shelf=other)[0].reason is Reason.CLOSED


def test_a_room_that_is_gone_is_refused_like_a_ticket(room):
    answer = room.answer("vote", choice=1)
    actions.remove(room=room.row)
    assert room.commit(answer) == [Failure.TICKET]


def test_a_long_log_is_read_whole(room, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 3)
    room.open()
    room.commit(*[room.answer("vote", f"p{number}", choice=1) for number in range(10)])
    assert [event.seq for event in queries.log(room.row.pk)] == list(range(1, 12))
    assert [event.seq for event in queries.log(room.row.pk, after=9)] == [10, 11]


def test_more_rows_than_one_statement_takes(room):
    room.open()
    answers = [room.answer("vote", f"p{number}", choice=1) for number in range(actions.ROWS * 2 + 1)]
    assert [outcome.seq for outcome in room.commit(*answers)] == list(range(2, actions.ROWS * 2 + 3))


def test_every_character_comes_back_as_it_was_sent(room):
    room.open()
    odd = 'a\tb\nc\rd\\e \\N \\. \\x41 "q" \u2028 🎉 ' + "".join(map(chr, range(1, 32)))
    room.say("vote", "act\\or\t1", said={"choice": 1, "text": odd})
    event = list(queries.log(room.row.pk))[-1]
    assert (event.actor, event.body["text"]) == ("act\\or\t1", odd)


class Faulty(Poll):
    """Keeping an answer with choice 4 fails; judging one with choice 3 does."""

    def decide(self, state, event):
        if event.body.get("choice") == 3:
            raise RuntimeError("judging")
        return super().decide(state, event)

    def record(self, batch):
        if any(entry.event.body.get("choice") == 4 for entry in batch.entries):
            raise RuntimeError("keeping")
        return super().record(batch)


def test_one_bad_answer_spoils_no_other(room, monkeypatch):
    monkeypatch.setattr(books, "handler_of", lambda kind: Faulty())
    room.open()
    answers = [room.answer("vote", f"p{choice}", choice=choice) for choice in (0, 3, 4, 1)]
    outcomes = room.commit(*answers, patiently=True)
    assert [type(outcome) for outcome in outcomes] == [Receipt, Failure, Failure, Receipt]
    assert outcomes[1:3] == [Failure.BROKEN, Failure.BROKEN]
    assert [actor for _seq, _kind, actor in kept(room)] == ["lead", "p0", "p1"]


def away(times, monkeypatch):
    """The database is away so many times, after everything was decided and written."""
    real, left = actions.append, [times]

    def append(*arguments):
        receipts = real(*arguments)
        if left[0]:
            left[0] -= 1
            raise OperationalError("away")
        return receipts

    monkeypatch.setattr(actions, "append", append)


def test_a_database_that_is_away_for_a_moment_is_asked_again(room, monkeypatch):
    room.open()
    away(1, monkeypatch)
    with transaction.atomic():
        assert isinstance(room.commit(room.answer("vote", choice=1), patiently=True)[0], Receipt)


def test_a_commit_that_fails_confirms_nothing(room, monkeypatch):
    room.open()

    class Failing(Poll):
        def record(self, batch):
            super().record(batch)
            raise OperationalError("the disk is full")

    monkeypatch.setattr(books, "handler_of", lambda kind: Failing())
    outcomes = room.commit(room.answer("vote", choice=1), shelf=Shelf(), patiently=True)
    assert (outcomes, len(kept(room))) == ([Failure.BUSY], 1)


def test_a_name_is_cut_out_and_what_was_counted_stays(room):
    room.open()
    room.say("vote", "anna", choice=1)
    assert actions.cut(actor="anna") == 1
    assert room.say("vote", "b", choice=2).seq == 3  # the changed log is read anew
    assert not LiveEvent.objects.filter(actor="anna").exists()
    book, _urgent = room.shelf.book(queries.heads([room.row.pk])[room.row.pk])
    assert (book.epoch, book.state.own.tallies["q"]) == (2, [0, 1, 1, 0, 0])
    assert "anna" not in book.state.own.votes["q"]


def test_a_form_hands_in_the_same_way(room):
    room.open()
    number = "formkey_-" + key()[:12]
    more = {"room": room.row.pk, "actor": "a", "kind": "vote", "slot": "q", "key": number}
    first = submit(body={"choice": 1}, **more)
    assert submit(body={"choice": 1}, **more) == first
    with pytest.raises(NotTakenError) as refused:
        submit(body={"choice": 2}, **more)
    assert refused.value.outcome is Failure.CONFLICT


def test_a_kind_nobody_registered_is_an_error():
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured):
        actions.make(kind="nothing", key="1")
