"""What the desk shows: the state of the room, the names of those in it, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cantiere.activities.labs import simulation
from cantiere.activities.labs.models import Lab, Participant
from cantiere.activities.labs.queries.halls import REHEARSE, script_of
from cantiere.activities.labs.rights import author_of
from cantiere.engine.lab import LabState, desk
from cantiere.engine.lab.seating import FORMED
from cantiere.engine.live import State
from cantiere.foundation.live import presence
from cantiere.foundation.live.boards import queries as boards
from cantiere.foundation.live.submit import ask
from cantiere.foundation.live.tickets import now

Json = dict[str, Any]


@dataclass(frozen=True)
class Who:
    """Somebody in the room, for whoever leads."""

    actor: str
    name: str
    place: str = ""
    kind: str = ""

    @property
    def called(self) -> str:
        """«Anna, impresa»: who wrote a note and on whose behalf, where that is known."""
        return ", ".join(filter(None, (self.name, self.kind)))


@dataclass(frozen=True)
class Step:
    """The one thing to do now; ``act`` is what its button asks for, with ``fields``."""

    act: str
    label: str
    icon: str
    fields: Mapping[str, Any]
    url: str = ""


@dataclass(frozen=True)
class Desk:
    """All that the page of the desk shows."""

    lab: Lab
    hall: str
    room: int
    frame: Json
    people: Mapping[str, Who]
    links: Mapping[str, str]  # of groups that meet by video
    hands: Mapping[str, Mapping[str, int]]  # of each board when its authors last wrote there
    script_changed: bool

    @property
    def rehearsal(self) -> bool:
        """Whether nothing of this counts."""
        return self.hall == REHEARSE

    @property
    def block(self) -> Json | None:
        """The running block."""
        found: Json | None = self.frame["block"]
        return found

    @property
    def following(self) -> Json | None:
        """The block that comes next."""
        blocks: list[Json] = self.frame["blocks"]
        return blocks[self.frame["number"]] if self.frame["number"] < len(blocks) else None

    @property
    def blocks(self) -> list[Json]:
        """The lines of the run sheet, each with where it stands: done, now or soon."""
        at = self.frame["number"]
        stand = {True: "done", False: "soon"}
        return [
            {**line, "number": number, "stands": "now" if number == at else stand[number < at]}
            for number, line in enumerate(self.frame["blocks"], 1)
        ]

    @property
    def groups(self) -> list[Json]:
        """The groups, those that call for help first, with the names of their people."""
        found = [
            {
                **group,
                "people": [self.who(actor) for actor in group.get("actors", ())],
                "silent": self._silent_at(group),
                "link": self.links.get(group["key"], ""),
            }
            for group in self.frame["groups"]
        ]
        return sorted(found, key=lambda group: (group["help"] is None, group["help"] or 0))

    def _silent_at(self, group: Json) -> list[Who]:
        """Who sits at a table and has not written on its board in this block."""
        if not group.get("board") or group["paper"]:
            return []
        hands = self.hands.get(group["board"], {})
        wrote = {author for author, at in hands.items() if at >= group["since"]}
        return [self.who(actor) for actor in group["actors"] if author_of(self.room, actor) not in wrote]

    @property
    def unseated(self) -> list[Who]:
        """Who sits nowhere."""
        return [self.who(actor) for actor in self.frame["people"]["unseated"]]

    @property
    def out(self) -> list[Who]:
        """Who was shown out."""
        return [self.who(actor) for actor in self.frame["people"]["out"]]

    @property
    def silent(self) -> int:
        """How many of those connected have not answered yet."""
        block = self.block
        return max(self.frame["people"]["here"] - block["active"], 0) if block and "active" in block else 0

    @property
    def left(self) -> int:
        """Milliseconds on the timer."""
        timer = self.frame["timer"]
        if timer["left"] is not None:
            return int(timer["left"])
        return max(int(timer["ends"] or 0) - int(self.frame["now"]), 0)

    @property
    def time_is_up(self) -> bool:
        """Whether the timer rang."""
        ends = self.frame["timer"]["ends"]
        return ends is not None and ends <= self.frame["now"]

    def who(self, actor: str) -> Who:
        """Somebody by the name in the log."""
        return self.people.get(actor) or Who(actor, _("Somebody"))

    @property
    def step(self) -> Step | None:
        """The one thing to do now."""
        block = self.block
        if self.frame["ended"]:
            return None
        if block is None:
            return self._go_on()
        return _step_in(block, self.frame) or self._go_on()

    def _go_on(self) -> Step:
        following = self.following
        if following is None:
            return Step("", _("Close the laboratory"), "it-check", {}, url="close")
        label = _("Begin: %(title)s") if self.block is None else _("Go on: %(title)s")
        fields = {"block": following["key"], "seen": self.frame["current"]}
        return Step("go", label % {"title": following["title"]}, "it-arrow-right", fields)


def _step_in(block: Json, frame: Json) -> Step | None:
    """What is to be done before going on; ``None`` where nothing is."""
    if block["kind"] in {"question", "vote"}:
        return _step_of_question(block)
    if block["kind"] == "harvest" and block["boards"] and not block["gathered"]:
        return Step("gather", _("Gather the boards"), "it-list", {"block": block["key"]})
    return _step_of_groups(block, frame) if block["kind"] == "groups" else None


def _step_of_question(block: Json) -> Step | None:
    key = {"block": block["key"]}
    if not block["opened"]:
        return Step("open", _("Open the question"), "it-unlocked", key)
    if not block["closed"]:
        return Step("close", _("Close the answers"), "it-lock", key)
    return None if block["shown"] else Step("show", _("Show the results"), "it-password-visible", key)


def _step_of_groups(block: Json, frame: Json) -> Step | None:
    timer, minutes = frame["timer"], block["minutes"]
    if not block["seated"] and block["assign"] in FORMED:
        return Step("form", _("Form the groups"), "it-user", {"block": block["key"]})
    if frame["called"]:
        return None
    if timer["ends"] is None and timer["left"] is None:
        return Step("timer", _("Start: %(n)d minutes") % {"n": minutes}, "it-clock", {"minutes": minutes})
    return Step("call", _("Call everybody back"), "it-horn", {"to": "plenary"})


def look_at(lab: Lab, hall: str, room: int, leafed: tuple[str, int] = ("", 0)) -> Desk:
    """The desk as it stands now; ``leafed`` is a block of which ideas after so many others are wanted."""

    def see(state: State[LabState], _handler: object) -> tuple[Json, Json, Sequence[str]]:
        frame = desk.desk(state, now(), presence.present(state.room), figures, leafed)
        return frame, state.own.script.as_json(), list(state.own.people)

    figures = {key: each.notes for key, each in boards.figures(room).items()}
    frame, told, actors = ask(room=room, ask=see)
    changed = told != script_of(lab).as_json()
    links = {group.key: group.link for group in lab.groups.all() if group.link}
    return Desk(lab, hall, room, frame, people_of(lab, hall, actors), links, boards.hands(room), changed)


def people_of(lab: Lab, hall: str, actors: Sequence[str] = ()) -> dict[str, Who]:
    """Everybody who joined, or is expected, by the name in the log."""
    if hall == REHEARSE:
        return {actor: Who(actor, simulation.name_of(actor)) for actor in actors}
    rows = Participant.objects.filter(lab=lab).select_related("place").order_by("pk")
    return {
        row.actor: Who(
            row.actor,
            row.name or _("Participant %(n)d") % {"n": number},
            row.place.name if row.place is not None else "",
            row.get_actor_kind_display()
            if row.actor_kind != row._meta.get_field("actor_kind").default
            else "",
        )
        for number, row in enumerate(rows, 1)
    }
