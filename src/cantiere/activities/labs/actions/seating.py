"""Who sits in which group: formed by the plan, moved by hand, found a place for who comes late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.activities.labs import simulation
from cantiere.activities.labs.actions.chair import REFUSALS, Chair
from cantiere.activities.labs.models import Block, Lab, Participant
from cantiere.engine.grouping import Member
from cantiere.engine.lab import GroupsPlan, LabState, Script
from cantiere.engine.lab.seating import FORMED, Seating, add, apart, seat
from cantiere.engine.live import State
from cantiere.foundation.live import presence
from cantiere.programmes.models import Enrolment
from cantiere.thread.contributions.models import ActorKind


class Who(StrEnum):
    """Whom a seating is for."""

    ENTERED = "entered"  # everybody who came in
    HERE = "here"  # those connected at this moment
    ENROLLED = "enrolled"  # everybody who came in or has a confirmed seat


@dataclass(frozen=True)
class _Facts:
    """What of the state a seating needs; copies, for the state belongs to the writer."""

    script: Script
    people: list[str]
    seats: dict[str, dict[str, str]]
    stood: set[str]
    current: str
    seating: int


def _facts(state: State[LabState]) -> _Facts:
    lab = state.own
    people = [actor for actor in lab.people if actor not in lab.out]
    return _Facts(
        lab.script,
        people,
        {key: lab.seats_in(key) for key in lab.seats},
        set(lab.stood.get(lab.current, ())),
        lab.current,
        lab.seating,
    )


def form(
    *,
    chair: Chair,
    block: str,
    who: Who = Who.ENTERED,
    sizes: Sequence[int] = (),
    hosts: Sequence[str] = (),
    seed: int = 0,
) -> Seating:
    """Seat people in the groups of a block as its plan says; the same seed gives the same groups again."""
    if who is Who.ENROLLED and not chair.rehearsal:
        expect_enrolled(lab=chair.lab)
    facts = chair.asks(_facts)
    members = _members(chair, _chosen(chair, facts, who))
    try:
        made = seat(
            facts.script,
            block,
            members,
            facts.seats,
            sizes=sizes,
            hosts=[*hosts, *_hosts(chair)],
            afar=_afar(chair),
            seed=seed,
        )
    except ValueError as few:
        raise ValidationError(
            _("There are fewer seats than people, or no groups: look at the sizes.")
        ) from few
    chair.does("seats", block, seats={group: list(people) for group, people in made.groups.items()})
    return made


def _chosen(chair: Chair, facts: _Facts, who: Who) -> list[str]:
    if who is Who.HERE:
        present = chair.asks(lambda state: presence.present(state.room))
        return [actor for actor in facts.people if actor in present]
    if who is Who.ENROLLED:
        expected = Participant.objects.filter(lab=chair.lab, person__isnull=False)
        return list(dict.fromkeys([*facts.people, *expected.values_list("actor", flat=True)]))
    return facts.people


def _members(chair: Chair, actors: Sequence[str]) -> list[Member]:
    """People with their municipality and the kind of actor they speak for, as far as they said."""
    if chair.rehearsal:
        return [Member(actor, simulation.traits_of(actor)) for actor in actors]
    rows = Participant.objects.filter(lab=chair.lab).values_list("actor", "place_id", "actor_kind")
    traits = {actor: _traits(place, kind) for actor, place, kind in rows}
    return [Member(actor, traits.get(actor, {})) for actor in actors]


def _traits(place: int | None, kind: str) -> dict[str, Any]:
    said: dict[str, Any] = {} if place is None else {"place": place}
    return said if kind == ActorKind.UNSTATED else said | {"actor": kind}


def _afar(chair: Chair) -> set[str]:
    """Those who connect from afar."""
    return set(Participant.objects.filter(lab=chair.lab, online=True).values_list("actor", flat=True))


def _hosts(chair: Chair) -> list[str]:
    """Facilitators of a group who also take part stay at their table."""
    leading = chair.lab.groups.exclude(facilitator=None).values("facilitator")
    rows = Participant.objects.filter(lab=chair.lab, person__in=leading)
    return list(rows.values_list("actor", flat=True))


def expect_enrolled(*, lab: Lab) -> int:
    """A row for everybody with a confirmed seat who has not come in yet, so that they can be seated."""
    come = Participant.objects.filter(lab=lab, person__isnull=False).values("person")
    expected = Enrolment.objects.filter(activity=lab.activity_id, state=Enrolment.State.CONFIRMED)
    rows = [
        Participant(lab=lab, person_id=person, online=online)
        for person, online in expected.exclude(person__in=come).values_list("person", "online")
    ]
    Participant.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def move(*, chair: Chair, block: str, actors: Sequence[str], group: str) -> None:
    """People go to a group, or (none) stand up."""
    if not actors:
        raise ValidationError(_("Choose whom to move."))
    for actor in actors:
        chair.does("seat", block, actor=actor, group=group)


def stand_up(*, chair: Chair, block: str) -> None:
    """Nobody sits anywhere in this block."""
    chair.does("seats", block, seats={})


def seat_latecomers(*, chair: Chair) -> int:
    """Those who came in and sit nowhere go where they are needed most; gives how many.

    Nothing happens where people choose their group, where groups are made by hand, or before they are made;
    whoever was asked to stand up stays up. The same is done once, though two ask for it from the same seats.
    """
    facts = chair.asks(_facts)
    step = facts.script.blocks.get(facts.current)
    seats = facts.seats.get(facts.current, {})
    if step is None or not isinstance(step.plan, GroupsPlan) or step.plan.assign not in FORMED or not seats:
        return 0
    members = _members(chair, [*seats, *(actor for actor in facts.people if actor not in seats)])
    late = [member for member in members if member.key not in {*seats, *facts.stood}]
    known = {str(member.key): member.traits for member in members}
    everybody = [str(member.key) for member in members]
    found: dict[str, str] = {}
    for keys, people in apart(facts.script.tables_of(step.plan), everybody, _afar(chair)):
        groups = {key: _at(seats, key) for key in keys}
        found |= add(groups, [member for member in late if member.key in people], known)
    for actor, group in found.items():
        once = replace(chair, key=f"late {facts.seating} {actor}")
        once.does("seat", facts.current, actor=actor, group=group)
    return len(found)


def _at(seats: Mapping[str, str], group: str) -> list[str]:
    return [actor for actor, key in seats.items() if key == group]


def wish(*, chair: Chair, block: str, actors: Sequence[str], together: bool) -> None:
    """These must sit together, or must not; kept in the plan of the block, for this seating and the next."""
    if len(set(actors)) < 2:
        raise ValidationError(_("Choose two people at least."))
    step = chair.asks(lambda state: state.own.script.blocks.get(block))
    if step is None or not isinstance(step.plan, GroupsPlan):
        raise ValidationError(REFUSALS["block"])
    name = "together" if together else "apart"
    wishes = [*getattr(step.plan, name), tuple(dict.fromkeys(actors))]
    _keep_wishes(chair, block, {name: wishes})


def forget_wishes(*, chair: Chair, block: str) -> None:
    """Nobody must sit with or without anybody any more."""
    _keep_wishes(chair, block, {"together": [], "apart": []})


def _keep_wishes(chair: Chair, block: str, wishes: Mapping[str, Sequence[Sequence[str]]]) -> None:
    kept = {name: [list(keys) for keys in lists] for name, lists in wishes.items()}
    said = chair.asks(lambda state: state.own.script.as_json())
    for each in said["blocks"]:
        if each["key"] == block:
            each["plan"] = {**each["plan"], **kept}
    chair.does("script", **said)
    row = Block.objects.filter(lab=chair.lab, key=block).first()
    if row is not None and not chair.rehearsal:
        row.plan = {**row.plan, **kept}
        row.save(update_fields=["plan"])


def sentence(made: Seating) -> str:
    """How a seating came out, in words."""
    people = sum(map(len, made.groups.values()))
    said = ngettext("%(n)d person seated.", "%(n)d people seated.", people) % {"n": people}
    if made.broken:
        said += " " + ngettext(
            "%(n)d wish could not be kept.", "%(n)d wishes could not be kept.", len(made.broken)
        ) % {"n": len(made.broken)}
    if made.repeated:
        said += " " + ngettext("%(n)d pair meets again.", "%(n)d pairs meet again.", made.repeated) % {
            "n": made.repeated
        }
    elif not made.faults:
        said += " " + _("The groups are as mixed as they can be.")
    return said
