"""The same questions to the house and to others, one after the other in the same run."""

import os

from tests.bench.beside import peers
from tests.bench.meter import Meter, idle, line

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
SCREENS = min(1_000, int(os.environ.get("BENCH_SCREENS", "1000")))  # more than that Channels does not take in
BOARDS, PEOPLE, RATE = 20, 30, 5


def rooms(room, tmp):
    """A live room here, and on Channels: what a message takes, votes with a receipt a second."""
    ours = ("--port", room.port, "--room", room.number, "--tickets", peers.nobodys(tmp, room.tickets))
    _ask("the house", room.server, ours)
    with peers.channels(tmp) as (server, port):
        names = peers.nobodys(tmp, [f"p{number}" for number in range(6_000)])
        _ask("Django Channels", server, ("--port", port, "--room", 1, "--tickets", names))


def _ask(name, server, where):
    meter = Meter(server)
    told = peers.load(
        "live_load", "room", *where, "--screens", SCREENS, "--rate", 4, "--seconds", SECONDS, what=name
    )
    more = f"p50 {told.get('screen_p50')}, delivered {told['delivered']:.0%}, "
    more += f"{meter.spent() / max(1, told['frames']) * 1e6:.0f} µs each, connected in {told['connect']} s, "
    line(f"{name}: to {SCREENS:,} screens, p99", f"{told.get('screen_p99')} ms", more=more + idle())
    told = peers.load("live_load", "acks", *where, "--phones", 64, "--seconds", SECONDS, what=name)
    more = f"p99 {told.get('ack_p99')} ms, refused {told['other']}, {idle()}"
    line(f"{name}: votes kept, 64 connections", f"{told['acks'] / told['seconds']:,.0f}/s", more=more)


def boards(tmp):
    """The boards of ``tests.bench.boards`` on y-websocket, which keeps nothing and checks nothing."""
    people = [f"b{board} - p{board}x{person}" for board in range(BOARDS) for person in range(PEOPLE)]
    with peers.y_websocket(tmp) as (server, port):
        words = ("--port", port, "--room", 1, "--pid", server.pid, "--tickets", peers.nobodys(tmp, people))
        told = peers.load(
            "board_load", "work", *words, "--rate", RATE, "--seconds", SECONDS, what="y-websocket"
        )
        more = f"p50 {told.get('seen_p50')}, delivered {told['delivered']:.2%}, server "
        more += f"{told['server_cpu']} %, load {told['load_cpu']} %, {idle()}"
        name = f"y-websocket: {BOARDS} × {PEOPLE} people, {RATE} edits/s, p99"
        line(name, f"{told.get('seen_p99')} ms", more=more)


def all_of(room, tmp):
    """Both; what cannot be had is said and left out."""
    print("beside the house, in the same run (installed for it only):", flush=True)
    for ask in (lambda: rooms(room, tmp), lambda: boards(tmp)):
        try:
            ask()
        except peers.LeftOutError as left:
            print(f"  left out: {left}", flush=True)
