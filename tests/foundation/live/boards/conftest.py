"""Boards of a toy room on a real server."""

import secrets

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from cantiere.foundation.live import actions, tickets
from cantiere.foundation.live.handlers import register
from cantiere.foundation.live.submit import submit
from tests.foundation.live.conftest import Station
from tests.proofs.boards import Person
from tests.proofs.site.tables import Tables


@pytest.fixture(autouse=True)
def tables():
    return register(Tables())


class Hall:
    """A room with boards, served."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.room = actions.make(kind="tables", key=secrets.token_hex(4)).pk
        self.people: list[Person] = []

    def ticket(self, actor: str = "a", key: str = "t1", *, lead: bool = False) -> str:
        return tickets.issue(room=self.room, actor=actor, audience=f"group:{key}", lead=lead)

    def person(self, actor: str = "a", key: str = "t1", *, lead: bool = False, **more) -> Person:
        person = Person(self.station.port, self.room, key, self.ticket(actor, key, lead=lead), **more)
        self.people.append(person)
        return person

    def mode(self, **body) -> None:
        submit(room=self.room, actor="lead", kind="mode", body=body, lead=True)

    def revoke(self, actor: str) -> None:
        submit(room=self.room, actor="lead", kind="revoke", body={"actor": actor}, lead=True)

    def close(self) -> None:
        for person in self.people:
            person.close()


@pytest.fixture
def hall(stations):
    made = Hall(stations(H11Protocol))
    yield made
    made.close()
    made.station.until(lambda: made.station.desk.boards.connected == 0)
