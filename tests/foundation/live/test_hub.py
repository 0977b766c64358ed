"""Everybody is offered the latest; nobody waits for anybody."""

import asyncio

from cantiere.foundation.live.hub import SLICE, Frame, Hub
from cantiere.foundation.live.tickets import Ticket, now


class Ear:
    def __init__(self, actor="a", audience="screen", room=7):
        self.ticket = Ticket(room, actor, audience, False, now() - 1_000, now() + 1_000)
        self.frames, self.ended = [], False

    def offer(self, frame: Frame) -> None:
        self.frames.append(frame.id)

    def end(self) -> None:
        self.ended = True


def publish(hub, seq, audience="screen", revoked=None):
    hub._publish(7, 1, seq, {audience: b"{}"}, revoked or {})


def held(play):
    """A hub on a loop of its own; its writer never starts."""

    async def run():
        hub = Hub()
        hub._loop = asyncio.get_running_loop()
        await play(hub)

    asyncio.run(run())


def test_a_frame_reaches_its_audience_and_no_other_room():
    async def play(hub):
        screen, phone, elsewhere = Ear(), Ear(audience="phone"), Ear(room=8)
        for ear in (screen, phone, elsewhere):
            hub.join(ear)
        assert hub.watched() == {7: {"screen", "phone"}, 8: {"screen"}}
        publish(hub, 3)
        await asyncio.sleep(0.01)
        assert (screen.frames, phone.frames, elsewhere.frames) == (["7.1.3"], [], [])
        late = Ear()
        hub.join(late)
        assert late.frames == ["7.1.3"]

    held(play)


def test_what_is_out_of_date_is_skipped():
    async def play(hub):
        ears = [Ear(f"a{number}") for number in range(SLICE * 3)]
        for ear in ears:
            hub.join(ear)
        publish(hub, 1)
        await asyncio.sleep(0)
        publish(hub, 2)  # while the first is still being offered
        await asyncio.sleep(0.05)
        assert {ear.frames[-1] for ear in ears} == {"7.1.2"}
        assert ears[-1].frames.count("7.1.1") == 0

    held(play)


def test_others_have_their_turn_between_two_slices():
    async def play(hub):
        for number in range(SLICE * 4):
            hub.join(Ear(f"a{number}"))
        turns = []

        async def other():
            while hub.sent < SLICE * 4:
                turns.append(hub.sent)
                await asyncio.sleep(0)

        publish(hub, 1)
        await other()
        assert len([sent for sent in turns if 0 < sent < SLICE * 4]) >= 3

    held(play)


def test_who_leaves_is_forgotten_with_the_frame():
    async def play(hub):
        ear = Ear()
        hub.join(ear)
        publish(hub, 1)
        await asyncio.sleep(0.01)
        hub.leave(ear)
        hub.leave(ear)
        assert (hub.watched(), hub.open, dict(hub.streams), hub._channels) == ({}, 0, {}, {})
        publish(hub, 2)
        await asyncio.sleep(0.01)
        assert ear.frames == ["7.1.1"]

    held(play)


def test_a_call_back_ends_streams_and_bars_old_tickets():
    async def play(hub):
        barred, other = Ear("b"), Ear("c")
        hub.join(barred)
        hub.join(other)
        publish(hub, 1, revoked={"b": now()})
        assert (barred.ended, other.ended) == (True, False)
        assert not hub.holds(barred.ticket)
        assert hub.holds(Ticket(7, "b", "screen", False, now() + 5, now() + 9))
        hub._end(7)
        assert other.ended

    held(play)


def test_a_server_that_stops_ends_all_and_takes_none():
    async def play(hub):
        ear, late = Ear(), Ear("late")
        hub.join(ear)
        hub.close()
        hub.join(late)
        assert (ear.ended, late.ended) == (True, True)

    held(play)
