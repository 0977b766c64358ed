"""Load for boards, in a process of its own: people who write and count what they are shown, on one event poll.

Their updates are real ones, made before the clock runs; each carries a number that is found again in what others
receive. Prints one line of JSON; every latency is measured with the machine's one monotonic clock. The server must
be told ``CANTIERE_PROXIES=1``: each phone then has an address of its own, as behind a proxy.
"""

import argparse
import base64
import hashlib
import json
import os
import random
import re
import resource
import select
import socket
import sys
import time
from functools import partial
from pathlib import Path

import pycrdt

from tests.bench.live_load import own_cpu, spread
from tests.proofs.boards import STEP_1, STEP_2, UPDATE, a_note, changed, document, frame, number, values

MARK = re.compile(rb"@@(\d{8})")
ANOTHER = 25  # edits from one new note of somebody to the next
BINARY, TEXT, CLOSE, PING, PONG = 2, 1, 8, 9, 10


def masked(kind, load):
    """A frame of a client; the mask is of zeros, which changes nothing."""
    length = len(load)
    if length < 126:
        head = bytes((128 | kind, 128 | length))
    elif length < 65_536:
        head = bytes((128 | kind, 254)) + length.to_bytes(2)
    else:
        head = bytes((128 | kind, 255)) + length.to_bytes(8)
    return head + b"\0\0\0\0" + load


def message(kind, load):
    return masked(BINARY, frame(kind, load))


class Person:
    """One phone at one board."""

    def __init__(self, options, who, board, ticket):
        self.who, self.board = who, board
        self.rest, self.out, self.shaken = b"", b"", False
        self.kept = self.sent = self.refused = self.closed = 0
        self.synced = 0.0
        self.seen, self.frames = [], []  # (number, when); what a few keep whole
        self.keeps = False
        self.link = socket.socket()
        self.link.setblocking(False)
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began = time.monotonic()
        self.link.connect_ex(("127.0.0.1", options.port))
        key = base64.b64encode(os.urandom(16)).decode()
        self.out = (
            f"GET /live/{options.room}/board/{board}?t={ticket} HTTP/1.1\r\nHost: 127.0.0.1:{options.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"X-Forwarded-For: 10.{who >> 16 & 255}.{who >> 8 & 255}.{who & 255}\r\n\r\n"
        ).encode()

    def flush(self):
        while self.out:
            try:
                self.out = self.out[self.link.send(self.out) :]
            except BlockingIOError:
                return

    def put(self, data):
        self.out += data
        if self.shaken:
            self.flush()

    def read(self, moment):
        """Take what came; gives whether the line is still there."""
        try:
            data = self.link.recv(262_144)
        except BlockingIOError:
            return True
        if not data:
            return False
        data = self.rest + data
        if not self.shaken:
            end = data.find(b"\r\n\r\n") + 4
            if end < 4:
                self.rest = data
                return True
            if not data.startswith(b"HTTP/1.1 101"):
                return False
            self.shaken, data = True, data[end:]
            self.put(message(STEP_1, b"\0") + message(STEP_2, b"\0\0"))
            self.sent += 1
        self.rest = self._frames(data, moment)
        return True

    def _frames(self, data, moment):
        at, length = 0, len(data)
        while at + 2 <= length:
            size, begin = data[at + 1], at + 2
            if size > 125:
                begin += 2 if size == 126 else 8
                if begin > length:
                    break
                size = int.from_bytes(data[at + 2 : begin])
            if begin + size > length:
                break
            self._frame(data[at] & 15, data[begin : begin + size], moment)
            at = begin + size
        return data[at:]

    def _frame(self, kind, load, moment):
        if kind == BINARY:
            if load[1] == STEP_2:
                self.synced = self.synced or moment
            if load[1] != STEP_1:
                self.seen += [(found, moment) for found in MARK.findall(load)]
                if self.keeps:
                    self.frames.append(load)
        elif kind == TEXT:
            said = json.loads(load)
            self.kept = said["n"] if said["t"] == "kept" else self.kept
            self.refused += said["t"] == "refused"
        elif kind == PING:
            self.put(masked(PONG, load))
        elif kind == CLOSE:
            self.closed = int.from_bytes(load[:2])


class Crowd:
    """Everybody, and the poll they are on."""

    def __init__(self, options, tickets):
        self.poll, self.people = select.epoll(), {}
        for who, (board, ticket) in enumerate(tickets):
            person = Person(options, who, board, ticket)
            self.people[person.link.fileno()] = person
            self.poll.register(person.link, select.EPOLLIN | select.EPOLLOUT)
        self.gone = 0

    def turn(self, within):
        for file, event in self.poll.poll(within):
            person = self.people[file]
            if event & select.EPOLLOUT:
                person.flush()
                if not person.out:
                    self.poll.modify(file, select.EPOLLIN)
            if event & (select.EPOLLIN | select.EPOLLHUP) and not person.read(time.monotonic()):
                self.poll.unregister(file)
                self.gone += 1

    def until(self, question, within):
        ends = time.monotonic() + within
        while not question() and time.monotonic() < ends:
            self.turn(0.02)
        return question()

    def __iter__(self):
        return iter(self.people.values())


def enter(options, tickets):
    """Everybody comes at once; gives the crowd and how long each took to be on their board."""
    crowd = Crowd(options, tickets)
    crowd.until(lambda: all(person.synced for person in crowd), options.within)
    return crowd, [person.synced - person.began for person in crowd if person.synced]


def edits(author, count, first):
    """Updates as a browser sends them, each with its number: a note, written anew and moved again and again, and
    another note now and then.
    """
    doc, begun = document(), random.randrange(ANOTHER)
    notes = [number()]

    def write(doc, place):
        if place == 0 or (place + begun) % ANOTHER == 0:
            notes.append(number())
            doc["notes"][notes[-1]] = pycrdt.Map(a_note(author, f"@@{first + place:08}"))
        else:
            doc["notes"][notes[-1]]["text"] = f"@@{first + place:08}"
            doc["notes"][notes[-1]]["x"] = float(place % 1000)

    return [changed(doc, partial(write, place=place)) for place in range(count)]


def work(options, tickets, authors):
    """Everybody edits at a steady pace; gives what came of it."""
    each = max(1, round(options.rate * options.seconds)) + 1
    prepared = [edits(author, each, who * each) for who, author in enumerate(authors)]
    crowd, entered = enter(options, tickets)
    people = list(crowd)
    for person, made in zip(people, prepared, strict=True):
        person.made = made
    boards = {}
    for person in people:
        boards.setdefault(person.board, []).append(person)
    for of_board in boards.values():
        of_board[0].keeps = True
        of_board[0].put(message(STEP_1, b"\0"))
    for person in people:  # everybody's first note, before the clock runs
        person.put(message(UPDATE, person.made[0]))
        person.sent += 1
    crowd.until(lambda: all(person.kept == person.sent for person in people), 10)
    begun, cpu, server = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF), served(options.pid)
    plan = sorted(
        (begun + (count - random.random()) / options.rate, who, count)
        for who in range(len(people))
        for count in range(1, each)
    )
    plan = in_order(plan)
    sent_at = {}
    for due, who, count in plan:
        while (moment := time.monotonic()) < due:
            crowd.turn(min(0.05, due - moment))
        sent_at[b"%08d" % (who * each + count)] = time.monotonic()
        people[who].put(message(UPDATE, prepared[who][count]))
        people[who].sent += 1
        crowd.turn(0)
    last, server = time.monotonic(), served(options.pid) - server
    crowd.until(lambda: all(person.kept == person.sent for person in people), 10)
    crowd.until(lambda: False, 0.5)
    told = own_cpu(begun, cpu, last)
    took, wanted, missing = [], 0, 0
    for person in people:
        seen = dict(reversed(person.seen))
        others = [other for other in boards[person.board] if other is not person]
        for other in others:
            numbers = [b"%08d" % (other.who * each + count) for count in range(1, each)]
            wanted += len(numbers)
            here = [seen[one] - sent_at[one] for one in numbers if one in seen]
            missing += len(numbers) - len(here)
            took.extend(here)
    return {
        "edits": len(plan),
        "deliveries": wanted,
        "delivered": round(1 - missing / max(1, wanted), 6),
        "kept": sum(person.kept == person.sent for person in people),
        "people": len(people),
        "refused": sum(person.refused for person in people),
        "gone": crowd.gone,
        "diverged": diverged(boards),
        "texts": digest(text for board, people in boards.items() for text in texts_of(board, people)),
        "server_cpu": round(server / (last - begun) * 100),
        **spread("seen", took),
        **spread("entered", entered),
        **told,
    }


def served(pid):
    """Seconds of processor that the server took."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_order(plan):
    """Each person's edits in their order, whatever the times drawn for them."""
    upto = {}
    ordered = []
    for due, who, _count in plan:
        upto[who] = upto.get(who, 0) + 1
        ordered.append((due, who, upto[who]))
    return ordered


def texts_of(board, people):
    """What must stand on a board in the end, by all who wrote there."""
    whole = document()
    for person in people:
        for update in person.made:
            whole.apply_update(update)
    return [f"{board} {note['text']}" for note in values(whole)["notes"].values()]


def digest(texts):
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def diverged(boards):
    """Boards on which somebody who kept all they were sent, and wrote, ends with another content."""
    wrong = 0
    for board, people in boards.items():
        doc = document()
        for load in people[0].frames:
            update = pycrdt.read_message(load[2:])
            if update != b"\0\0":
                doc.apply_update(update)
        for update in people[0].made:
            doc.apply_update(update)
        here = [f"{board} {note['text']}" for note in values(doc)["notes"].values()]
        wrong += sorted(here) != sorted(texts_of(board, people))
    return wrong


def cold(options, tickets):
    """All are sent to their boards at once, and again."""
    begun, cpu = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    crowd, entered = enter(options, tickets)
    told = own_cpu(begun, cpu, time.monotonic())
    stuck = sum(not person.synced for person in crowd)
    return {"people": len(tickets), "stuck": stuck, "gone": crowd.gone, **spread("entered", entered), **told}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["work", "cold"])
    for name, kind, usual in (
        ("port", int, 0), ("room", int, 0), ("pid", int, 0), ("tickets", str, ""), ("seconds", float, 5.0), ("rate", float, 5.0),
        ("within", float, 20.0),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=usual)
    options = parser.parse_args()
    rows = [row.split() for row in Path(options.tickets).read_text().splitlines()]
    tickets = [(board, ticket) for board, ticket, _author in rows]
    if options.mode == "cold":
        told = cold(options, tickets)
    else:
        told = work(options, tickets, [author for _board, _ticket, author in rows])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
