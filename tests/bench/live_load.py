"""Load for a live room, in a process of its own: phones that vote, screens that listen, on one event poll.

Prints one line of JSON; every latency is measured with the machine's one monotonic clock. The server must be told
``CANTIERE_PROXIES=1``: each phone then has an address of its own, as behind a proxy.
"""

import argparse
import bisect
import json
import random
import re
import resource
import secrets
import select
import socket
import sys
import time
from collections import deque
from pathlib import Path

NUMBER = re.compile(rb"id: \d+\.\d+\.(\d+)\b")
SEQ = re.compile(rb'"seq": ?(\d+)')
SETTLING = 5.0  # seconds: who stops reading is let send some more by the kernel
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


def linked(port, buffer=0):
    link = socket.socket()
    if buffer:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    link.connect(("127.0.0.1", port))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    link.setblocking(False)
    return link


class Screen:
    """A stream: when it saw which number."""

    def __init__(self, port, room, ticket, last="", buffer=0):
        self.seen, self.rest, self.bytes = [], b"", 0
        self.asked = time.monotonic()
        self.link = linked(port, buffer)
        more = f"Last-Event-ID: {last}\r\n" if last else ""
        self.link.send(
            f"GET /live/{room}/news?t={ticket} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{more}\r\n".encode()
        )

    def read(self, moment):
        try:
            data = self.link.recv(65_536)
        except BlockingIOError:
            return True
        if not data:
            return False
        self.bytes += len(data)
        data = self.rest + data
        whole = data.rfind(b"\n\n") + 2
        self.rest = data[whole:] if whole > 1 else data
        found = NUMBER.findall(data, 0, whole) if whole > 1 else ()
        if found:
            self.seen.append((int(found[-1]), moment))
        return True

    def was_skipped(self, sent):
        """Whether who read nothing till now finds much less than was sent to who read: they were left out."""
        poll = select.poll()
        poll.register(self.link, select.POLLIN)
        while poll.poll(20) and self.read(time.monotonic()):
            pass
        return self.bytes < sent * 0.8


class Phone:
    """A connection that votes, one answer at a time."""

    def __init__(self, port, path, count, offset):
        self.link = linked(port)
        self.path, self.count, self.offset = path, count, offset
        self.sent, self.rest = 0.0, b""

    def vote(self, who, ticket, key):
        body = b'{"key":"%s","kind":"vote","slot":"q","body":{"choice":%d,"n":%d}}' % (
            key.encode(), random.randrange(5), time.monotonic_ns() // 1000,
        )  # fmt: skip
        self.sent = time.monotonic()
        address = f"10.{who >> 16 & 255}.{who >> 8 & 255}.{who & 255}"
        self.link.send(
            b"POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Live %s\r\nX-Forwarded-For: %s\r\n"
            b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (self.path, ticket, address.encode(), len(body), body)
        )

    def answer(self):
        """The whole answer, once it is there; head and body may come apart."""
        data = self.link.recv(8192)
        if not data:
            sys.exit("The server closed a connection.")
        data = self.rest + data
        end = data.find(b"\r\n\r\n") + 4
        length = LENGTH.search(data, 0, end) if end > 3 else None
        whole = end > 3 and (length is None or len(data) >= end + int(length[1]))
        self.rest = b"" if whole else data
        return data if whole else None


def closed_loop(options, tickets):
    """Every connection votes again as soon as it has its receipt."""
    poll, phones = select.epoll(), {}
    path = options.path.encode()
    for number in range(options.phones):
        phone = Phone(options.port, path, options.phones, number)
        phones[phone.link.fileno()] = phone
        poll.register(phone.link, select.EPOLLIN)
    run, made, took, other = secrets.token_hex(8), 0, [], 0

    def next_vote(phone):
        nonlocal made
        made += 1
        who = made % len(tickets)
        if options.orm:
            phone.path = path + b"&actor=%d" % who
        phone.vote(who, tickets[who], f"{run}{made:016x}")

    begun = time.monotonic()
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    for phone in phones.values():
        next_vote(phone)
    until = begun + options.seconds
    while (moment := time.monotonic()) < until:
        for number, _event in poll.poll(0.5):
            phone = phones[number]
            data = phone.answer()
            if data is None:
                continue
            took.append(time.monotonic() - phone.sent)
            if not data.startswith(b"HTTP/1.1 200"):
                other += 1
            next_vote(phone)
    return {"acks": len(took) - other, "other": other, **spread("ack", took), **own_cpu(begun, cpu, moment)}


def spread(name, values):
    """Milliseconds."""
    ranked = sorted(values)
    if not ranked:
        return {}
    at = lambda share: round(ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000, 1)  # noqa: E731
    return {f"{name}_p50": at(0.5), f"{name}_p99": at(0.99), f"{name}_max": at(1)}


def own_cpu(begun, before, moment):
    after = resource.getrusage(resource.RUSAGE_SELF)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(moment - begun, 2), "load_cpu": round(spent / (moment - begun) * 100)}


def connect(options, tickets, poll, screens, count):
    """Open so many streams; gives the seconds until all have their first state."""
    begun = time.monotonic()
    mine = []
    for number in range(count):
        screen = Screen(options.port, options.room, tickets[number % len(tickets)].decode())
        screens[screen.link.fileno()] = screen
        poll.register(screen.link, select.EPOLLIN)
        mine.append(screen)
        if number % 50 == 49:
            drain(poll, screens, 0)
    while any(not screen.seen for screen in mine) and time.monotonic() - begun < 60:
        drain(poll, screens, 0.1)
    return time.monotonic() - begun, sum(not screen.seen for screen in mine)


def drain(poll, screens, wait):
    for number, _event in poll.poll(wait):
        if number in screens and not screens[number].read(time.monotonic()):
            poll.unregister(number)
            screens.pop(number).link.close()


class Votes:
    """Phones that vote at a steady rate, whether or not the server keeps up."""

    def __init__(self, options, tickets, poll):
        self.tickets, self.run = tickets, secrets.token_hex(8)
        self.phones = {}
        for number in range(options.phones):
            phone = Phone(options.port, options.path.encode(), options.phones, number)
            self.phones[phone.link.fileno()] = phone
            poll.register(phone.link, select.EPOLLIN)
        self.free = deque(self.phones.values())
        self.sent, self.took = {}, []
        self.made = self.other = self.late = 0

    @property
    def under_way(self):
        return len(self.phones) - len(self.free)

    def send_until(self, wanted):
        while self.made < wanted:
            if not self.free:
                self.late += 1
                return
            who = self.made % len(self.tickets)
            self.free.popleft().vote(who, self.tickets[who], f"{self.run}{self.made:016x}")
            self.made += 1

    def receive(self, number):
        phone = self.phones[number]
        data = phone.answer()
        if data is None:
            return
        self.took.append(time.monotonic() - phone.sent)
        found = SEQ.search(data) if data.startswith(b"HTTP/1.1 200") else None
        if found is None:
            self.other += 1
        else:
            self.sent[int(found[1])] = phone.sent
        self.free.append(phone)


def room(options, tickets):
    """Screens that listen while phones vote at a steady rate."""
    poll, screens = select.epoll(), {}
    connected, missing = connect(options, tickets, poll, screens, options.screens)
    votes = Votes(options, tickets, poll)
    begun, cpu = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)
    ends = begun + options.seconds
    while (moment := time.monotonic()) < ends + 1.5 or (votes.under_way and moment < ends + 5):
        if moment < ends:
            votes.send_until((moment - begun) * options.rate)
        for number, _event in poll.poll(0.001):
            if number in votes.phones:
                votes.receive(number)
            elif not screens[number].read(time.monotonic()):
                poll.unregister(number)
                screens.pop(number).link.close()
    figures = own_cpu(begun, cpu, time.monotonic())
    delivered, shown = arrivals(screens, votes.sent)
    frames = sum(len(screen.seen) for screen in screens.values())
    if options.storm:
        figures |= storm(options, tickets, poll, screens)
    return {
        "screens": len(screens),
        "connect": round(connected, 2),
        "without_state": missing,
        "acks": len(votes.sent),
        "other": votes.other,
        "late": votes.late,
        "frames": frames,
        "delivered": delivered,
        **spread("ack", votes.took),
        **spread("screen", shown),
        **figures,
    }


class Assembly:
    """Screens that listen and phones that vote at a steady rate, for some seconds at a time."""

    def __init__(self, options, tickets):
        self.options, self.tickets = options, tickets
        self.poll, self.screens = select.epoll(), {}
        _took, self.without_state = connect(options, tickets, self.poll, self.screens, options.screens)
        self.mine = list(self.screens.values())
        self.votes, self.begun = Votes(options, tickets, self.poll), time.monotonic()

    def run(self, seconds):
        until = time.monotonic() + seconds
        while (moment := time.monotonic()) < until:
            self.votes.send_until((moment - self.begun) * self.options.rate)
            for number, _event in self.poll.poll(0.001):
                if number in self.votes.phones:
                    self.votes.receive(number)
                elif not self.screens[number].read(time.monotonic()):
                    self.poll.unregister(number)
                    self.screens.pop(number).link.close()

    def others(self, turn):
        """As many as may stop come; they read, or they do not."""
        came = [
            Screen(self.options.port, self.options.room, self.tickets[-1 - number].decode(), buffer=4096)
            for number in range(self.options.stall)
        ]
        for one in came if turn == "reads" else ():
            self.screens[one.link.fileno()] = one
            self.poll.register(one.link, select.EPOLLIN)
        return came

    def part(self, came):
        for one in came:
            if self.screens.pop(one.link.fileno(), None):
                self.poll.unregister(one.link)
            one.link.close()

    def measure(self):
        """The p99 from vote to each of the lasting screens, of votes from now on."""
        self.votes.sent.clear()
        for screen in self.mine:
            screen.seen.clear()
        self.run(self.options.seconds)
        return spread("screen", arrivals(dict(enumerate(self.mine)), self.votes.sent)[1])["screen_p99"]


def stall(options, tickets):
    """Others come beside an assembly, who read or stop reading in turn: reads, stops, stops, reads, so that what
    else the machine does falls on both alike.
    """
    hall = Assembly(options, tickets)
    p99, stopped = {"reads": [], "stops": []}, 0
    for turn in ("reads", "stops", "stops", "reads") * options.turns:
        came, before = hall.others(turn), hall.mine[0].bytes
        hall.run(SETTLING)
        p99[turn].append(hall.measure())
        if turn == "stops":
            stopped += sum(one.was_skipped(hall.mine[0].bytes - before) for one in came)
        hall.part(came)
    lost = options.screens - sum(screen in hall.screens.values() for screen in hall.mine)
    return {
        "p99": p99,
        "stopped": stopped,
        "lost": lost,
        "without_state": hall.without_state,
        "other": hall.votes.other,
    }


def arrivals(screens, sent):
    """The share of screens that saw the last vote; from vote to screen, every screen and one vote in ten."""
    last = max(sent, default=0)
    sample = sorted(sent)[:: 10 if len(sent) > 1000 else 1]
    shown, whole = [], 0
    for screen in screens.values():
        before = 0
        for number, moment in screen.seen:
            new = sample[bisect.bisect_right(sample, before) : bisect.bisect_right(sample, number)]
            shown.extend(moment - sent[seq] for seq in new)
            before = max(before, number)
        whole += before >= last
    return whole / len(screens) if screens else 1.0, shown


def storm(options, tickets, poll, screens):
    """All streams break and come back at the same moment."""
    old = list(screens.values())
    for screen in old:
        poll.unregister(screen.link)
        screen.link.close()
    screens.clear()
    back, missing = connect(options, tickets, poll, screens, len(old))
    return {"storm": round(back, 2), "storm_without_state": missing}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["acks", "room", "stall"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--room", type=int, required=True)
    parser.add_argument("--tickets", required=True)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--phones", type=int, default=64)
    parser.add_argument("--screens", type=int, default=0)
    parser.add_argument("--rate", type=float, default=600)
    parser.add_argument("--stall", type=int, default=200)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--storm", action="store_true")
    parser.add_argument("--orm", action="store_true")
    options = parser.parse_args()
    options.path = f"/orm-vote/?room={options.room}" if options.orm else f"/live/{options.room}/act"
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 16_000)), hard))
    tickets = Path(options.tickets).read_bytes().split()
    print(json.dumps({"acks": closed_loop, "room": room, "stall": stall}[options.what](options, tickets)))


if __name__ == "__main__":
    main()
