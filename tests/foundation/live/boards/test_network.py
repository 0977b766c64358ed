"""Boards on real sockets."""

import base64
import http.client
import json
import socket as plain_socket
import time

import pycrdt
import pytest
from websockets.exceptions import InvalidStatus

from cantiere.engine.board import BoardRight, Why
from cantiere.foundation.live import tickets
from cantiere.foundation.live.boards import actions, queries, socket, storage
from cantiere.foundation.live.boards.changes import add_note, edit_note, vote
from cantiere.foundation.live.boards.limits import Limits
from cantiere.foundation.live.models import Board, BoardUpdate, LiveRoom
from tests.proofs.boards import STEP_1, Person, a_note, changed, document, frame, number, values


@pytest.mark.django_db
def test_nothing_is_left_of_other_tests():
    assert not LiveRoom.objects.exists()


def test_what_one_writes_the_others_see_and_it_is_kept(hall):
    one, two = hall.person("a").synced(), hall.person("b").synced()
    note = one.note("by-a", "ciao")
    one.all_kept()
    two.until(lambda: two.values["notes"])
    assert two.values["notes"][note]["text"] == "ciao"
    late = hall.person("c").synced()
    assert late.values == two.values == one.values
    assert queries.read(hall.room, "t1").note(note).text == "ciao"


def test_first_comes_what_one_may_do(hall):
    person = hall.person("a").synced()
    assert person.told[0] == {
        "t": "right", "epoch": 1, "author": "by-a", "add": True, "shape": False, "lead": False, "dots": 3,
        "areas": None,
    }  # fmt: skip


def test_two_who_write_at_once_end_with_the_same(hall):
    one, two = hall.person("a", lead=True).synced(), hall.person("b", lead=True).synced()
    note = one.note("by-a")
    two.until(lambda: note in two.values["notes"])
    one.set("notes", note, text="di uno", x=1.0)
    two.set("notes", note, text="di due", y=2.0)
    one.all_kept()
    two.all_kept()
    third = hall.person("c").synced()
    for person in (one, two):
        person.until(lambda who=person: who.values == third.values)


def test_what_is_not_allowed_reaches_nobody(hall):
    one, two = hall.person("a").synced(), hall.person("b").synced()
    note = one.note("by-a", "mia")
    two.until(lambda: note in two.values["notes"])
    sent = two.set("notes", note, text="tua")
    assert two.last("refused") == {"t": "refused", "n": sent, "why": "forbidden"}
    assert hall.person("c").synced().values["notes"][note]["text"] == "mia"
    two.doc = document()  # as the page does
    two.start()
    two.synced()
    own = two.note("by-b", "questa sì")
    two.all_kept()
    one.until(lambda: own in one.values["notes"])


def test_updates_that_come_before_what_they_build_on_wait_for_it(hall):
    """The line broke, one wrote on; the new line brings the new first, then what was not confirmed."""
    person = hall.person("a").synced()
    person.close()
    first = changed(
        person.doc, lambda doc: doc["notes"].__setitem__(number(), pycrdt.Map(a_note("by-a", "1")))
    )
    assert first
    person.start()
    person.note("by-a", "2")
    time.sleep(0.3)  # the second step takes its time
    person.synced()
    assert {note.text for note in queries.read(hall.room, "t1").notes} == {"1", "2"}


def test_the_right_follows_the_state_of_the_room(hall):
    person = hall.person("a").synced()
    hall.mode(add=False, dots=0)
    person.until(lambda: person.of("right")[-1]["add"] is False)
    sent = person.note("by-a")
    assert person.last("refused")["why"] == "closed", sent
    hall.mode(add=True, areas=["a"])
    person.until(lambda: person.of("right")[-1]["areas"] == ["a"])


def test_who_is_called_back_is_let_go_and_does_not_return(hall):
    person, other = hall.person("a").synced(), hall.person("b").synced()
    time.sleep(0.002)
    hall.revoke("a")
    person.until(lambda: person.closed)
    assert (person.closed, person.told[-1]) == (4403, {"t": "gone"})
    person.start()
    person.until(lambda: person.closed)
    assert person.closed == 4403
    other.note("by-b")
    other.all_kept()


@pytest.mark.parametrize("what", ["forged", "of another room", "no board", "another group", "nothing"])
def test_whoever_has_no_right_is_told_so(hall, what):
    ticket, key = hall.ticket(), "t1"
    if what == "forged":
        ticket = ticket[:-1] + ("A" if ticket[-1] != "A" else "B")
    elif what == "of another room":
        ticket = tickets.issue(room=hall.room + 1, actor="a", audience="group:t1")
    elif what == "nothing":
        ticket = ""
    else:
        key = "x" if what == "no board" else "t2"
    person = Person(hall.station.port, hall.room, key, ticket)
    person.until(lambda: person.closed)
    assert (person.closed, person.told) == (4403, [{"t": "gone"}])


def test_a_page_of_another_site_opens_nothing(hall):
    with pytest.raises(InvalidStatus, match="403"):
        hall.person("a", origin="https://altrove.example")
    hall.person("a", origin=f"http://127.0.0.1:{hall.station.port}").synced()


def test_no_other_address_is_reached_by_a_socket(hall):
    with pytest.raises(InvalidStatus, match="403"):
        Person(hall.station.port, hall.room, "t1/x", hall.ticket())


def test_a_room_that_is_removed_lets_everybody_go(hall):
    person = hall.person("a").synced()
    person.note("by-a")
    person.all_kept()
    LiveRoom.objects.filter(pk=hall.room).delete()
    person.until(lambda: person.closed)
    assert person.closed == 4403
    assert not Board.objects.filter(room_id=hall.room).exists()


@pytest.mark.parametrize(
    "sent", [b"\x01\x00\x00", b"\0", b"\0\x03\0", b"\0\x02\x05a", b"\0\0\x02\xff\xff", "{"]
)
def test_what_is_no_message_ends_the_connection(hall, sent):
    person = hall.person("a").synced()
    person.link.send(sent)
    person.until(lambda: person.closed)
    assert person.closed == 4400


def test_presence_says_how_many_and_who_writes_where(hall):
    one, two = hall.person("a").synced(), hall.person("b").synced()
    one.link.send(json.dumps({"t": "editing", "note": "0" * 12}))
    two.until(lambda: two.of("presence") and two.of("presence")[-1]["editing"])
    assert two.of("presence")[-1] == {"t": "presence", "people": 2, "editing": {"0" * 12: "by-a"}}
    one.close()
    two.until(lambda: two.of("presence")[-1] == {"t": "presence", "people": 1, "editing": {}})


def test_too_many_refusals_end_the_connection(hall, monkeypatch):
    monkeypatch.setattr(
        hall.station.desk.boards, "limits", Limits(refusals=Limits().refusals.__class__(0.1, 3))
    )
    person = hall.person("a").synced()
    for _ in range(5):
        person.send(changed(document(), lambda doc: doc["notes"].__setitem__("x", pycrdt.Map({"by": "z"}))))
    person.until(lambda: person.closed)
    assert person.closed == 4429


def test_one_person_has_so_many_connections(hall):
    people = [hall.person("a").synced() for _ in range(Limits().streams)]
    over = hall.person("a")
    over.until(lambda: over.closed)
    assert over.closed == 4429
    people[0].close()
    hall.station.until(lambda: hall.station.desk.boards.connected < len(people))
    hall.person("a").synced()


def test_whoever_is_too_quick_is_read_more_slowly_and_loses_nothing(hall):
    person = hall.person("a").synced()
    begun = time.monotonic()
    for count in range(60):
        person.note("by-a", str(count))
    person.until(lambda: person.kept == person.sent, 10)
    assert time.monotonic() - begun > 0.7
    assert len(queries.read(hall.room, "t1").notes) == 60


def test_whoever_does_not_read_holds_up_nobody_and_is_let_go(hall, monkeypatch):
    monkeypatch.setattr(socket, "MOST_QUEUED", 5)
    monkeypatch.setattr(socket, "STALLED", 0.5)
    narrow = plain_socket.socket()
    narrow.setsockopt(plain_socket.SOL_SOCKET, plain_socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", hall.station.port))
    hall.person("s", sock=narrow)  # and reads nothing
    one = hall.person("a").synced()
    names = [number() for _ in range(60)]
    for count in range(40):
        text = f"{count:03}" + "x" * 497
        one.edit(
            lambda doc: [
                doc["notes"].__setitem__(name, pycrdt.Map(a_note("by-a")))
                for name in names
                if name not in doc["notes"]
            ]
        )
        one.edit(lambda doc: [doc["notes"][name].__setitem__("text", text) for name in names])  # noqa: B023
        one.all_kept()
    hall.station.until(lambda: hall.station.desk.boards.connected == 1)
    assert one.kept == one.sent


def test_the_log_becomes_a_snapshot(hall, monkeypatch):
    monkeypatch.setattr("cantiere.foundation.live.boards.board.COMPACT_AFTER", 3)
    person = hall.person("a").synced()
    for count in range(8):
        person.note("by-a", str(count))
        person.all_kept()
    board = Board.objects.get(room=hall.room)
    hall.station.until(lambda: BoardUpdate.objects.filter(board=board).count() < 3)
    board.refresh_from_db()
    assert (board.seq, board.notes, board.authors) == (8, 8, 1)
    assert board.up_to >= 6
    assert len(queries.read(hall.room, "t1").notes) == 8


def test_a_board_nobody_is_at_is_closed_with_its_log_in_the_snapshot(hall, monkeypatch):
    monkeypatch.setattr("cantiere.foundation.live.boards.board.STAYS", 0.0)
    person = hall.person("a").synced()
    person.note("by-a")
    person.all_kept()
    person.close()
    hall.station.until(lambda: not BoardUpdate.objects.filter(board__room=hall.room).exists())
    assert (hall.room, "t1") not in hall.station.desk.boards._boards
    assert len(queries.read(hall.room, "t1").notes) == 1


# By plain requests -------------------------------------------------------------------------------


def ask(hall, method, path="", body=b"", ticket="", key="t1"):
    link = http.client.HTTPConnection("127.0.0.1", hall.station.port, timeout=30)
    headers = {"Authorization": f"Live {ticket or hall.ticket()}"}
    link.request(method, f"/live/{hall.room}/board/{key}{path}", body, headers)
    response = link.getresponse()
    told = response.status, json.loads(response.read() or b"null")
    link.close()
    return told


def test_where_sockets_are_blocked_requests_do_the_same(hall):
    doc = document()
    note = number()
    update = changed(doc, lambda doc: doc["notes"].__setitem__(note, pycrdt.Map(a_note("by-a", "ciao"))))
    assert ask(hall, "POST", body=update) == (200, {"kept": True})
    assert ask(hall, "POST", body=update) == (200, {"kept": True})
    status, told = ask(hall, "GET")
    assert (status, told["right"]["author"], told["presence"]["people"]) == (200, "by-a", 1)
    assert values(document(base64.b64decode(told["update"])))["notes"][note]["text"] == "ciao"


def test_a_poll_waits_for_news(hall):
    one = hall.person("b").synced()
    state = base64.urlsafe_b64encode(document().get_state()).rstrip(b"=").decode()
    begun = time.monotonic()
    assert ask(hall, "GET", f"?sv={state}&wait=1") == (204, None)
    assert time.monotonic() - begun > 0.9
    one.note("by-b")
    status, told = ask(hall, "GET", f"?sv={state}&wait=20")
    assert status == 200
    assert len(values(document(base64.b64decode(told["update"])))["notes"]) == 1


def test_refusals_by_request(hall):
    doc = document()
    first = changed(doc, lambda doc: doc["notes"].__setitem__(number(), pycrdt.Map(a_note("by-a"))))
    second = changed(doc, lambda doc: doc["notes"].__setitem__(number(), pycrdt.Map(a_note("by-a"))))
    other = changed(document(), lambda doc: doc["notes"].__setitem__(number(), pycrdt.Map(a_note("by-z"))))
    assert first
    assert ask(hall, "POST", body=second) == (409, {"error": "missing"})
    assert ask(hall, "POST", body=other) == (403, {"error": "forbidden"})
    assert ask(hall, "POST", body=b"xx") == (422, {"error": "wrong"})
    assert ask(hall, "POST", body=b"x" * 262_145) == (413, {"error": "too_large"})
    assert ask(hall, "POST", body=first, ticket="x.y") == (403, {"error": "ticket"})
    assert ask(hall, "POST", body=first, key="t2") == (403, {"error": "ticket"})
    assert ask(hall, "PUT", body=first)[0] == 405
    assert ask(hall, "GET", "?sv=%%%") == (422, {"error": "wrong"})
    assert ask(hall, "GET", "?sv=____")[0] == 422
    assert queries.figures(hall.room) == {}


# From Python, while people are connected ---------------------------------------------------------


def test_what_a_page_without_script_does_is_seen_by_those_connected(hall):
    one = hall.person("a").synced()
    right = BoardRight("by-b", add=True, dots=2)
    note = add_note("dalla pagina", by="by-b")
    actions.edit(room=hall.room, key="t1", right=right, changes=[note])
    one.until(lambda: note.id in one.values["notes"])
    actions.edit(room=hall.room, key="t1", right=right, changes=[vote({note.id: 2}, by="by-b")])
    one.until(lambda: one.values["votes"] == {"by-b": {note.id: 2}})
    own = one.note("by-a")
    one.all_kept()
    with pytest.raises(actions.NotTakenError) as refused:
        actions.edit(room=hall.room, key="t1", right=right, changes=[edit_note(own, text="tua")])
    assert refused.value.why is Why.FORBIDDEN
    assert queries.read(hall.room, "t1").dots == {note.id: 2}


def test_a_document_made_anew_lets_everybody_come_again(hall):
    one, two = hall.person("a").synced(), hall.person("b").synced()
    note, other = one.note("by-a", "mia"), two.note("by-b", "tua")
    one.all_kept()
    two.all_kept()
    assert actions.erase(room=hall.room, author="by-a", words=True) == 1
    one.until(lambda: one.closed)
    assert one.closed == 4409
    one.doc = document()
    one.start()
    one.synced()
    assert one.told[0]["epoch"] == 2
    assert one.values["notes"][note]["text"] == ""
    assert one.values["notes"][note]["by"].startswith("cut-")
    assert one.values["notes"][other] == two.values["notes"][other]
    stored = storage.load((hall.room, "t1"))
    assert b"by-a" not in stored.base + b"".join(stored.log)
    assert b"mia" not in stored.base


def test_a_client_with_the_old_document_brings_nothing_back(hall):
    one, two = hall.person("a").synced(), hall.person("b").synced()
    note = one.note("by-a", "mia")
    two.until(lambda: note in two.values["notes"])
    one.all_kept()
    actions.erase(room=hall.room, author="by-a", words=True)
    two.until(lambda: two.closed)
    two.start()  # with what it had
    two.until(lambda: two.of("refused"))
    stored = storage.load((hall.room, "t1"))
    assert b"mia" not in stored.base + b"".join(stored.log)


def test_a_frame_of_step_one_may_be_empty(hall):
    person = hall.person("a").synced()
    person.link.send(frame(STEP_1, b"\0"))
    person.until(lambda: person.steps == 3)
