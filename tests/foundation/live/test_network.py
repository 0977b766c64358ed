"""Live requests on real sockets, by the short way through uvicorn and by any server's: the same answers."""

import http.client
import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import transaction

from cantiere.foundation.live import body as bodies
from cantiere.foundation.live import queries, wire
from cantiere.foundation.live.meters import Meter
from cantiere.foundation.live.models import LiveEvent, LiveRoom
from cantiere.foundation.live.submit import NotTakenError, submit
from tests.foundation.live.conftest import Room, key


def post(station, path, body, ticket="", connection=None):
    own = connection or http.client.HTTPConnection("127.0.0.1", station.port, timeout=5)
    headers = {"Authorization": f"Live {ticket}", "Content-Type": "application/json"}
    own.request("POST", path, body if isinstance(body, bytes) else json.dumps(body), headers)
    response = own.getresponse()
    told = response.status, json.loads(response.read() or b"null")
    if connection is None:
        own.close()
    return told


class Stream:
    """One listener, read by hand."""

    def __init__(self, station, room, ticket, more=""):
        self.link = station.link()
        self.link.sendall(
            f"GET /live/{room.row.pk}/news?t={ticket}{more} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        self.read = b""

    def until(self, words: bytes):
        while words not in self.read:
            data = self.link.recv(65_536)
            assert data, self.read
            self.read += data
        return self.read

    def ended(self):
        while data := self.link.recv(65_536):
            self.read += data
        self.link.close()
        return True


class Live(Room):
    kind = "poll"

    def __init__(self, station):
        super().__init__(self.kind)
        self.station = station
        self.lead = self.ticket("lead", "desk", lead=True)

    def act(self, kind, ticket=None, *, number="", slot="q", connection=None, **body):
        sent = {"key": number or key(), "kind": kind, "slot": slot, "body": body}
        return post(self.station, f"/live/{self.row.pk}/act", sent, ticket or self.lead, connection)


@pytest.fixture
def live(station):
    return Live(station)


@pytest.mark.django_db
def test_nothing_is_left_of_other_tests():
    """Asking for the database here also makes it for the servers of this module."""
    assert not LiveRoom.objects.exists()


def test_an_evening(station, live):
    """Open, vote, the screen sees it, close, late, call back, renew: on both ways."""
    voter = live.ticket("a")
    screen = Stream(station, live, live.ticket("s"))
    assert b"text/event-stream" in screen.until(b".0\ndata: {")
    assert live.act("vote", voter, choice=1) == (409, {"error": "not_open"})
    assert live.act("open")[0] == 200
    number = key()
    first = live.act("vote", voter, number=number, choice=1, n=1)
    assert first[0] == 200
    assert live.act("vote", voter, number=number, choice=1, n=1) == first
    assert live.act("vote", voter, number=number, choice=2, n=1) == (409, {"error": "conflict"})
    assert b'"q":[0,1,0,0,0]' in screen.until(f".{first[1]['seq']}\n".encode() + b"data: {")
    assert live.act("close", voter, grace=0) == (403, {"error": "forbidden"})
    closed = live.act("close", grace=0)[1]["at"]
    time.sleep(0.005)
    assert live.act("vote", voter, choice=3, n=9) == (410, {"error": "closed", "at": closed})
    assert live.act("revoke", slot="", actor="s")[0] == 200
    assert screen.ended()
    assert live.act("vote", live.ticket("b"), choice="x")[0] == 410
    status, renewed = post(station, f"/live/{live.row.pk}/ticket", b"", voter)
    assert (status, live.act("nonsense", renewed["ticket"], slot="")[0]) == (200, 422)
    assert live.act("vote", "x")[1] == live.act("vote", Room().ticket())[1] == {"error": "ticket"}
    assert LiveEvent.objects.filter(room=live.row).count() == 4


def test_waiting_for_one_answer_where_streams_are_blocked(station, live):
    ticket = live.ticket("p", "phone")
    path = f"/live/{live.row.pk}/news?t={ticket}"

    def get(more):
        own = http.client.HTTPConnection("127.0.0.1", station.port, timeout=8)
        own.request("GET", path + more)
        response = own.getresponse()
        told = response.status, response.read()
        own.close()
        return told

    status, body = get("&wait=5")
    state = json.loads(body)
    assert (status, state["state"]["tallies"]) == (200, {})
    assert get(f"&wait=0&after={state['id']}") == (204, b"")
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(get, f"&wait=5&after={state['id']}")
        time.sleep(0.1)
        live.act("open")
        assert json.loads(later.result()[1])["id"].endswith(".1")
    station.until(lambda: station.desk.hub.open == 0)


def test_a_form_and_a_phone_reach_the_same_writer(station, live):
    live.act("open")
    vote = {"room": live.row.pk, "actor": "a", "kind": "vote", "slot": "q", "body": {"choice": 1}}
    first = submit(key="0" * 32, **vote)
    assert live.act("vote", live.ticket("a"), number="0" * 32, choice=1) == (200, {"seq": 2, "at": first.at})
    with pytest.raises(NotTakenError):
        submit(key="0" * 32, **{**vote, "body": {"choice": 2}})
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside of transactions"):
        submit(**vote)


def test_addresses_that_lead_nowhere(station, live):
    found = [
        post(station, path, b"")[0]
        for path in ("/live/", "/live/0/act", "/live/x/act", "/live/1/else", f"/live/{'9' * 30}/act")
    ]
    assert found == [404] * 5
    with closing(http.client.HTTPConnection("127.0.0.1", station.port, timeout=5)) as own:
        for method, what, status in (("GET", "act", 405), ("POST", "news", 405), ("DELETE", "act", 405)):
            own.request(method, f"/live/{live.row.pk}/{what}")
            response = own.getresponse()
            response.read()
            assert response.status == status


def test_a_room_that_goes_ends_its_streams(station, live):
    screen = Stream(station, live, live.ticket("s"))
    screen.until(b"data: {")
    LiveRoom.objects.filter(pk=live.row.pk).delete()
    assert screen.ended()
    late = Stream(station, live, live.ticket("t"))
    assert late.ended()
    assert b"200 OK" in late.read


# Only the short way -----------------------------------------------------------------------------


def exchange(station, *parts, pause=0.0):
    """Send raw parts; give the status lines that come back until the server is silent or closes."""
    with station.link() as link:
        for part in parts:
            link.sendall(part)
            if pause:
                time.sleep(pause)
        link.settimeout(3)
        read = b""
        try:
            while data := link.recv(65_536):
                read += data
                link.settimeout(0.3)
        except TimeoutError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", read)]


def raw(live, *headers, body=None, ticket=None, choice=1):
    vote = {"key": key(), "kind": "vote", "slot": "q", "body": {"choice": choice}}
    sent = json.dumps(vote).encode() if body is None else body
    lines = [
        f"POST /live/{live.row.pk}/act HTTP/1.1", "Host: localhost", f"Authorization: Live {ticket or live.lead}",
        *(headers or [f"Content-Length: {len(sent)}"]),
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + sent


PAGE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def open_room(wired):
    live = Live(wired)
    live.act("open")
    return live


def test_pages_and_answers_take_turns_on_one_connection(wired, open_room):
    passed = []
    real = wire.Wire._pass_on
    wire.Wire._pass_on = lambda self, data: (passed.append(data), real(self, data))[1]
    try:
        assert (
            exchange(wired, raw(open_room), PAGE, raw(open_room), PAGE, raw(open_room), pause=0.06)
            == [200] * 5
        )
    finally:
        wire.Wire._pass_on = real
    assert passed == [PAGE, PAGE]


@pytest.mark.parametrize("order", ["aa", "ap", "pa", "apa", "aaaa", "pp"])
def test_requests_sent_without_waiting_are_answered_in_order(wired, open_room, order):
    parts = b"".join(raw(open_room) if one == "a" else PAGE for one in order)
    assert exchange(wired, parts) == [200] * len(order)


def test_a_request_that_comes_in_pieces(wired, open_room):
    whole = raw(open_room)
    assert exchange(wired, *[whole[at : at + 40] for at in range(0, len(whole), 40)], pause=0.003) == [200]
    assert exchange(wired, whole[:3], whole[3:], pause=0.02) == [200]


@pytest.mark.parametrize(
    ("headers", "body", "statuses"),
    [
        (["Transfer-Encoding: chunked"], b"0\r\n\r\n", [422]),
        (["Content-Length: 4", "Transfer-Encoding: chunked"], b"0\r\n\r\n", [400, 422]),
        (["Content-Length: 4", "Content-Length: 5"], b"12345", [400]),
        (["Content-Length: +4"], b"1234", [400]),
        (["Content-Length: 99999999"], b"", [413]),
        ([" folded: yes", "Content-Length: 2"], b"{}", [403]),
        (["Content-Length : 2"], b"{}", [400]),
        (["A: b\nContent-Length: 2"], b"{}", [400, 422]),
        (["A: b\0c", "Content-Length: 2"], b"{}", [400]),
        (["Expect: 100-continue", "Content-Length: 2"], b"{}", [100, 422]),
        (["Upgrade: websocket", "Connection: upgrade", "Content-Length: 2"], b"{}", [400, 422, None]),
        (["Connection: close", "Content-Length: 2"], b"{}", [422]),
    ],
)
def test_what_is_unusual_goes_the_patient_way(wired, open_room, headers, body, statuses, monkeypatch):
    monkeypatch.setattr(bodies, "SLOWEST", 0.1)
    told = exchange(wired, raw(open_room, *headers, body=body) + raw(open_room))
    assert 200 not in told[:1]
    assert next(iter(told), None) in statuses  # no answer where the protocol of sockets gives none
    assert set(told[1:]) <= {200, 400, *statuses}


def test_what_hangs_is_ended(wired, open_room, monkeypatch):
    monkeypatch.setattr(wire, "SLOWEST_REQUEST", 0.1)
    monkeypatch.setattr(wire, "SILENT", 0.1)
    whole = raw(open_room)
    links = [wired.link() for _ in range(3)]
    links[0].sendall(whole[:30])
    links[1].sendall(whole[:-5])
    links[2].sendall(PAGE[:10])
    for link in links:
        link.settimeout(4)
        with closing(link):
            assert link.recv(100) == b""


def test_a_reader_that_stops_costs_nobody_else(wired, monkeypatch):
    """It keeps one frame, never a queue; after a while it is let go."""
    live = Live(wired)
    live.act("open")
    sleeper = socket.socket()
    sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sleeper.connect(("127.0.0.1", wired.port))
    ticket = live.ticket("sleeper")
    sleeper.sendall(f"GET /live/{live.row.pk}/news?t={ticket} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    reader = Stream(wired, live, live.ticket("reader"))
    reader.until(b"data: {")
    wired.until(lambda: wired.desk.hub.open == 2)
    big = "x" * 60_000
    monkeypatch.setattr("tests.proofs.site.poll.Poll.frame", lambda _self, state, _who: [state.seq, big])
    for number in range(15):
        seq = live.act("vote", live.ticket(f"v{number}"), choice=1)[1]["seq"]
        reader.until(f"data: [{seq},".encode())
        reader.read = b""
    held = [one.transport.get_write_buffer_size() for one in wired.server.server_state.connections]
    assert 0 < max(held) < 200_000  # of 900,000 sent to who reads
    monkeypatch.setattr(wire, "STALLED", 0.2)
    wired.until(lambda: wired.desk.hub.open == 1)
    sleeper.close()
    reader.link.close()


def test_a_stream_lives_with_signs_of_life(wired, monkeypatch):
    monkeypatch.setattr(wire, "HEARTBEAT", 0.1)
    live = Live(wired)
    stream = Stream(wired, live, live.ticket())
    assert b"retry: 1500\n\n" in stream.until(b"data: {")
    stream.until(b"event: beat\ndata: 1\n\n")
    stream.link.close()
    wired.until(lambda: wired.desk.hub.open == 0)


def test_who_has_the_latest_is_not_sent_it_again(wired):
    live = Live(wired)
    first = Stream(wired, live, live.ticket()).until(b"data: {")
    number = re.search(rb"id: (\S+)", first)[1].decode()
    again = Stream(wired, live, live.ticket("b"), more=f"&after={number}")
    again.until(b"retry: 1500\n\n")
    live.act("open")
    assert number.encode() not in again.until(b"data: {")


def test_a_server_that_stops_gives_the_receipt_first(stations, monkeypatch):
    wired = stations(wire.Wire, new=True)
    live = Live(wired)
    live.act("open")
    stream = Stream(wired, live, live.ticket())
    stream.until(b"data: {")
    real, held = queries.heads, threading.Event()

    def slowly(*arguments, lock=False):
        if lock:  # the writer holds the vote, and keeps it only once the server stops
            held.set()
            wired.until(lambda: wired.desk.hub._closing)
        return real(*arguments, lock=lock)

    monkeypatch.setattr(queries, "heads", slowly)
    with ThreadPoolExecutor(1) as pool:
        vote = pool.submit(live.act, "vote", live.ticket("v"), choice=1)
        assert held.wait(5)
        begun = time.monotonic()
        wired.server.should_exit = True
        assert vote.result()[0] == 200
        wired.thread.join(5)
    assert time.monotonic() - begun < 3
    assert stream.ended()
    assert LiveEvent.objects.filter(room=live.row, kind="vote").count() == 1


def test_a_flood_is_refused_and_the_room_goes_on(wired, open_room, monkeypatch):
    monkeypatch.setattr(wired.desk.limits, "address", Meter(50, 50))
    flood = b"".join(raw(open_room, ticket="forged") for _ in range(150))
    told = exchange(wired, flood)
    assert set(told) == {403, 429}
    monkeypatch.undo()
    assert open_room.act("vote", open_room.ticket("z"), choice=1)[0] == 200
