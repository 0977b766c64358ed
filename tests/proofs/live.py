"""A served live room to be maltreated: its tickets, and the load from a process of its own."""

import http.client
import json
import resource
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from cantiere.foundation.live import tickets
from tests.proofs.house import ROOT, House, free_port

# Each phone has an address of its own, as behind a proxy.
SETTINGS = {"CANTIERE_SECRET_KEY": settings.SECRET_KEY, "CANTIERE_PROXIES": "1"}


def more_files() -> None:
    """Thousands of connections need as many file descriptors, in this process and those it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 16_000)), hard))


class Room:
    """A room of the toy poll in a house, its question open once the house is served."""

    def __init__(self, house: House, actors: int = 500, audience: str = "screen") -> None:
        more_files()
        self.house = house
        self.number = int(
            house.python(
                "from cantiere.foundation.live import actions\n"
                f"print(actions.make(kind='poll', key='{secrets.token_hex(4)}').pk)"
            )
        )
        self.port = free_port()
        self.listener: http.client.HTTPConnection | None = None  # somebody who stays
        self.lead = tickets.issue(room=self.number, actor="lead", audience="desk", lead=True)
        self.tickets = [
            tickets.issue(room=self.number, actor=f"p{number}", audience=audience) for number in range(actors)
        ]

    def serve(self, port: int = 0) -> subprocess.Popen[str]:
        return self.house.start("serve", "--port", str(port or self.port), ready=" is at http")

    def link(self, port: int = 0) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)

    def act(
        self, kind: str, ticket: str = "", *, key: str = "", slot: str = "q", link: Any = None, **body: Any
    ) -> tuple[int, dict[str, Any]]:
        """One answer; gives status and JSON."""
        own = link or self.link()
        sent = {"key": key or secrets.token_hex(16), "kind": kind, "slot": slot, "body": body}
        ticket = ticket or self.lead
        address = f"10.0.{hash(ticket) % 250}.{hash(ticket) // 250 % 250}"
        headers = {"Authorization": f"Live {ticket}", "X-Forwarded-For": address}
        own.request("POST", f"/live/{self.number}/act", json.dumps(sent), headers)
        response = own.getresponse()
        told = response.status, json.loads(response.read())
        if link is None:
            own.close()
        return told

    def state(self, port: int = 0, after: str = "", wait: int = 5) -> dict[str, Any]:
        """What the desk is shown: its number and the state."""
        own = self.link(port)
        path = f"/live/{self.number}/news?wait={wait}&after={after}&t={self.lead}"
        own.request("GET", path)
        told = json.loads(own.getresponse().read() or b"{}")
        own.close()
        return dict(told)

    def load(self, *words: str, seconds: float, tmp: Path, actors: list[str] | None = None) -> dict[str, Any]:
        """Run the load process; gives its figures."""
        file = tmp / "tickets"
        file.write_text("\n".join(actors or self.tickets))
        command = [sys.executable, "-m", "tests.bench.live_load", *words]
        command += ["--port", str(self.port), "--room", str(self.number), "--tickets", str(file)]
        command += ["--seconds", str(seconds)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr[-2000:]
        return dict(json.loads(done.stdout))

    def votes(self) -> list[tuple[int, str, str, dict[str, Any], int]]:
        """The votes of the log, past the program: number, key, actor, body, time."""
        rows = self.house.rows(
            "SELECT seq, key, actor, body, at FROM live_liveevent"
            f" WHERE room_id = {self.number} AND kind = 'vote' ORDER BY seq"
        )
        return [(seq, bytes(key).hex(), actor, json.loads(body), at) for seq, key, actor, body, at in rows]

    def tally(self) -> list[int]:
        """What the log says of the question: each actor's last word by their own counter."""
        last: dict[str, tuple[int, int]] = {}
        for _seq, _key, actor, body, _at in self.votes():
            if actor not in last or body.get("n", 0) > last[actor][0]:
                last[actor] = (body.get("n", 0), body["choice"])
        choices = [choice for _n, choice in last.values()]
        return [choices.count(choice) for choice in range(5)]
