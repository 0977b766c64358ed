"""Somebody at a board, as a browser is: a Yjs document of their own, a socket, and what they were told."""

import contextlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pycrdt
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from cantiere.engine.board import ROOTS
from cantiere.foundation.live import tickets
from tests.proofs.house import ROOT, House, free_port
from tests.proofs.live import more_files

STEP_1, STEP_2, UPDATE = 0, 1, 2


def document(update: bytes = b"", **named: Any) -> pycrdt.Doc[Any]:
    """A document as every client makes it."""
    doc: pycrdt.Doc[Any] = pycrdt.Doc(**named)
    for root in ROOTS:
        doc[root] = pycrdt.Map()
    if update:
        doc.apply_update(update)
    return doc


def values(doc: pycrdt.Doc[Any]) -> dict[str, Any]:
    """All that stands in a document."""
    return {root: json.loads(str(doc.get(root, type=pycrdt.Map))) for root in ROOTS}


def changed(doc: pycrdt.Doc[Any], change: Callable[[pycrdt.Doc[Any]], Any]) -> bytes:
    """Change a document in one transaction; gives the update."""
    before = doc.get_state()
    with doc.transaction():
        change(doc)
    return doc.get_update(before)


def number() -> str:
    return secrets.token_hex(6)


def a_note(by: str, text: str = "una nota", **more: Any) -> dict[str, Any]:
    """A note as the page makes it."""
    return {
        "text": text, "colour": "yellow", "area": "a", "x": 10.0, "y": 20.0, "cluster": "", "by": by, "order": 1.0,
        "room": False, "photo": "", "gone": False, **more,
    }  # fmt: skip


def frame(kind: int, load: bytes) -> bytes:
    return bytes((0, kind)) + pycrdt.write_message(load)


class Person:
    """One client, read by hand: nothing arrives but while it listens."""

    def __init__(self, port: int, room: int, key: str, ticket: str, **more: Any) -> None:
        self.address = f"ws://127.0.0.1:{port}/live/{room}/board/{key}?t={ticket}"
        self.more = more
        self.doc = document()
        self.link: ClientConnection | None = None
        self.start()

    def start(self) -> None:
        """Connect, perhaps once more, with what the document holds."""
        self.close()
        self.told: list[dict[str, Any]] = []
        self.sent = self.kept = self.closed = 0
        self.steps = 0
        self.link = connect(
            self.address, **{"compression": None, "max_size": None, "close_timeout": 2, **self.more}
        )
        with contextlib.suppress(ConnectionClosed):  # it may end as soon as it began
            self.link.send(frame(STEP_1, self.doc.get_state()))

    def send(self, update: bytes, kind: int = UPDATE) -> int:
        """Send an update; gives its number."""
        self.link.send(frame(kind, update))
        self.sent += 1
        return self.sent

    def edit(self, change: Callable[[pycrdt.Doc[Any]], Any]) -> int:
        return self.send(changed(self.doc, change))

    def note(self, by: str, text: str = "una nota", **more: Any) -> str:
        """Add a note; gives its id."""
        made = number()
        self.edit(lambda doc: doc["notes"].__setitem__(made, pycrdt.Map(a_note(by, text, **more))))
        return made

    def set(self, root: str, record: str, **fields: Any) -> int:
        """Change fields of a record."""

        def change(doc: pycrdt.Doc[Any]) -> None:
            for name, value in fields.items():
                doc[root][record][name] = value

        return self.edit(change)

    def hear(self, within: float) -> bool:
        """Take one message; tells whether one came."""
        try:
            message = self.link.recv(timeout=within)
        except TimeoutError:
            return False
        except ConnectionClosed as end:
            self.closed = end.rcvd.code if end.rcvd is not None else 1006
            return False
        if isinstance(message, str):
            self._hear_words(json.loads(message))
        else:
            self._hear_sync(message)
        return True

    def _hear_words(self, said: dict[str, Any]) -> None:
        self.told.append(said)
        if said["t"] == "kept":
            self.kept = said["n"]

    def _hear_sync(self, message: bytes) -> None:
        load = pycrdt.read_message(message[2:])
        if message[1] == STEP_1:
            self.send(self.doc.get_update(load), STEP_2)
            self.steps |= 1
        elif load != b"\0\0":
            self.doc.apply_update(load)
        if message[1] == STEP_2:
            self.steps |= 2

    def until(self, question: Callable[[], Any], within: float = 5.0) -> None:
        """Listen until something is so."""
        ends = time.monotonic() + within
        while not question():
            left = ends - time.monotonic()
            assert left > 0, f"waited too long; told {self.told}, closed {self.closed}"
            if not self.hear(min(left, 0.2)) and self.closed:
                assert question(), f"closed {self.closed}; told {self.told}"

    def synced(self) -> "Person":
        """Listen until both have what the other had."""
        self.until(lambda: self.steps == 3 and self.kept == self.sent)
        return self

    def all_kept(self) -> None:
        self.until(lambda: self.kept == self.sent)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [said for said in self.told if said["t"] == kind]

    def last(self, kind: str) -> dict[str, Any]:
        """The last message of a kind, waited for."""
        self.until(lambda: self.of(kind))
        return self.of(kind)[-1]

    @property
    def values(self) -> dict[str, Any]:
        return values(self.doc)

    def close(self) -> None:
        if self.link is not None:
            self.link.close()


class Hall:
    """A room of the toy tables in a house, to be served."""

    def __init__(self, house: House) -> None:
        more_files()
        self.house = house
        self.room = self.make(1)[0]
        self.port = free_port()

    def make(self, count: int) -> list[int]:
        """New rooms; gives their numbers."""
        program = (
            "from cantiere.foundation.live import actions\n"
            f"for number in range({count}):"
            f" print(actions.make(kind='tables', key=f'{secrets.token_hex(4)}-{{number}}').pk)"
        )
        return [int(told) for told in self.house.python(program).split()]

    def serve(self, port: int = 0) -> subprocess.Popen[str]:
        self.server = self.house.start("serve", "--port", str(port or self.port), ready=" is at http")
        return self.server

    def ticket(self, actor: str, key: str = "t1", *, lead: bool = False) -> str:
        return tickets.issue(room=self.room, actor=actor, audience=f"group:{key}", lead=lead)

    def person(
        self, actor: str, key: str = "t1", *, port: int = 0, lead: bool = False, **more: Any
    ) -> Person:
        return Person(port or self.port, self.room, key, self.ticket(actor, key, lead=lead), **more)

    def load(self, mode: str, *, boards: int, people: int, tmp: Path, **words: float) -> dict[str, Any]:
        """Run the load process, with so many on each of so many boards; gives its figures."""
        file = tmp / "tickets"
        rows = [(f"t{number % boards}", f"p{number}") for number in range(boards * people)]
        file.write_text("\n".join(f"{key} {self.ticket(actor, key)} by-{actor}" for key, actor in rows))
        command = [sys.executable, "-m", "tests.bench.board_load", mode]
        command += [
            "--port",
            str(self.port),
            "--room",
            str(self.room),
            "--tickets",
            str(file),
            "--pid",
            str(self.server.pid),
        ]
        command += [part for name, value in words.items() for part in (f"--{name}", str(value))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        return dict(json.loads(done.stdout))

    def texts(self) -> list[str]:
        """What stands on all boards, from the database: board and text of each note."""
        told = self.house.python(
            "import json\nfrom cantiere.foundation.live.boards import queries\n"
            f"found = queries.contents({self.room})\n"
            "print(json.dumps([f'{key} {note.text}' for key, one in found.items() for note in one.notes]))"
        )
        return list(json.loads(told))
