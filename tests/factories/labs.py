"""Laboratories for tests: prepared, and played from the first event to the last without a network.

:class:`Play` keeps what happens in the log as the writer does, judged by the same rules, at times the test chooses.
"""

import itertools
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cantiere.activities.labs.models import Block, Group, Lab, Participant
from cantiere.activities.labs.rights import author_of
from cantiere.engine import live as rules_of
from cantiere.engine.board import BoardRight, Change
from cantiere.engine.lab import LabRules, LabState, Script
from cantiere.engine.live import Event, State
from cantiere.foundation.live import actions as live
from cantiere.foundation.live import queries
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.handlers import Batch, Entry
from cantiere.programmes.models import Programme
from cantiere.thread.contributions import actions as contributions
from cantiere.thread.contributions import codes
from tests.factories import programmes as make

_numbers = itertools.count(1)

CHOICES = [{"key": "bus", "text": "Più autobus"}, {"key": "bike", "text": "Più ciclabili"}]
AREAS = [
    {"key": "s", "title": "Punti di forza", "w": 500, "h": 500},
    {"key": "w", "title": "Punti di debolezza", "x": 500, "w": 500, "h": 500},
]


def lab(programme: Programme | None = None, title: str = "", *, public: bool = True, **own: Any) -> Lab:
    """Public and empty, unless told otherwise."""
    row = make.activity(
        programme or make.programme(), title or f"Laboratorio {next(_numbers)}", kind="lab", public=public
    )
    if own:
        Lab.objects.filter(pk=row.pk).update(**own)
    return fresh(row.pk)


def fresh(lab: Lab | int) -> Lab:
    """The same as it stands now."""
    number = lab if isinstance(lab, int) else lab.pk
    return Lab.objects.select_related(*Lab.address_related).get(pk=number)


def block(lab: Lab, kind: str, title: str = "", *, key: str = "", **plan: Any) -> Block:
    """At the end of the run sheet; ``plan`` is that of its kind."""
    order = lab.blocks.count()
    fields = {"key": key} if key else {}
    return Block.objects.create(
        lab=lab, kind=kind, title=title or f"Blocco {order + 1}", order=order, plan=plan, **fields
    )


def question(lab: Lab, title: str = "", *, asks: str = "ideas", **plan: Any) -> Block:
    """A live question."""
    return block(lab, "question", title, asks=asks, prompt=plan.pop("prompt", "Che cosa manca?"), **plan)


def group(lab: Lab, name: str = "", **fields: Any) -> Group:
    """A table, after those there are."""
    order = lab.groups.count()
    return Group.objects.create(
        **{"lab": lab, "key": f"t{order + 1}", "order": order, "name": name or f"Tavolo {order + 1}"} | fields
    )


def script(lab: Lab) -> Script:
    """The run sheet and the groups, as the rules read them."""
    return Script(
        {each.key: each.step for each in lab.blocks.all()},
        {each.key: each.table for each in lab.groups.all()},
    )


class Play:
    """A laboratory while it runs; the clock moves only by :meth:`after`."""

    def __init__(self, lab: Lab, begins: datetime | None = None) -> None:
        room = live.make(kind="lab", key=str(lab.pk))
        Lab.objects.filter(pk=lab.pk).update(room=room, started_on=timezone.localdate())
        self.lab, self.room = fresh(lab), room.pk
        self.now = begins or timezone.localtime().replace(hour=18, minute=5, second=0, microsecond=0)
        self.rules = LabRules()
        self.state: State[LabState] = self.read()
        self._kept: list[Entry] = []
        self.lead("script", **script(lab).as_json())

    def read(self) -> State[LabState]:
        """What the log that is kept leads to."""
        return rules_of.replay(self.rules, queries.log(self.room))

    def after(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)

    def do(
        self,
        kind: str,
        actor: str,
        slot: str = "",
        *,
        lead: bool = False,
        body: Mapping[str, Any] | None = None,
    ) -> int:
        """Something happens; gives its number in the log. What the rules refuse fails the test."""
        at = int(self.now.timestamp() * 1000)
        event = Event(kind, slot, actor, dict(body or {}), at, lead, self.state.seq + 1)
        refused = rules_of.decide(self.rules, self.state, event)
        assert refused is None, f"{kind}: {refused}"
        self.state = rules_of.apply(self.rules, self.state, event)
        text = json.dumps(event.body)
        self._kept.append(Entry(event, text, secrets.token_bytes(16), secrets.token_bytes(16)))
        return event.seq

    def lead(self, kind: str, slot: str = "", **body: Any) -> int:
        """Something the facilitator does."""
        return self.do(kind, "lead-test", slot, lead=True, body=body)

    def join(self, name: str = "", **fields: Any) -> Participant:
        """Somebody comes in, with a receipt."""
        receipt = contributions.open_receipt(code=codes.new_code())
        row = Participant.objects.create(**{"lab": self.lab, "name": name, "receipt": receipt} | fields)
        self.do("enter", row.actor, body={"online": row.online})
        return row

    def go(self, block: Block, *, opened: bool = True) -> None:
        """The next block; a question is opened."""
        self.after(minutes=10)
        self.lead("go", block=block.key)
        if opened and block.kind in {"question", "vote"}:
            self.lead("open", block.key)

    def answer(self, who: Participant, block: Block, value: Any, **body: Any) -> int:
        """Somebody answers; for ideas the number is what they are called by."""
        return self.do("answer", who.actor, block.key, body={"value": value, "n": self.state.seq} | body)

    def seat(self, block: Block, **seats: list[Participant]) -> None:
        """Who sits where."""
        self.lead("seats", block.key, seats={key: [who.actor for who in rows] for key, rows in seats.items()})

    def paper(self, block: Block, group: str, value: Any, people: int = 1) -> int:
        """What a table said on paper."""
        return self.lead("paper", block.key, value=value, group=group, people=people)

    def board(self, key: str, *changes: Change, who: Participant | None = None) -> None:
        """Somebody changes a board; the facilitator, unless told who."""
        right = (
            BoardRight(author_of(self.room, who.actor), add=True, shape=True, dots=9)
            if who
            else BoardRight("lead-test", lead=True)
        )
        boards.edit(room=self.room, key=key, right=right, changes=changes)

    def note(
        self, key: str, text: str, who: Participant | None = None, *, paper: str = "", **values: Any
    ) -> str:
        """Somebody writes a note, or the facilitator types one of a table's paper; gives its number."""
        number = secrets.token_hex(6)
        by = f"paper:{paper}" if paper else author_of(self.room, who.actor) if who else "lead-test"
        values = {"text": text, "by": by, "area": "s"} | ({"room": True} if paper else {}) | values
        self.board(key, Change("notes", number, values, made=True), who=None if paper else who)
        return number

    def keep(self) -> Lab:
        """Write the log; gives the laboratory as it stands now."""
        if self._kept:
            live.append(Batch(self.room, str(self.lab.pk), self._kept))
            self._kept = []
        return fresh(self.lab)

    def end(self) -> Lab:
        """The last event, and the whole log is kept."""
        self.after(minutes=5)
        self.lead("end")
        return self.keep()


def played(lab_: Lab | None = None, *, people: int = 12, **join: Any) -> Play:
    """An evening with every kind of thing that is gathered; ended and kept, nothing harvested yet.

    ``ideas``, ``scale``, ``choice``, ``words``, ``groups``, ``speakers`` and ``vote`` are its blocks by key.
    """
    own = lab_ or lab()
    scale = question(
        own, "Come stiamo", key="scale", asks="scale", prompt="Quanto ti senti parte del quartiere?"
    )
    choice = question(own, "Che cosa serve", key="choice", asks="single", options=CHOICES)
    ideas = question(own, "Che cosa manca", key="ideas", most=3, upvotes=True, hidden=False)
    words = question(own, "Una parola", key="words", asks="words", most=2)
    speakers = question(own, "Domande", key="speakers", standing=True, upvotes=True, hidden=False, most=2)
    groups = block(own, "groups", "Al tavolo", key="groups", areas=AREAS, dots=3)
    vote = block(own, "vote", "Che cosa conta di più", key="vote", of="ideas", most=2)
    group(own)
    group(own)
    group(own, paper=True)
    play = Play(own)
    here = [play.join(f"Nome {number}", **join) for number in range(people)]
    play.lead("open", speakers.key)
    play.go(scale)
    for number, who in enumerate(here):
        play.answer(who, scale, number % 5 + 1)
    play.paper(scale, "t3", 4, people=6)
    play.go(choice)
    for number, who in enumerate(here):
        play.answer(who, choice, "bus" if number % 3 else "bike")
    play.go(ideas)
    refs = [play.answer(who, ideas, f"Idea di prova numero {number}") for number, who in enumerate(here)]
    play.paper(ideas, "t3", "Un'idea dal tavolo di carta", people=6)
    play.do("up", here[1].actor, ideas.key, body={"ref": refs[0], "on": True})
    play.lead("merge", ideas.key, into=refs[0], refs=[refs[1]])
    play.lead("moderate", ideas.key, ref=refs[2], state="gone")
    play.go(words)
    for number, who in enumerate(here):
        play.answer(who, words, ["acqua", "scuole" if number % 2 else "scuola"])
    play.answer(here[0], speakers, "Quando si comincia?")
    play.go(groups)
    play.seat(groups, t1=here[: people // 2], t2=here[people // 2 :])
    _on_boards(play, here)
    play.go(vote)
    for who in here:
        play.answer(who, vote, [f"i{refs[0]}"])
    play.end()
    return play


def _on_boards(play: Play, here: list[Participant]) -> None:
    """At the first table two notes that belong together and one alone; at the one of paper one that was typed."""
    together = secrets.token_hex(6)
    play.board("groups.t1", Change("clusters", together, {"title": "Stare insieme", "area": "s"}, made=True))
    notes = [play.note("groups.t1", f"Nota di prova {n}", who) for n, who in enumerate(here[:2])]
    play.board("groups.t1", *[Change("notes", note, {"cluster": together}) for note in notes])
    play.note("groups.t1", "Nota da sola", here[2], area="w")
    remark = {"note": notes[0], "text": "Sono d'accordo", "by": author_of(play.room, here[1].actor)}
    play.board("groups.t1", Change("comments", secrets.token_hex(6), remark, made=True), who=here[1])
    play.board(
        "groups.t1",
        Change("votes", author_of(play.room, here[2].actor), {notes[0]: 2, together: 1}),
        who=here[2],
    )
    gone = play.note("groups.t1", "Nota tolta", here[0])
    play.board("groups.t1", Change("notes", gone, {"gone": True}), who=here[0])
    play.note("groups.t3", "Nota di carta", paper="t3", area="w")
