"""A rehearsal: apart, by the same rules, thrown away."""

import random
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cantiere.activities.labs import simulation, tasks
from cantiere.activities.labs.actions import leading, rehearsing, seating
from cantiere.activities.labs.actions.chair import Chair
from cantiere.activities.labs.models import Participant
from cantiere.activities.labs.queries.halls import rehearsal_of
from cantiere.engine.voting import Question, clean
from cantiere.engine.voting.questions import KINDS
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.live import queries
from cantiere.foundation.live.boards import queries as boards
from cantiere.foundation.live.models import LiveRoom
from cantiere.programmes.models import TeamMember
from tests.activities.labs.hall import prepared
from tests.factories import labs as make
from tests.factories import programmes
from tests.factories.accounts import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def rehearsed(people=8):
    lab = prepared()
    room = rehearsing.rehearse(lab=lab, by=person(), key="a-form-key-of-16", people=people)
    return lab, Chair(make.fresh(lab), room.pk, None, "another-form-key", rehearsal=True)


def test_made_up_people_answer_sit_and_write_and_nothing_of_it_is_real():
    lab, chair = rehearsed()
    dice = random.Random(1)
    leading.go(chair=chair, block="ideas", seen="", opens=True)
    for _wave in range(60):
        rehearsing.wave(room=chair.room, dice=dice)
    people, ideas = chair.asks(lambda state: (len(state.own.people), len(state.own.answers["ideas"].ideas)))
    assert (people, ideas) == (8, 8)
    leading.go(chair=chair, block="one", seen="ideas")
    made = seating.form(chair=chair, block="one")
    assert sum(map(len, made.groups.values())) == 8
    lab = make.fresh(lab)
    assert lab.room_id is None
    assert lab.started_on is None
    assert not Participant.objects.filter(lab=lab).exists()
    leading.close_down(chair=chair)
    assert make.fresh(lab).ended_on is None
    rehearsing.throw_away(lab=lab)
    assert rehearsal_of(lab) is None
    tasks.simulate.func(chair.room)  # ends at once: the room is gone
    assert list(AuditEntry.objects.filter(verb__startswith="labs.").values_list("verb", flat=True)) == [
        "labs.rehearse"
    ]


def test_made_up_people_write_on_the_boards_of_their_tables_where_they_may():
    _lab, chair = rehearsed(12)
    leading.go(chair=chair, block="one", seen="")
    seating.form(chair=chair, block="one")
    leading.freeze(chair=chair, block="one", frozen=True, groups=["t3"])
    leading.focus(chair=chair, block="one", area="w")
    dice = random.Random(3)
    for _wave in range(150):
        rehearsing.wave(room=chair.room, dice=dice)
    found = boards.contents(chair.room)
    assert set(found) == {"one.t1", "one.t2"}
    assert {note.area for board in found.values() for note in board.notes} == {"w"}
    assert all(note.text and len(note.by) == 12 for board in found.values() for note in board.notes)
    for board in found.values():
        authors = Counter(note.by for note in board.notes)
        assert max(authors.values()) == rehearsing.MOST_NOTES
        beside = Counter((note.x, note.y) for note in board.notes)
        assert len(beside) == min(len(board.notes), 15)  # they lie side by side, so that all can be read


def test_made_up_people_stop_writing_when_they_are_called_back():
    _lab, chair = rehearsed(12)
    leading.go(chair=chair, block="one", seen="")
    seating.form(chair=chair, block="one")
    leading.call(chair=chair, to="plenary")
    for _wave in range(10):
        rehearsing.wave(room=chair.room, dice=random.Random(3))
    assert boards.contents(chair.room) == {}


def test_whoever_rehearses_sees_the_screen_and_a_phone_of_the_rehearsal():
    lab, chair = rehearsed(4)
    leading.go(chair=chair, block="choice", seen="", opens=True)
    team = signed_in(programmes.member(lab.activity.programme, TeamMember.Role.EDITOR).person)
    where = {"lab": lab.activity.slug, "hall": "prova"}
    screen = team.get(reverse("labs:desk_screen", kwargs=where)).content.decode()
    assert "Che cosa serve" in screen
    assert "Prova: da qui non si entra" in screen
    assert lab.code not in screen
    phone = team.get(reverse("labs:desk_phone", kwargs=where)).content.decode()
    assert "Più autobus" in phone
    assert '<fieldset class="lab-stage" disabled>' in phone
    part = team.get(reverse("labs:desk_phone", kwargs=where), headers={"X-In-Place": "yes"}).content.decode()
    assert "Più autobus" in part
    assert "<html" not in part
    looking_on = reverse("labs:desk_view_ticket", kwargs=where | {"view": "screen"})
    for view, status in (("screen", 200), ("notes", 200), ("desk", 404)):
        at = looking_on.replace("/screen/", f"/{view}/")
        assert team.get(at).status_code == status
        assert signed_in(person()).get(at).status_code == 404
    assert signed_in(person()).get(reverse("labs:desk_phone", kwargs=where)).status_code == 404


def test_a_rehearsal_goes_on_where_it_was_and_never_holds_too_many():
    lab, chair = rehearsed(3)
    again = rehearsing.rehearse(lab=lab, by=None, key="yet-another-key-1", people=5)
    assert again.pk == chair.room
    assert chair.asks(lambda state: len(state.own.people)) == 5
    for people in (0, 61):
        with pytest.raises(ValidationError):
            rehearsing.rehearse(lab=lab, by=None, key="yet-another-key-2", people=people)
    with pytest.raises(ValidationError):
        rehearsing.rehearse(lab=make.lab(), by=None, key="yet-another-key-3", people=5)


def test_forgotten_rehearsals_are_thrown_away():
    lab, chair = rehearsed(1)
    tasks.throw_away_rehearsals.func()
    assert rehearsal_of(lab) is not None
    LiveRoom.objects.filter(pk=chair.room).update(created_at="2020-01-01T00:00Z")
    tasks.throw_away_rehearsals.func()
    assert rehearsal_of(lab) is None
    assert list(queries.log(chair.room)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_they_answer_counts(kind):
    question = Question(kind, ("a", "b", "c"), 2, right=("a",) if kind == "quiz" else ())
    dice = random.Random(3)
    for _time in range(30):
        clean(question, simulation.answer_to(question, dice))
