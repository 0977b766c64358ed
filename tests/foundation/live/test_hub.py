"""Everybody is offered the latest; nobody waits for anybody."""

import asyncio
from concurrent.futures import Future
from unittest import mock

from cantiere.foundation.live import channel as channels
from cantiere.foundation.live.channel import TOGETHER, Channel, Frame
from cantiere.foundation.live.hub import Hub
from cantiere.foundation.live.questions import Question
from cantiere.foundation.live.tickets import Ticket, now
from cantiere.foundation.live.writer import STATE, Shown


class Ear:
    def __init__(self, actor="a", audience="screen", room=7):
        self.ticket = Ticket(room, actor, audience, False, now() - 1_000, now() + 1_000)
        self.frames, self.ended = [], False

    def offer(self, frame: Frame) -> None:
        self.frames.append(frame.id)

    def end(self) -> None:
        self.ended = True


def publish(hub, seq, audience="screen", revoked=None, mark=0):
    shown = Shown(mark, b"{}", pace=0.0, urgent=False)
    hub._publish(7, f"7.1.{seq}", {audience: shown}, revoked or {})


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time goes by only when a test says so, however slow the machine is."""

    moment = 0.0

    def time(self):
        return self.moment


async def passes(seconds):
    """Time goes by, a millisecond at a time, and whoever has a turn takes it."""
    loop = asyncio.get_running_loop()
    for _millisecond in range(round(seconds * 1000)):
        loop.moment += 0.001
        for _turn in range(8):
            await asyncio.sleep(0)


def held(play):
    """A hub on a loop of its own, whose clock stands still; its writer never starts."""

    async def run():
        hub = Hub()
        hub._loop = asyncio.get_running_loop()
        await play(hub)

    with (
        asyncio.Runner(loop_factory=Clock) as runner,
        mock.patch.object(channels, "monotonic", runner.get_loop().time),
    ):
        runner.run(run())


def test_a_frame_reaches_its_audience_and_no_other_room():
    async def play(hub):
        screen, phone, elsewhere = Ear(), Ear(audience="phone"), Ear(room=8)
        for ear in (screen, phone, elsewhere):
            hub.join(ear)
        assert hub.watched() == {7: {"screen", "phone"}, 8: {"screen"}}
        publish(hub, 3)
        await passes(0.01)
        assert (screen.frames, phone.frames, elsewhere.frames) == (["7.1.3"], [], [])
        late = Ear()
        hub.join(late)
        assert late.frames == ["7.1.3"]

    held(play)


def test_what_is_out_of_date_is_skipped():
    async def play(hub):
        ears = [Ear(f"a{number}") for number in range(TOGETHER * 3)]
        for ear in ears:
            hub.join(ear)
        publish(hub, 1)
        await asyncio.sleep(0)
        publish(hub, 2)  # while the first is still being offered
        await passes(0.05)
        assert {ear.frames[-1] for ear in ears} == {"7.1.2"}
        assert ears[-1].frames.count("7.1.1") == 0

    held(play)


def test_others_have_their_turn_between_two_slices():
    async def play(hub):
        ears = [Ear(f"a{number}") for number in range(TOGETHER * 4)]
        for ear in ears:
            hub.join(ear)
        served = []
        publish(hub, 1)
        while sum(served[-1:]) < TOGETHER * 4:
            served.append(sum(len(ear.frames) for ear in ears))
            await asyncio.sleep(0)
        assert {TOGETHER, TOGETHER * 2, TOGETHER * 3} <= set(served)

    held(play)


def crowd(count):
    channel, ears = Channel(), [Ear(f"a{number}") for number in range(count)]
    for ear in ears:
        channel.add(ear)
    return channel, ears


def seen(ears):
    return [ear.frames for ear in ears[::TOGETHER]]


def test_each_has_a_turn_at_the_pace_and_is_offered_what_is_new_then():
    async def play(_hub):
        channel, ears = crowd(TOGETHER * 3)
        channel.show(Frame("1", b""), 0.1)
        await passes(0.02)
        assert seen(ears) == [["1"]] * 3  # whoever waited long is served at once
        for number in "234":
            channel.show(Frame(number, b""), 0.1)
            await passes(0.01)
        assert seen(ears) == [["1"]] * 3
        await passes(0.1)
        assert seen(ears) == [["1", "4"]] * 3
        await passes(0.12)
        assert channel._turn is None  # nothing runs while nothing is new

    held(play)


def test_what_is_urgent_waits_for_no_turn():
    async def play(_hub):
        channel, ears = crowd(TOGETHER * 2)
        channel.show(Frame("1", b""), 60.0)
        await passes(0.01)
        channel.show(Frame("2", b""), 60.0)
        await passes(0.01)
        channel.show(Frame("3", b""), 60.0, urgent=True)
        await passes(0.01)
        assert seen(ears) == [["1", "3"]] * 2

    held(play)


def test_groups_follow_who_comes_and_goes():
    async def play(_hub):
        channel, ears = crowd(TOGETHER + 1)
        channel.show(Frame("1", b""), 0.0)
        await passes(0.01)
        for ear in ears[:TOGETHER]:
            channel.remove(ear)
        late = Ear("late")
        channel.add(late)
        channel.show(Frame("2", b""), 0.0)
        await passes(0.01)
        assert (ears[0].frames, ears[-1].frames, late.frames) == (["1"], ["1", "2"], ["2"])
        assert (len(channel), len(channel._groups)) == (2, 1)
        for ear in (ears[-1], late):
            channel.remove(ear)
        assert (len(channel), len(channel._groups)) == (0, 0)
        channel.show(Frame("3", b""), 0.0)
        channel.add(late)
        await passes(0.01)
        assert late.frames == ["2"]

    held(play)


def test_who_leaves_is_forgotten_with_the_frame():
    async def play(hub):
        ear = Ear()
        hub.join(ear)
        publish(hub, 1)
        await passes(0.01)
        hub.leave(ear)
        hub.leave(ear)
        assert (hub.watched(), hub.open, hub._channels) == ({}, 0, {})
        publish(hub, 2)
        await passes(0.01)
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


def test_who_is_there_and_who_was_a_moment_ago(monkeypatch):
    monkeypatch.setattr("cantiere.foundation.live.hub.LINGERS", 0.05)

    async def play(hub):
        ears = [Ear(), Ear(), Ear("b", "desk"), Ear("c", room=8)]
        for ear in ears:
            hub.join(ear)
        assert (hub.present(7), hub.present(8), hub.present(9)) == ({"a", "b"}, {"c"}, set())
        first = hub.attendance.changed(7)
        hub.leave(ears[0])
        hub.leave(ears[2])
        hub.join(ears[2])  # came back: no change
        await passes(0.1)
        assert (hub.present(7), hub.attendance.changed(7)) == ({"a", "b"}, first)
        hub.leave(ears[1])
        assert "a" in hub.present(7)
        await passes(0.1)
        assert hub.present(7) == {"b"}
        assert hub.attendance.changed(7) > first

    held(play)


def test_a_mark_tells_two_frames_of_one_number_apart():
    async def play(hub):
        ear = Ear()
        hub.join(ear)
        publish(hub, 3)
        await asyncio.sleep(0)
        publish(hub, 3, mark=17)
        await passes(0.01)
        assert ear.frames[-1] == "7.1.3.17"

    held(play)


def test_parts_that_watch_are_told_each_for_itself():
    async def play(hub):
        told = []
        broken = hub.watch(7, lambda: 1 / 0)
        ends = [hub.watch(7, lambda name=name: told.append(name)) for name in "ab"]
        assert hub.watched() == {7: {STATE}}
        publish(hub, 1, STATE, revoked={"x": now()})
        ends[0]()
        ends[0]()
        publish(hub, 2, STATE)
        hub._end(7)
        assert told == ["a", "b", "b", "b"]
        ends[1]()
        broken()
        assert hub.watched() == {}

    held(play)


def test_a_server_that_stops_ends_all_and_takes_none():
    async def play(hub):
        ear, late = Ear(), Ear("late")
        hub.join(ear)
        hub.close()
        hub.join(late)
        assert (ear.ended, late.ended) == (True, True)

    held(play)


def test_a_job_hears_though_the_loop_has_ended():
    hubs, heard = [], Future()

    async def play(hub):
        hubs.append(hub)

    held(play)
    hubs[0].deliver([Question(7, lambda *_: None, heard.set_result)])
    assert heard.done()
