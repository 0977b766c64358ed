"""Who sits where: balanced, turned, the same, by hand, and those who come late."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cantiere.activities.labs import actions
from cantiere.activities.labs.actions import leading, moderating, seating
from cantiere.activities.labs.actions.seating import Who
from cantiere.activities.labs.models import Participant
from cantiere.engine.grouping import Member, repeated_pairs
from cantiere.engine.lab import desk
from cantiere.engine.lab.script import Block, GroupsPlan, Script, Table
from cantiere.engine.lab.seating import seat
from cantiere.programmes.models import Enrolment
from tests.activities.labs.hall import Hall, prepared
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KINDS = ("citizen", "association", "firm")


def full_hall(people=12):
    hall = Hall()
    return hall, [hall.join(f"Nome {n}", actor_kind=KINDS[n % 3]) for n in range(people)]


def groups_of(hall, block):
    groups = {}
    for actor, group in hall.own.seats_in(block).items():
        groups.setdefault(group, set()).add(actor)
    return groups


def test_kinds_of_actor_are_spread_and_the_same_number_gives_the_same_groups():
    hall, people = full_hall()
    made = seating.form(chair=hall.chair(), block="one", seed=4)
    kinds = dict(Participant.objects.values_list("actor", "actor_kind"))
    for group in groups_of(hall, "one").values():
        assert sorted(Counter(kinds[actor] for actor in group).values()) == [1, 1, 2]
    assert sorted(hall.own.seats_in("one")) == sorted(people)
    assert seating.form(chair=hall.chair(), block="one", seed=4) == made
    assert "12" in seating.sentence(made)


def test_wishes_are_kept_and_told_where_they_cannot_be():
    hall, people = full_hall(6)
    seating.wish(chair=hall.chair(), block="one", actors=people[:2], together=True)
    seating.wish(chair=hall.chair(), block="one", actors=[people[0], people[2]], together=False)
    seating.form(chair=hall.chair(), block="one")
    at = hall.own.seats_in("one")
    assert at[people[0]] == at[people[1]] != at[people[2]]
    assert hall.lab.blocks.get(key="one").plan["together"] == [people[:2]]
    seating.forget_wishes(chair=hall.chair(), block="one")
    assert hall.own.script.blocks["one"].plan.together == ()
    with pytest.raises(ValidationError):
        seating.wish(chair=hall.chair(), block="one", actors=people[:1], together=True)


def test_sizes_are_kept_and_too_few_seats_are_refused():
    hall, _people = full_hall(9)
    seating.form(chair=hall.chair(), block="one", sizes=[2, 3, 4])
    assert sorted(map(len, groups_of(hall, "one").values())) == [2, 3, 4]
    for sizes in ([1, 1, 1], [9], [3, 3, 3, 3]):
        with pytest.raises(ValidationError):
            seating.form(chair=hall.chair(), block="one", sizes=sizes)
    with pytest.raises(ValidationError):
        seating.form(chair=hall.chair(), block="ideas")


def test_in_the_next_round_new_people_meet_and_hosts_stay():
    hall, people = full_hall(9)
    host = Participant.objects.get(actor=people[0])
    host.person = person()
    host.save()
    seating.form(chair=hall.chair(), block="one")
    table = hall.own.seats_in("one")[people[0]]
    hall.lab.groups.filter(key=table).update(facilitator=host.person)
    made = seating.form(chair=hall.chair(), block="two")
    assert made.repeated == 0
    assert hall.own.seats_in("two")[people[0]] == table
    moved = [who for who in people[1:] if hall.own.seats_in("one")[who] != hall.own.seats_in("two")[who]]
    assert len(moved) >= 6
    seating.form(chair=hall.chair(), block="same")
    assert hall.own.seats_in("same") == hall.own.seats_in("one")


def test_who_leaves_makes_nobody_meet_again():
    tables = {f"t{n}": Table(f"t{n}", f"Tavolo {n}") for n in range(5)}
    first = Block("r1", GroupsPlan(), "Primo giro")
    later = [Block(f"r{n}", GroupsPlan(assign="rotate", of="r1"), f"Giro {n}") for n in (2, 3, 4)]
    script = Script({block.key: block for block in (first, *later)}, tables)
    people = [Member(f"p{n}", {}) for n in range(20)]
    seats, groups = {}, []
    for block in script.blocks:
        # At the third round one has left; at the fourth they are back, and another has left.
        here = [member for member in people if (block, member.key) not in {("r3", "p7"), ("r4", "p12")}]
        made = seat(script, block, here, seats)
        assert sorted(key for group in made.groups.values() for key in group) == sorted(
            member.key for member in here
        )
        assert made.repeated == 0
        groups.append(list(made.groups.values()))
        seats[block] = {person: table for table, group in made.groups.items() for person in group}
    assert repeated_pairs(groups) == 0


def test_who_comes_late_goes_where_they_are_needed_most_and_stays_up_if_asked():
    hall, people = full_hall(8)
    leading.go(chair=hall.chair(), block="one", seen="")
    assert seating.seat_latecomers(chair=hall.chair()) == 0
    seating.form(chair=hall.chair(), block="one")
    smallest = min(groups_of(hall, "one").items(), key=lambda pair: len(pair[1]))[0]
    row = Participant.objects.create(lab=hall.lab, name="Tardi", actor_kind="firm")
    actions.enter(lab=hall.lab, participant=row, key="enters-by-a-form")
    assert hall.own.seats_in("one")[row.actor] == smallest
    seating.move(chair=hall.chair(), block="one", actors=[row.actor], group="")
    assert desk.desk(hall.state, 0, people, {})["people"]["unseated"] == []
    assert seating.seat_latecomers(chair=hall.chair()) == 0
    actions.enter(lab=hall.lab, participant=row, key="enters-once-more")
    assert row.actor not in hall.own.seats_in("one")
    seating.move(chair=hall.chair(), block="one", actors=[row.actor, people[0]], group="t1")
    assert {row.actor, people[0]} <= groups_of(hall, "one")["t1"]


def test_who_has_lost_the_place_given_when_they_came_late_is_given_one_again():
    hall, people = full_hall(6)
    leading.go(chair=hall.chair(), block="one", seen="")
    seating.form(chair=hall.chair(), block="one")
    late = hall.join("Tardi")
    assert seating.seat_latecomers(chair=hall.chair()) == 1
    seating.move(chair=hall.chair(), block="one", actors=[late], group="")
    moderating.show_out(chair=hall.chair(), actor=late)
    moderating.let_back(chair=hall.chair(), actor=late)
    assert desk.desk(hall.state, 0, people, {})["people"]["unseated"] == [late]
    assert seating.seat_latecomers(chair=hall.chair()) == 1
    assert late in hall.own.seats_in("one")
    # Groups are made anew from those here, while their phone sleeps.
    hall.chair().does("seats", "one", seats={"t1": people[:2], "t2": people[2:4], "t3": people[4:]})
    assert seating.seat_latecomers(chair=hall.chair()) == 1
    assert late in hall.own.seats_in("one")
    assert seating.seat_latecomers(chair=hall.chair()) == 0


def test_those_enrolled_are_seated_before_they_come_and_those_shown_out_are_not():
    hall, people = full_hall(4)
    expected = person()
    Enrolment.objects.create(
        activity=hall.lab.activity, person=expected, state="confirmed", queued_at=timezone.now()
    )
    moderating.show_out(chair=hall.chair(), actor=people[0])
    seating.form(chair=hall.chair(), block="one", who=Who.ENROLLED)
    seated = hall.own.seats_in("one")
    assert Participant.objects.get(person=expected).actor in seated
    assert people[0] not in seated
    assert len(seated) == 4
    seating.form(chair=hall.chair(), block="one", who=Who.HERE)
    assert hall.own.seats_in("one") == {}
    seating.stand_up(chair=hall.chair(), block="one")


def test_only_known_people_move_and_only_to_groups_there_are():
    hall, people = full_hall(2)
    for actors, group in (([], "t1"), (["nobody"], "t1"), (people, "t9")):
        with pytest.raises(ValidationError):
            seating.move(chair=hall.chair(), block="one", actors=actors, group=group)


def test_those_who_connect_from_afar_sit_where_there_is_a_call_and_the_others_in_the_hall():
    lab = prepared()
    lab.groups.filter(key="t3").update(link="https://video.example.org/stanza")
    hall = Hall(lab)
    near = [hall.join(f"Nome {n}") for n in range(5)]
    far = [hall.join(f"Da casa {n}", online=True) for n in range(2)]
    seating.form(chair=hall.chair(), block="one", sizes=[3, 2, 2])
    at = groups_of(hall, "one")
    assert (len(at["t1"]), len(at["t2"]), at["t3"]) == (3, 2, set(far))
    assert at["t1"] | at["t2"] == set(near)
    leading.go(chair=hall.chair(), block="one", seen="")
    late, late_home = hall.join("Tardi"), hall.join("Tardi da casa", online=True)
    assert seating.seat_latecomers(chair=hall.chair()) == 2
    assert hall.own.seats_in("one")[late] == "t2"
    assert hall.own.seats_in("one")[late_home] == "t3"
    seating.form(chair=hall.chair(), block="two")
    assert groups_of(hall, "two")["t3"] == {*far, late_home}
    lab.groups.update(link="https://video.example.org/stanza")
    leading.send_script(chair=hall.chair())
    seating.form(chair=hall.chair(), block="one")
    assert sorted(map(len, groups_of(hall, "one").values())) == [3, 3, 3]
