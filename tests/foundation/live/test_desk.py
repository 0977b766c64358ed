"""What is sent in is looked at before anything is done with it."""

import json

import pytest

from cantiere.engine.live import State
from cantiere.foundation.live import desk, meters, tickets
from cantiere.foundation.live.desk import Desk, WrongError, key_of
from cantiere.foundation.live.hub import Hub
from cantiere.foundation.live.meters import Meter
from tests.foundation.live.conftest import generous, key
from tests.proofs.site.poll import Poll

GOOD = {"key": "0" * 32, "kind": "vote", "slot": "q", "body": {"choice": 1}}


@pytest.fixture
def made():
    return Desk(Hub(), generous())


def act(made, body, *, room=7, actor="a", address="203.0.113.1", ticket=None):
    text = ticket if ticket is not None else tickets.issue(room=room, actor=actor, audience="screen")
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return made.act(7, text, sent, address, lambda _: None)


def test_a_good_answer_waits_for_the_writer(made):
    assert act(made, GOOD) is None
    assert made.hub.writer.waiting == 1


HOSTILE = {
    "nothing": b"",
    "no json": b"vote",
    "a list": [GOOD],
    "a word": "vote",
    "not a number": b'{"key":"%s","kind":"vote","body":{"n":NaN}}' % (b"0" * 32),
    "infinite": b'{"key":"%s","kind":"vote","body":{"n":1e999}}' % (b"0" * 32),
    "endless digits": b'{"key":"%s","kind":"vote","body":{"n":%s}}' % (b"0" * 32, b"9" * 5000),
    "too deep": b'{"key":"%s","kind":"vote","body":%s' % (b"0" * 32, b'{"a":' * 3000),
    "deep but whole": b'{"key":"%s","kind":"vote","body":{"a":%s%s}}' % (b"0" * 32, b"[" * 7000, b"]" * 7000),
    "not UTF-8": b'{"key":"%s","kind":"vote","body":{"a":"\xff"}}' % (b"0" * 32),
    "half a character": b'{"key":"%s","kind":"vote","body":{"a":"\\ud800"}}' % (b"0" * 32),
    "a null character": b'{"key":"%s","kind":"vote","body":{"a":"\\u0000"}}' % (b"0" * 32),
    "no key": {**GOOD, "key": None},
    "a short key": {**GOOD, "key": "0" * 15},
    "a long key": {**GOOD, "key": "0" * 65},
    "a strange key": {**GOOD, "key": "0" * 31 + "é"},
    "a key with a line": {**GOOD, "key": "0" * 31 + "\n"},
    "a strange kind": {**GOOD, "kind": "Vote!"},
    "a kind with a line": {**GOOD, "kind": "vote\n"},
    "a list of kinds": {**GOOD, "kind": ["vote"]},
    "a strange slot": {**GOOD, "slot": "a b"},
    "no slot": {**GOOD, "slot": None},
    "a list for a body": {**GOOD, "body": [1]},
    "more than asked": {**GOOD, "lead": True},
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_event_is_refused(made, body):
    assert act(made, body).status == 422
    assert made.hub.writer.waiting == 0


def test_what_is_too_large_is_refused(made):
    assert act(made, {**GOOD, "body": {"a": "x" * 1_000_000}}).status == 413


def refusals(made):
    good = tickets.issue(room=7, actor="a", audience="screen")
    moment = tickets.now()
    old = tickets.sign(tickets.Ticket(7, "a", "screen", False, moment - 400_000, moment - 1))
    foreign = tickets.issue(room=8, actor="a", audience="screen")
    return [good + "x", "", old, foreign]


def test_forged_expired_and_foreign_are_refused_alike(made):
    assert {act(made, GOOD, ticket=ticket) for ticket in refusals(made)} == {desk.NO_TICKET}
    made.hub._revoked[7] = {"a": tickets.now() + 1_000}
    assert act(made, GOOD) == desk.NO_TICKET
    assert made.renew(7, tickets.issue(room=7, actor="a", audience="screen"), "x", print) == desk.NO_TICKET
    assert made.listen(7, tickets.issue(room=7, actor="a", audience="screen"), "x") == desk.NO_TICKET


def test_a_ticket_is_checked_before_what_was_sent(made):
    assert act(made, b"\xff" * 100_000, ticket="forged") == desk.NO_TICKET


def test_somebody_who_hammers_waits_and_nobody_else(made):
    made.limits = meters.usual()
    outcomes = [act(made, {**GOOD, "key": key()}) for _ in range(30)]
    assert [reply is None for reply in outcomes] == [True] * 20 + [False] * 10
    assert {reply.status for reply in outcomes[20:]} == {429}
    assert all(1 <= reply.wait <= 5 for reply in outcomes[20:])
    assert act(made, GOOD, actor="b") is None


def test_guessing_tickets_is_slowed_by_address(made):
    made.limits.forged = Meter(1, 5)
    statuses = [act(made, GOOD, ticket="x").status for _ in range(8)]
    assert statuses == [403] * 5 + [429] * 3
    assert act(made, GOOD, ticket="x", address="203.0.113.2").status == 403
    assert act(made, GOOD) is None  # the honest one behind the same address


def test_a_full_queue_says_when_to_come_back(made, monkeypatch):
    monkeypatch.setattr("cantiere.foundation.live.writer.MOST_WAITING", 2)
    replies = [act(made, {**GOOD, "key": key()}) for _ in range(4)]
    assert replies[:2] == [None, None]
    assert [(reply.status, reply.wait > 0) for reply in replies[2:]] == [(503, True)] * 2


def test_streams_have_a_number(made):
    for _stream in range(made.limits.streams):
        made.hub.attendance.come(7, "a")
    ticket = tickets.issue(room=7, actor="a", audience="screen")
    assert made.listen(7, ticket, "x").status == 429
    made.hub.attendance.go(7, "a")
    assert isinstance(made.listen(7, ticket, "x"), tickets.Ticket)
    made.hub.open = made.limits.streams_in_all
    assert made.listen(7, ticket, "x").status == 503


def test_a_renewed_ticket_is_the_same_for_longer(made):
    heard = []
    text = tickets.issue(room=7, actor="a", audience="screen", lead=True)
    assert made.renew(7, text, "x", heard.append) is None
    question = made.hub.writer._queue.get()
    question.done(question.ask(State(None), Poll()))
    told = json.loads(heard[0].body)
    renewed = tickets.read(told["ticket"], 7)
    assert (renewed.actor, renewed.audience, renewed.lead) == ("a", "screen", True)
    assert (told["audience"], told["own"]) == ("screen", None)


def test_who_asks_too_often_for_a_ticket_waits(made):
    made.limits = meters.usual()
    text = tickets.issue(room=7, actor="a", audience="screen")
    replies = [made.renew(7, text, "x", print) for _ in range(12)]
    assert [reply and reply.status for reply in replies] == [None] * 10 + [429] * 2


def test_a_forms_key_and_a_phones_key_are_128_bits():
    assert key_of("ab" * 16) == bytes.fromhex("ab" * 16)
    assert len(key_of("AB-_" * 4)) == 16 != key_of("AB-_" * 5)
    with pytest.raises(WrongError):
        key_of("short")


def test_a_meter_fills_again_and_forgets_who_paused(monkeypatch):
    meter = Meter(2, 4)
    assert [meter.take("a", 0.0) for _ in range(5)] == [0, 0, 0, 0, 0.5]
    assert meter.take("a", 0.5) == 0
    assert meter.take("a", 0.6) > 0
    monkeypatch.setattr(meters, "MOST_KEPT", 100)
    for number in range(1_000):
        meter.take(f"n{number}", 100.0 + number)
    assert len(meter._left) <= 101
    for number in range(1_000):
        meter.take(f"m{number}", 2_000.0)
    assert len(meter._left) <= 101
