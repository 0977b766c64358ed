"""A write that was confirmed survives the death of the server, and one sent again counts once."""

import http.client
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.proofs.house import FULL, House, free_port

pytestmark = pytest.mark.long

KILLS = 25 if FULL else 5
CLIENTS = 8


class Client(threading.Thread):
    """Sends forms; one without an answer is sent again with the same key until it has one."""

    def __init__(self, port: int, up: threading.Event, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.up, self.halt = port, up, stop
        self.acknowledged: list[str] = []
        self.unknown: set[str] = set()
        self.unexpected: list[int] = []

    def run(self) -> None:
        while not self.halt.is_set():
            key = secrets.token_urlsafe(16)
            while not self._send(key):
                self.up.wait(30)
                time.sleep(0.01)

    def _send(self, key: str) -> bool:
        body = urlencode({"once": key, "words": "parole"})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/write/", body, headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            self.unknown.add(key)
            return False
        finally:
            connection.close()
        if status == 302:
            self.acknowledged.append(key)
            return True
        self.unexpected.append(status)
        return False


def _under_load(house: House, kills: int) -> list[Client]:
    port, up, stop = free_port(), threading.Event(), threading.Event()
    clients = [Client(port, up, stop) for _ in range(CLIENTS)]
    for number in range(kills + 1):
        server = house.start("serve", "--port", str(port), ready=" is at http")
        up.set()
        if number == 0:
            for client in clients:
                client.start()
        time.sleep(random.uniform(0.4, 1.4))
        if number < kills:
            up.clear()
            house.kill(server)
    stop.set()
    for client in clients:
        client.join(30)
        assert not client.is_alive()
    assert house.stop(server) == 0
    return clients


def test_kill9_loses_and_doubles_nothing(
    engine: str, build: Callable[..., House], say: Callable[[str], None]
) -> None:
    house = build(engine)
    clients = _under_load(house, KILLS)
    acknowledged = [key for client in clients for key in client.acknowledged]
    unknown = {key for client in clients for key in client.unknown}
    column = "data->>'key'" if house.database else "json_extract(data, '$.key')"
    stored = Counter(
        key for (key,) in house.rows(f"SELECT {column} FROM core_auditentry WHERE verb = 'proof'")
    )
    lost = set(acknowledged) - stored.keys()
    doubled = {key for key, count in stored.items() if count > 1}
    invented = stored.keys() - set(acknowledged) - unknown
    say(
        f"proof kill9 {engine}: {KILLS} kills, {len(acknowledged)} acknowledged, {len(lost)} lost, "
        f"{len(doubled)} doubled, {len(unknown)} sent again"
    )
    assert [status for client in clients for status in client.unexpected] == []
    assert (lost, doubled, invented) == (set(), set(), set())
    assert len(set(acknowledged)) == len(acknowledged) > KILLS * 10
    if not house.database:
        assert house.rows("PRAGMA integrity_check") == [("ok",)]
