"""Live rooms held by a toy poll; a server on real sockets where the network is what is tested."""

import asyncio
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from cantiere.foundation.core.server import SOCKETS
from cantiere.foundation.live import actions, desk, tickets
from cantiere.foundation.live.asgi import Live
from cantiere.foundation.live.boards.protocol import Socket
from cantiere.foundation.live.books import Shelf
from cantiere.foundation.live.commits import commit, commit_patiently
from cantiere.foundation.live.desk import Desk, answer_of
from cantiere.foundation.live.handlers import register
from cantiere.foundation.live.hub import Hub
from cantiere.foundation.live.meters import Meter, Meters
from cantiere.foundation.live.models import LiveRoom
from cantiere.foundation.live.tickets import Ticket
from cantiere.foundation.live.wire import Wire
from tests.proofs.site.poll import Poll


@pytest.fixture(autouse=True)
def poll():
    return register(Poll())


def key() -> str:
    return secrets.token_hex(16)


class Room:
    """A room without a network: answers are committed as the writer does."""

    def __init__(self, kind: str = "poll") -> None:
        self.row: LiveRoom = actions.make(kind=kind, key=key())
        self.shelf = Shelf()

    def answer(self, kind, actor="a", *, slot="q", lead=False, number="", later=0, said=None, **body):
        """``later`` milliseconds from now the page gave the ticket and the server receives the answer."""
        moment = tickets.now() + later
        ticket = Ticket(self.row.pk, actor, "phone", lead, moment, moment)
        made = answer_of(
            ticket, key=number or key(), kind=kind, slot=slot, body=said or body, done=lambda _: None
        )
        made.at = moment
        return made

    def commit(self, *answers, shelf=None, patiently=False):
        (commit_patiently if patiently else commit)(shelf or self.shelf, answers)
        return [answer.outcome for answer in answers]

    def say(self, kind, actor="a", **more):
        return self.commit(self.answer(kind, actor, **more))[0]

    def open(self):
        return self.say("open", "lead", lead=True)

    def ticket(self, actor="a", audience="screen", *, lead=False):
        return tickets.issue(room=self.row.pk, actor=actor, audience=audience, lead=lead)


@pytest.fixture
def room(db) -> Room:
    return Room()


def generous() -> Meters:
    return Meters(Meter(1000, 5000), Meter(1000, 5000), Meter(10_000, 50_000), Meter(10_000, 50_000))


class Station:
    """A server of live rooms in a thread; pages answer «a page»."""

    def __init__(self, protocol: type[H11Protocol], limits: Meters) -> None:
        self.desk = desk._desk = Desk(Hub(), limits)
        self.bound = socket.socket()
        self.bound.bind(("127.0.0.1", 0))
        self.port = self.bound.getsockname()[1]
        config = uvicorn.Config(
            Live(_pages, lambda: self.desk), interface="asgi3", lifespan="off", log_config=None, http=protocol,
            timeout_graceful_shutdown=3, ws=Socket, **SOCKETS,
        )  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([self.bound],), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.desk.boards.stop()
        self.desk.hub.stop()
        desk._desk = None
        assert not self.thread.is_alive()

    def link(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def until(self, question, within: float = 5.0) -> None:
        ends = time.monotonic() + within
        while not question():
            assert time.monotonic() < ends, "waited too long"
            time.sleep(0.01)


async def _pages(scope, receive, send) -> None:
    await asyncio.sleep(0)
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"6")]},
    )
    await send({"type": "http.response.body", "body": b"a page"})


@pytest.fixture(scope="module")
def stations(django_db_setup, django_db_blocker) -> Iterator[Callable[..., Station]]:
    """Servers for a module; rows are committed, so that they see them, and deleted at the end."""
    made: dict[tuple[type[H11Protocol], bool], Station] = {}

    def of(protocol: type[H11Protocol], *, new: bool = False) -> Station:
        """``new`` where a test ends its server itself."""
        if (protocol, new) not in made:
            made[protocol, new] = Station(protocol, generous())
        desk._desk = made[protocol, new].desk
        return made[protocol, new]

    with django_db_blocker.unblock():
        yield of
        for station in made.values():
            station.stop()
        LiveRoom.objects.all().delete()


@pytest.fixture(params=["wire", "asgi"])
def station(request, stations) -> Station:
    """The same by the short way and by any server's."""
    return stations(Wire if request.param == "wire" else H11Protocol)


@pytest.fixture
def wired(stations) -> Station:
    return stations(Wire)
