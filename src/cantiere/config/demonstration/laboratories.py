"""The demonstration's laboratories: prepared through the actions; an evening that lies in the past as its log."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from cantiere.activities.labs import actions
from cantiere.activities.labs.models import Lab, Participant
from cantiere.activities.labs.queries.halls import script_of
from cantiere.activities.labs.rights import author_of
from cantiere.config.demonstration.outline import Evening, Note, Worked
from cantiere.engine.board import BoardRight
from cantiere.engine.lab import LabRules
from cantiere.engine.live import Event, apply, decide, fresh
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.live import actions as live
from cantiere.foundation.live.boards import actions as boards
from cantiere.foundation.live.boards import changes
from cantiere.foundation.live.handlers import Batch, Entry
from cantiere.foundation.places.models import Place
from cantiere.programmes.actions import save_minutes
from cantiere.programmes.actions.minutes import publish_minutes
from cantiere.programmes.models import Activity
from cantiere.thread.contributions import actions as contributions
from cantiere.thread.contributions import codes

LATEST = 21  # o'clock: later nobody begins a laboratory


def arrange(*, by: Person, activity: Activity, worked: Worked, on: date) -> None:
    """Its words, its day, its run sheet and its groups."""
    lab = _lab(activity)
    starts = _ahead(_on(on, worked))
    opens = min(starts - timedelta(days=20), timezone.now() - timedelta(days=1))
    row = {"summary": worked.summary, "place_note": worked.venue, "opens": opens}
    own = {
        "mode": worked.mode,
        "video_link": f"https://video.example.org/{activity.slug[:40]}",
        "directions": worked.directions,
        "languages": worked.languages,
        "asks_place": True,
        "asks_actor": True,
        "ask_reason": worked.reason,
    }
    rules = {"capacity": worked.capacity, "needs_approval": worked.approval, "offer_hours": 48}
    session = actions.Session(starts, starts + timedelta(minutes=worked.minutes_long))
    actions.edit(by=by, lab=lab, row=row, own=own, rules=rules, sessions=[session])
    if worked.code:
        Lab.objects.filter(pk=lab.pk).update(code=worked.code)
    actions.set_number_of_groups(by=by, lab=lab, number=len(worked.groups))
    names = dict(zip(lab.groups.values_list("pk", flat=True), worked.groups, strict=True))
    actions.edit_groups(by=by, lab=lab, wanted={pk: {"name": name} for pk, name in names.items()})
    actions.add_steps(by=by, lab=lab, steps=list(enumerate(worked.steps())), method="")


def hold(*, by: Person, activity: Activity, worked: Worked, evening: Evening, on: date) -> None:
    """What was said that evening, what it adds up to, and its minutes."""
    lab = _lab(activity)
    starts = _on(on, worked)
    _Past(lab, starts).play(evening)
    actions.finish(lab=lab, by=by)
    actions.harvest(by=by, lab=lab)
    lab = _lab(activity)
    save_minutes(by=by, held=lab, details={"short": worked.short, "points": "\n".join(worked.points)})
    publish_minutes(by=by, held=lab)
    told_on = on + timedelta(days=6)
    Activity.objects.filter(pk=activity.pk).update(outcome_on=told_on)
    Lab.objects.filter(pk=lab.pk).update(minutes_on=told_on, started_on=on)


def _on(day: date, worked: Worked) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(*worked.at)))


def _ahead(starts: datetime) -> datetime:
    """What is on today is still to come, at whatever hour somebody looks: in the next hour, at night tomorrow."""
    now = timezone.localtime()
    if starts > now or starts.date() != now.date():
        return starts
    soon = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return soon if LATEST >= soon.hour > now.hour else starts + timedelta(days=1)


def _lab(activity: Activity) -> Lab:
    return Lab.objects.select_related(*Lab.address_related).get(pk=activity.pk)


class _Past:
    """A log written at the times of an evening that is over; the same rules judge it."""

    def __init__(self, lab: Lab, starts: datetime) -> None:
        self.lab, self.rules, self.now = lab, LabRules(), starts
        self.room = actions.room_of(lab=lab)
        self.state = fresh(self.rules)
        self.kept: list[Entry] = []
        self.blocks = list(lab.blocks.all())

    def play(self, evening: Evening) -> None:
        """Everybody comes, block follows block, everybody leaves."""
        people = [self._join(*who) for who in evening.people]
        self._lead("script", body=script_of(self.lab).as_json())
        for person in people:
            self._say("enter", person.actor, body={"online": person.online})
        for place, block in enumerate(self.blocks):
            self._lead("go", body={"block": block.key})
            self._block(place, block.key, evening, people)
            self._boards(block.key, evening.notes.get(place, ()), people)
            self.now += timedelta(minutes=block.minutes)
        self._lead("end")
        live.append(Batch(self.room.pk, str(self.lab.pk), self.kept))

    def _join(self, town: str, actor: str, online: bool) -> Participant:  # noqa: FBT001 (a row of the table)
        return Participant.objects.create(
            lab=self.lab,
            place=Place.objects.get(kind=Place.Kind.MUNICIPALITY, code=town, valid_to=None),
            actor_kind=actor,
            online=online,
            receipt=contributions.open_receipt(code=codes.new_code()),
            joined_on=self.now.date(),
        )

    def _block(self, place: int, key: str, evening: Evening, people: list[Participant]) -> None:
        if place in evening.choices or place in evening.ideas:
            self._lead("open", key)
        for number, value in enumerate(evening.choices.get(place, ())):
            self._say("answer", people[number].actor, key, {"value": value, "n": 1})
        refs = [
            self._say("answer", people[number].actor, key, {"value": text, "n": 1})
            for number, text in evening.ideas.get(place, ())
        ]
        for first, other in evening.merged.get(place, ()):
            self._lead("merge", key, {"into": refs[first], "refs": [refs[other]]})
        if refs:
            self._lead("show", key, {"shown": True})

    def _boards(self, key: str, notes: Sequence[Note], people: Sequence[Participant]) -> None:
        """What stands on each group's board: clusters, notes by their authors, a dot of everybody."""
        for group in sorted({note.group for note in notes}):
            board = f"{key}.{group}"
            on_it = [note for note in notes if note.group == group]
            clusters = {note.cluster: (changes.new_id(), note.area) for note in on_it if note.cluster}
            made = [changes.add_cluster(title, id=id_, area=area) for title, (id_, area) in clusters.items()]
            boards.edit(room=self.room.pk, key=board, right=BoardRight("demo", lead=True), changes=made)
            voters = iter(people)
            for place, note in enumerate(on_it):
                author, id_ = self._author(people[note.by]), changes.new_id()
                cluster = clusters[note.cluster][0] if note.cluster else ""
                where = {"area": note.area, "order": float(place), "x": 60.0 + 300 * (place % 3), "y": 120.0}
                written = changes.add_note(note.text, id=id_, by=author, cluster=cluster, **where)
                right = BoardRight(author, lead=True)
                boards.edit(room=self.room.pk, key=board, right=right, changes=[written])
                for voter in islice(voters, note.dots):
                    dot = changes.vote({id_: 1}, by=self._author(voter))
                    right = BoardRight(self._author(voter), dots=1)
                    boards.edit(room=self.room.pk, key=board, right=right, changes=[dot])

    def _author(self, person: Participant) -> str:
        return author_of(self.room.pk, person.actor)

    def _lead(self, kind: str, slot: str = "", body: Mapping[str, Any] | None = None) -> None:
        self._say(kind, "lead-demo", slot, body or {}, lead=True)

    def _say(
        self,
        kind: str,
        actor: str,
        slot: str = "",
        body: Mapping[str, Any] | None = None,
        *,
        lead: bool = False,
    ) -> int:
        event = Event(
            kind, slot, actor, body or {}, int(self.now.timestamp() * 1000), lead, self.state.seq + 1
        )
        refused = decide(self.rules, self.state, event)
        if refused is not None:
            raise ValueError(f"The demonstration is refused: {kind} {refused}.")
        self.state = apply(self.rules, self.state, event)
        self.now += timedelta(seconds=4)
        text = json.dumps(event.body, ensure_ascii=False)
        self.kept.append(Entry(event, text, secrets.token_bytes(16), secrets.token_bytes(16)))
        return event.seq
