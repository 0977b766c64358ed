"""A laboratory led through the actions of the desk, with the log written by the real writer's door."""

import secrets
from typing import Any

from cantiere.activities.labs.actions import Chair, leading
from cantiere.activities.labs.models import Lab, Participant
from cantiere.engine import live as rules_of
from cantiere.engine.lab import LabRules, LabState
from cantiere.engine.live import State
from cantiere.foundation.live import queries
from cantiere.foundation.live.submit import submit
from tests.factories import labs as make
from tests.factories.accounts import person


class Hall:
    """A running laboratory; ``facilitator`` leads it."""

    def __init__(self, lab: Lab | None = None) -> None:
        self.lab = lab or prepared()
        self.facilitator = person()
        leading.start(lab=self.lab, by=self.facilitator, key=secrets.token_hex(8))
        self.lab = make.fresh(self.lab)
        assert self.lab.room_id is not None
        self.room: int = self.lab.room_id

    def chair(self, by: Any = None, key: str = "") -> Chair:
        return Chair(self.lab, self.room, by or self.facilitator, key or secrets.token_hex(8))

    @property
    def state(self) -> State[LabState]:
        return rules_of.replay(LabRules(), queries.log(self.room))

    @property
    def own(self) -> LabState:
        return self.state.own

    def join(self, name: str = "", **fields: Any) -> str:
        row = Participant.objects.create(lab=self.lab, name=name, **fields)
        submit(room=self.room, actor=row.actor, kind="enter", body={"online": row.online})
        return row.actor

    def says(self, kind: str, actor: str, slot: str = "", **body: Any) -> int:
        return submit(room=self.room, actor=actor, kind=kind, slot=slot, body=body).seq

    def answers(self, actor: str, slot: str, value: Any, n: int = 1) -> int:
        return self.says("answer", actor, slot, value=value, n=n)

    def kinds(self) -> list[str]:
        return [event.kind for event in queries.log(self.room)]


def prepared(**own: Any) -> Lab:
    """A question, ideas, a round at tables and the next one, a vote; three tables."""
    lab = make.lab(**own)
    make.question(lab, "Che cosa serve", key="choice", asks="single", options=make.CHOICES)
    make.question(lab, "Idee", key="ideas", most=3, moderated=True)
    make.block(lab, "groups", "Primo giro", key="one", areas=make.AREAS)
    make.block(lab, "groups", "Secondo giro", key="two", assign="rotate", of="one")
    make.block(lab, "groups", "Ancora così", key="same", assign="same", of="one")
    make.block(lab, "vote", "Che cosa conta", key="vote", of="ideas", most=2)
    make.question(lab, "Domande", key="speakers", standing=True, upvotes=True)
    for _table in range(3):
        make.group(lab)
    return lab
