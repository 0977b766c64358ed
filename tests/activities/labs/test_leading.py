"""What the desk does to a laboratory: in the log, once, and refused in words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from cantiere.activities.labs.actions import leading, moderating, paper, seating
from cantiere.activities.labs.actions.groups import remove_group
from cantiere.activities.labs.actions.paper import Sheet
from cantiere.activities.labs.actions.script import remove_block
from cantiere.activities.labs.queries import seats
from cantiere.activities.labs.queries.halls import RUN
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.live import queries
from cantiere.foundation.live.submit import NotTakenError
from cantiere.programmes.actions import people
from tests.activities.labs.hall import Hall, prepared
from tests.factories import labs as make
from tests.factories import programmes
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def verbs():
    return list(
        AuditEntry.objects.filter(verb__startswith="labs.").order_by("pk").values_list("verb", flat=True)
    )


def test_a_laboratory_begins_once_with_its_run_sheet():
    hall = Hall()
    leading.start(lab=hall.lab, by=hall.facilitator, key="another-form-key")
    assert list(hall.own.script.blocks) == ["choice", "ideas", "one", "two", "same", "vote", "speakers"]
    assert list(hall.own.script.tables) == ["t1", "t2", "t3"]
    assert hall.lab.is_running
    assert verbs() == ["labs.start"]


def test_an_empty_run_sheet_leads_nowhere():
    with pytest.raises(ValidationError, match=r"scaletta"):
        leading.start(lab=make.lab(), by=None, key="a-form-key-of-16")


def test_going_on_closes_the_question_before_and_opens_and_times_the_next():
    hall = Hall()
    leading.open_answers(chair=hall.chair(), block="speakers")
    leading.go(chair=hall.chair(), block="choice", seen="", opens=True)
    leading.go(chair=hall.chair(), block="ideas", seen="choice", opens=True, timed=True)
    doors = hall.state.doors
    assert doors["choice"].closed is not None
    assert doors["choice"].closes - doors["choice"].closed == 3000
    assert doors["ideas"].closed is None
    assert doors["speakers"].closed is None
    assert hall.own.current == "ideas"
    assert hall.own.timer.ends is not None


def test_a_form_sent_twice_leads_once():
    hall = Hall()
    for _twice in range(2):
        chair = hall.chair(key="the-same-form-key")
        leading.go(chair=chair, block="choice", seen="", opens=True, timed=True)
        leading.add_minute(chair=chair)
    assert hall.kinds().count("go") == hall.kinds().count("open") == 1
    assert hall.kinds().count("timer") == 2
    leading.add_minute(chair=hall.chair())
    assert hall.kinds().count("timer") == 3


def test_two_who_press_go_on_together_do_not_skip_a_block():
    hall = Hall()
    other = person()
    leading.go(chair=hall.chair(), block="choice", seen="")
    leading.go(chair=hall.chair(), block="ideas", seen="choice")
    with pytest.raises(ValidationError, match="Qualcun altro"):
        leading.go(chair=hall.chair(by=other), block="one", seen="choice")
    assert hall.own.current == "ideas"
    actors = {event.actor for event in goings(hall)}
    assert len(actors) == 1
    assert all(
        actor.startswith("lead-") and str(hall.facilitator.pk) not in actor.split("-") for actor in actors
    )


def goings(hall):
    return [event for event in queries.log(hall.room) if event.kind == "go"]


@pytest.mark.django_db(transaction=True)
def test_a_race_of_two_facilitators_has_one_winner():
    hall = Hall()
    leading.go(chair=hall.chair(), block="choice", seen="")
    chairs = [hall.chair(by=person()) for _each in range(4)]

    def press(chair):
        try:
            leading.go(chair=chair, block="ideas", seen="choice", opens=True)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(press, chairs))
    assert sum(won) == 1
    assert hall.kinds().count("go") == 2
    assert hall.state.doors["ideas"].closed is None


def test_a_vote_after_the_discussion_begins_once_though_two_ask_for_it():
    hall = Hall()
    anna = hall.join()
    leading.go(chair=hall.chair(), block="choice", seen="", opens=True)
    hall.answers(anna, "choice", "bus")
    leading.close_answers(chair=hall.chair(), block="choice")
    leading.vote_again(chair=hall.chair(), block="choice", turn=1)
    with pytest.raises(ValidationError):
        leading.vote_again(chair=hall.chair(), block="choice", turn=1)
    hall.answers(anna, "choice", "bike", n=2)
    answers = hall.own.answers["choice"]
    assert (answers.turn, answers.before.people, answers.tally.people) == (2, 1, 1)


def test_the_timer_runs_stands_goes_on_and_stops():
    hall = Hall()
    leading.start_timer(chair=hall.chair(), minutes=5)
    ends = hall.own.timer.ends
    leading.pause_timer(chair=hall.chair())
    left = hall.own.timer.left
    assert hall.own.timer.ends is None
    assert 290_000 < left <= 300_000
    leading.add_minute(chair=hall.chair())
    assert hall.own.timer.left == left + 60_000
    leading.pause_timer(chair=hall.chair())
    assert hall.own.timer.ends >= ends + 59_000
    leading.stop_timer(chair=hall.chair())
    assert (hall.own.timer.ends, hall.own.timer.left) == (None, None)
    with pytest.raises(ValidationError):
        leading.start_timer(chair=hall.chair(), minutes=0)


def test_words_help_and_boards_reach_the_groups():
    hall = Hall()
    anna = hall.join()
    leading.go(chair=hall.chair(), block="one", seen="")
    seating.move(chair=hall.chair(), block="one", actors=[anna], group="t2")
    hall.says("help", anna, on=True)
    assert list(hall.own.help) == ["t2"]
    leading.helped(chair=hall.chair(), group="t2")
    leading.say(chair=hall.chair(), text=" Ancora cinque minuti ", group="t2")
    leading.call(chair=hall.chair(), to="plenary")
    leading.freeze(chair=hall.chair(), block="one", frozen=True, groups=["t1"])
    leading.focus(chair=hall.chair(), block="one", area="s")
    own = hall.own
    assert (own.help, own.called, own.frozen["one"], own.focus["one"]) == ({}, "plenary", {"t1"}, "s")
    assert own.said_to["t2"].text == "Ancora cinque minuti"
    with pytest.raises(ValidationError, match="300"):
        leading.say(chair=hall.chair(), text="x" * 301)


def test_ideas_are_let_through_merged_and_taken_down_by_device():
    hall = Hall()
    anna, bruno = hall.join(), hall.join()
    leading.go(chair=hall.chair(), block="ideas", seen="", opens=True)
    refs = [
        hall.answers(who, "ideas", text)
        for who, text in ((anna, "un parco"), (bruno, "Parco!"), (anna, "scuola"))
    ]
    moderating.moderate(chair=hall.chair(), block="ideas", refs=refs, state="shown")
    moderating.merge(chair=hall.chair(), block="ideas", refs=refs[:2])
    assert hall.own.answers["ideas"].authors()[refs[0]] == 2
    moderating.unmerge(chair=hall.chair(), block="ideas", refs=[refs[1]])
    assert hall.own.answers["ideas"].authors()[refs[0]] == 1
    with pytest.raises(ValidationError):
        moderating.merge(chair=hall.chair(), block="ideas", refs=[refs[0], refs[0]])
    for _twice in range(2):
        moderating.moderate_device(chair=hall.chair(), actor=anna, state="gone")
    states = {ref: idea.state for ref, idea in hall.own.answers["ideas"].ideas.items()}
    assert states == {refs[0]: "gone", refs[1]: "shown", refs[2]: "gone"}
    moderating.moderate_device(chair=hall.chair(), actor=anna, state="shown")
    assert all(idea.state == "shown" for idea in hall.own.answers["ideas"].ideas.values())
    assert verbs() == ["labs.start", "labs.take_down"]


def test_who_is_shown_out_does_nothing_more_until_let_back():
    hall = Hall()
    anna = hall.join()
    leading.go(chair=hall.chair(), block="choice", seen="", opens=True)
    moderating.show_out(chair=hall.chair(), actor=anna)
    moderating.show_out(chair=hall.chair(), actor=anna)
    with pytest.raises(NotTakenError):
        hall.answers(anna, "choice", "bus")
    assert anna in hall.state.revoked
    moderating.let_back(chair=hall.chair(), actor=anna)
    hall.answers(anna, "choice", "bus")
    assert verbs() == ["labs.start", "labs.show_out", "labs.let_back"]


def test_who_loses_the_role_loses_the_desk_at_once(django_capture_on_commit_callbacks):
    """Where they sat, their tickets end; where they may still lead, or never did, nothing happens."""
    hall, other = Hall(), Hall()
    helper = programmes.member(hall.lab.activity.programme, "facilitator")
    programmes.member(hall.lab.activity.programme, "coordinator")
    kept = programmes.member(other.lab.activity.programme, "facilitator", helper.person)
    actor = hall.chair(by=helper.person).actor
    for each in (hall, other):
        leading.go(chair=each.chair(by=helper.person), block="choice", seen="")
    with django_capture_on_commit_callbacks(execute=True):
        people.remove_team_member(by=hall.facilitator, member=helper)
    assert set(hall.state.revoked) == {actor}
    assert other.state.revoked == {}
    assert kept.pk


def test_a_role_given_calls_nobody_back(django_capture_on_commit_callbacks):
    hall = Hall()
    helper = programmes.member(hall.lab.activity.programme, "facilitator").person
    programmes.member(hall.lab.activity.programme, "coordinator")
    leading.go(chair=hall.chair(by=helper), block="choice", seen="")
    with django_capture_on_commit_callbacks(execute=True):
        people.add_team_member(
            by=hall.facilitator, programme=hall.lab.activity.programme, person=helper, role="coordinator"
        )
    assert hall.state.revoked == {}


def test_paper_counts_apart_and_can_be_taken_out_again():
    hall = Hall()
    leading.go(chair=hall.chair(), block="choice", seen="")
    sheet = Sheet("t1", 6, hands={"bus": 4, "bike": 2})
    for _twice in range(2):
        paper.type_in(chair=hall.chair(key="the-same-form-key"), block="choice", sheet=sheet)
    tally = hall.own.answers["choice"].tally
    assert (tally.people, tally.counts["bus"], tally.counts["bike"]) == (6, 4, 2)
    ref = min(hall.own.answers["choice"].on_paper())
    paper.take_out(chair=hall.chair(), block="choice", ref=ref)
    tally = hall.own.answers["choice"].tally
    assert (tally.people, tally.counts["bus"]) == (2, 0)
    assert (
        paper.type_in(chair=hall.chair(), block="ideas", sheet=Sheet("", 9, lines=["un parco", "", " due "]))
        == 2
    )
    assert hall.own.answers["ideas"].tally.people == 2
    ideas = hall.own.answers["ideas"]
    paper.take_out(chair=hall.chair(), block="ideas", ref=min(ideas.on_paper()))
    assert (hall.own.answers["ideas"].tally.people, len(list(hall.own.answers["ideas"].standing()))) == (1, 1)


@pytest.mark.parametrize("sheet", [
    Sheet("t1", 3, hands={"bus": 4}), Sheet("t1", 0, hands={"bus": 1}), Sheet("t9", 3, hands={"bus": 1}),
    Sheet("t1", 3, hands={"tram": 1}), Sheet("t1", 3), Sheet("t1", 9999, hands={"bus": 1}),
])  # fmt: skip
def test_paper_that_cannot_be_is_refused_in_words(sheet):
    hall = Hall()
    with pytest.raises(ValidationError):
        paper.type_in(chair=hall.chair(), block="choice", sheet=sheet)
    assert "paper" not in hall.kinds()


def test_a_changed_run_sheet_reaches_those_present():
    hall = Hall()
    hall.lab.blocks.filter(key="vote").delete()
    leading.send_script(chair=hall.chair())
    assert "vote" not in hall.own.script.blocks


def test_what_people_answered_stays_in_the_run_sheet_while_it_runs():
    hall = Hall()
    somebody = hall.join("Anna")
    leading.go(chair=hall.chair(), block="choice", seen="", opens=True)
    hall.answers(somebody, "choice", "bus")
    block = hall.lab.blocks.get(key="choice")
    with pytest.raises(ValidationError):
        remove_block(by=hall.facilitator, block=block)
    coordinator = Client()
    coordinator.force_login(
        programmes.member(hall.lab.activity.programme, "coordinator").person,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = coordinator.get(reverse("labs:block_remove", args=[block.pk]))
    assert page.context["answered"]
    assert b"btn-danger" not in page.content
    remove_block(by=hall.facilitator, block=hall.lab.blocks.get(key="ideas"))
    hall.answers(somebody, "choice", "bike", n=2)
    assert hall.own.answers_to("choice").tally.people == 1


def test_who_sat_at_a_table_that_is_taken_away_waits_for_another():
    hall = Hall()
    people = [hall.join(f"Nome {n}") for n in range(9)]
    leading.go(chair=hall.chair(), block="one", seen="")
    seating.form(chair=hall.chair(), block="one")
    stranded = [actor for actor, table in hall.own.seats_in("one").items() if table == "t3"]
    remove_group(by=hall.facilitator, group=hall.lab.groups.get(key="t3"))
    leading.send_script(chair=hall.chair())
    page = seats.seating(hall.chair(), RUN, "one")
    assert page is not None
    assert {who.actor for who in page.unseated} == set(stranded)
    assert seating.seat_latecomers(chair=hall.chair()) == len(stranded) == 3
    assert set(hall.own.seats_in("one")) == set(people)


def test_the_end_is_for_good():
    hall = Hall(prepared())
    leading.close_down(chair=hall.chair())
    hall.lab.refresh_from_db()
    assert hall.lab.ended_on is not None
    with pytest.raises(ValidationError, match="finito"):
        leading.say(chair=hall.chair(), text="ciao")
    leading.close_down(chair=hall.chair())
    assert verbs()[0] == "labs.start"
    assert len(verbs()) == 2
