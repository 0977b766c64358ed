"""Where somebody belongs and what is theirs; who is there; parts that follow a room's state."""

import asyncio
import http.client
import json
import time

import pytest

from cantiere.foundation.live import hub, presence, queries, submit
from cantiere.foundation.live.handlers import register
from cantiere.foundation.live.models import LivePresence, LiveRoom
from cantiere.foundation.live.questions import BusyError, GoneError
from cantiere.foundation.live.wire import Wire
from tests.foundation.live.conftest import Room
from tests.foundation.live.test_network import Live, Stream, post
from tests.proofs.site.poll import Poll


class Hall(Poll):
    """A vote in the slot «seat» takes a place at a table; the desk sees who is there."""

    kind = "hall"
    attentive = frozenset({"desk"})

    def seat(self, state, actor):
        return state.own.votes.get("seat", {}).get(actor)

    def place(self, state, ticket):
        seat = self.seat(state, ticket.actor)
        return f"group:{seat[1]}" if seat else ticket.audience

    def own(self, state, ticket):
        if ticket.actor == "trouble":
            raise RuntimeError(ticket.actor)
        return {"seat": self.seat(state, ticket.actor)}

    def frame(self, state, audience):
        shown = super().frame(state, audience)
        return {**shown, "here": sorted(presence.present(state.room))} if audience == "desk" else shown


@pytest.fixture(autouse=True)
def hall():
    return register(Hall())


class LiveHall(Live):
    kind = "hall"

    def renew(self, ticket):
        return post(self.station, f"/live/{self.row.pk}/ticket", b"", ticket)

    def ask(self, wait=5, after="", ticket=""):
        own = http.client.HTTPConnection("127.0.0.1", self.station.port, timeout=8)
        own.request("GET", f"/live/{self.row.pk}/news?t={ticket or self.lead}&wait={wait}&after={after}")
        told = json.loads(own.getresponse().read() or b"null")
        own.close()
        return told


@pytest.fixture
def live(station):
    made = LiveHall(station)
    made.act("open", slot="seat")
    return made


@pytest.mark.django_db
def test_nothing_is_left_of_other_tests():
    """Asking for the database here also makes it for the servers of this module."""
    assert not LiveRoom.objects.exists()


def test_a_new_ticket_is_for_the_place_that_the_log_gives(live):
    phone = live.ticket("a", "phone")
    status, told = live.renew(phone)
    assert (status, told["audience"], told["own"]) == (200, "phone", {"seat": None})
    live.act("vote", phone, slot="seat", choice=3, n=1)
    told = live.renew(told["ticket"])[1]
    assert (told["audience"], told["own"]) == ("group:3", {"seat": [1, 3]})
    stream = Stream(live.station, live, told["ticket"])
    stream.until(b"data: {")
    assert "group:3" in live.station.desk.hub.watched()[live.row.pk]
    stream.link.close()


def test_a_place_is_never_told_from_an_old_state(live):
    """What another process wrote a moment ago counts, though nobody said so."""
    live.renew(live.lead)
    live.commit(live.answer("vote", "b", slot="seat", choice=2, n=1))
    assert live.renew(live.ticket("b", "phone"))[1]["audience"] == "group:2"


def test_who_was_called_back_gets_no_place(live):
    phone = live.ticket("c", "phone")
    live.commit(live.answer("revoke", "lead", lead=True, slot="", said={"actor": "c"}))
    assert live.renew(phone) == (403, {"error": "ticket"})
    assert live.renew(live.ticket("trouble", "phone")) == (500, {"error": "broken"})
    LiveRoom.objects.filter(pk=live.row.pk).delete()
    assert live.renew(live.ticket("d", "phone")) == (403, {"error": "ticket"})


@pytest.fixture
def wired(stations):
    return LiveHall(stations(Wire))


def test_a_thousand_ask_at_once_and_few_looks_are_needed(wired, monkeypatch):
    looks, real, heard = [], queries.heads, []
    monkeypatch.setattr(queries, "heads", lambda *rooms, **more: (looks.append(1), real(*rooms, **more))[1])
    asked = [wired.ticket(f"p{number}", "phone") for number in range(1_000)]
    begun = time.monotonic()
    for text in asked:
        assert wired.station.desk.renew(wired.row.pk, text, "198.51.100.1", heard.append) is None
    wired.station.until(lambda: len(heard) == 1_000)
    assert time.monotonic() - begun < 2
    assert {reply.status for reply in heard} == {200}
    assert len(looks) < 100


def test_the_desk_sees_who_comes_and_goes(live, monkeypatch):
    monkeypatch.setattr(hub, "LINGERS", 0.2)
    first = live.ask()
    assert first["state"]["here"] == ["lead"]
    phone = Stream(live.station, live, live.ticket("a", "phone"))
    phone.until(b"data: {")
    second = live.ask(after=first["id"])
    while second["state"]["here"] == ["lead"]:
        second = live.ask(after=second["id"])
    assert second["state"]["here"] == ["a", "lead"]
    assert second["id"].rpartition(".")[0] == first["id"].rpartition(".")[0]  # nothing was added to the log
    assert live.ask(wait=1, after=second["id"]) is None
    assert presence.present(live.row.pk) >= {"a"}
    phone.link.close()
    third = live.ask(after=second["id"])
    while "a" in third["state"]["here"]:
        third = live.ask(after=third["id"])


def test_a_frame_is_made_anew_when_asked(live, monkeypatch):
    phone = live.ticket("a", "phone")
    first = live.ask(ticket=phone)
    said = {"words": "new"}
    real = Hall.frame
    monkeypatch.setattr(Hall, "frame", lambda self, *more: {**real(self, *more), **said})
    assert live.ask(wait=0, after=first["id"], ticket=phone) is None
    stream = Stream(live.station, live, phone, more=f"&after={first['id']}")
    stream.until(b"retry: 1500\n\n")
    live.station.desk.hub.nudge(live.row.pk, "phone")
    assert b'"words":"new"' in stream.until(b"data: {")
    assert b"id: %s." % first["id"].encode() in stream.read
    stream.link.close()
    assert live.ask(after=first["id"], ticket=phone)["state"]["words"] == "new"  # also for who was away


def on_loop(station, work):
    return asyncio.run_coroutine_threadsafe(work, station.desk.hub._loop).result(8)


def test_a_part_follows_the_state_and_asks_for_it(live):
    room, told = live.row.pk, []
    station, ticket = live.station, live.ticket("a", "phone")

    async def follow():
        changed = asyncio.Event()
        end = station.desk.hub.watch(room, lambda: (told.append(1), changed.set()))
        assert await station.desk.hub.ask(room, lambda state, _handler: sorted(state.doors)) == ["seat"]
        told.clear()
        await asyncio.get_running_loop().run_in_executor(None, live.act, "open")
        async with asyncio.timeout(5):
            await changed.wait()
        doors = await station.desk.hub.ask(room, lambda state, _handler: sorted(state.doors))
        end()
        return doors

    assert on_loop(station, follow()) == ["q", "seat"]
    assert len(told) == 1
    assert room not in station.desk.hub.watched()
    for at in range(3):
        live.act("vote", ticket, choice=at, n=at)
    assert len(told) == 1


def test_what_is_asked_in_vain_is_said(live, monkeypatch):
    async def ask(room, what):
        return await live.station.desk.hub.ask(room, what)

    with pytest.raises(ZeroDivisionError):
        on_loop(live.station, ask(live.row.pk, lambda *_: 1 / 0))
    with pytest.raises(GoneError):
        on_loop(live.station, ask(10**9, lambda *_: 1))
    monkeypatch.setattr("cantiere.foundation.live.writer.MOST_WAITING", 0)
    with pytest.raises(BusyError):
        on_loop(live.station, ask(live.row.pk, lambda *_: 1))
    assert live.renew(live.lead)[0] == 503


def test_a_page_asks_the_same_way(live):
    live.act("vote", live.ticket("a"), slot="seat", choice=4, n=1)
    seat = submit.ask(room=live.row.pk, ask=lambda state, handler: handler.seat(state, "a"))
    assert seat == (1, 4)
    with pytest.raises(GoneError):
        submit.ask(room=10**9, ask=lambda *_: 1)


# Without a server, on both databases ------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.database
def test_a_page_asks_where_no_writer_runs():
    room = Room("hall")
    room.open()
    assert submit.ask(room=room.row.pk, ask=lambda state, _handler: list(state.doors)) == ["q"]
    with pytest.raises(GoneError):
        submit.ask(room=10**9, ask=lambda *_: 1)


@pytest.mark.django_db
@pytest.mark.database
def test_processes_tell_each_other_who_is_there(monkeypatch):
    room, other = Room("hall").row.pk, Room("hall").row.pk
    presence.say("one", {room: ["a", "b"], other: ["c"]})
    presence.say("two", {room: ["d"], 10**9: ["nobody"]})
    assert presence.hear("two") == {room: {"a", "b"}, other: {"c"}}
    assert presence.hear(room=room) == {room: {"a", "b", "d"}}
    moment = presence.now()
    monkeypatch.setattr(presence, "now", lambda: moment + 10)
    presence.say("one", {room: ["a"]})
    assert presence.hear() == {room: {"a", "d"}}
    monkeypatch.setattr(presence, "now", lambda: moment + presence.STALE + 5)
    assert presence.hear() == {room: {"a"}}  # the second says nothing any more
    monkeypatch.setattr(presence, "now", lambda: moment + presence.DEAD + 20)
    presence.say("one", {})
    assert not LivePresence.objects.exists()
