"""Many at once on few seats, on both databases: exactly as many as there are, and none left empty."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from cantiere.foundation.notices.models import Notice
from cantiere.programmes import actions
from cantiere.programmes.models import Activity, Enrolment, EnrolmentRules, Participation
from tests.factories import programmes as make
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
State = Enrolment.State
ROUNDS = 10


def at_once(jobs: Sequence[Callable[[], object]]) -> list[object]:
    """Run all from one starting shot, each with a connection of its own; what each gave or refused."""
    shot = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        shot.wait(30)
        try:
            return job()
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def count(activity: Activity, *states: str) -> int:
    return Enrolment.objects.filter(activity=activity, state__in=states).count()


def report(name: str, started: float, acts: int) -> None:
    seconds = time.perf_counter() - started
    print(f"\n{name}, {connection.vendor}: {acts} acts in {seconds:.1f} s, {acts / seconds:.0f} a second")


def test_forty_at_once_on_ten_seats_give_exactly_ten():
    people = [person() for _ in range(40)]
    started = time.perf_counter()
    for _round in range(ROUNDS):
        activity = make.seats(10)
        at_once([partial(actions.enrol, activity=activity, person=who) for who in people])
        assert (count(activity, State.CONFIRMED), count(activity, State.WAITING)) == (10, 30)
    report("40 on 10 seats, 10 rounds", started, 40 * ROUNDS)


def test_the_same_person_from_many_browsers_has_one_seat():
    activity, who = make.seats(10), person()
    given = at_once([lambda: actions.enrol(activity=activity, person=who)] * 12)
    assert {row.pk for row in given} == {Enrolment.objects.get(activity=activity).pk}


def test_no_seat_is_empty_while_somebody_waits_however_people_come_and_go():
    first, later = [person() for _ in range(25)], [person() for _ in range(20)]
    chance, started = random.Random(7), time.perf_counter()
    for _round in range(ROUNDS):
        activity = make.seats(10)
        rows = [actions.enrol(activity=activity, person=who) for who in first]
        leaving = [partial(actions.withdraw, enrolment=row) for row in chance.sample(rows, 10)]
        coming = [partial(actions.enrol, activity=activity, person=who) for who in later]
        jobs = leaving + coming
        chance.shuffle(jobs)
        at_once(jobs)
        assert count(activity, State.CONFIRMED, State.OFFERED) == 10
        assert count(activity, *Enrolment.HOLDING, State.WAITING) == 35
    report("10 leave while 20 come, 10 rounds", started, 30 * ROUNDS)


def test_an_offer_is_taken_or_lapses_never_both():
    outcomes = []
    for _round in range(ROUNDS):
        activity = make.seats(1)
        first, second, third = (make.enrolled(activity) for _ in range(3))
        actions.withdraw(enrolment=first)
        until = Enrolment.objects.get(pk=second.pk).offered_until

        def accept(row: Enrolment = second) -> str:
            actions.accept_offer(enrolment=row)
            return "taken"

        def lapse(of: Activity = activity, end: datetime = until) -> int:
            return actions.lapse_offers(activity=of, now=end)  # the last instant is both in time and over

        answers = at_once([accept, lapse, accept, lapse])
        second.refresh_from_db()
        third.refresh_from_db()
        taken, lapsed = "taken" in answers, 1 in answers
        assert (second.state, third.state) in {
            (State.CONFIRMED, State.WAITING),
            (State.LAPSED, State.OFFERED),
        }
        assert taken == (second.state == State.CONFIRMED)
        assert lapsed == (second.state == State.LAPSED)
        assert count(activity, *Enrolment.HOLDING) == 1
        outcomes.append(str(second.state))
    print(f"\naccept against lapse, {connection.vendor}: {', '.join(outcomes)}")


def test_nobody_gets_a_seat_after_a_cancellation_and_all_before_it_are_told():
    people, coordinator = [person() for _ in range(12)], person()
    activity = make.seats(10)
    jobs = [partial(actions.enrol, activity=activity, person=who) for who in people]
    jobs.append(lambda: actions.cancel_activity(by=coordinator, activity=activity, why="La sala è allagata."))
    at_once(jobs)
    inside = set(Enrolment.objects.filter(activity=activity).values_list("person", flat=True))
    told = set(Notice.objects.filter(text="La sala è allagata.").values_list("person", flat=True))
    assert told == inside


def test_the_day_is_counted_once_however_often_the_code_is_sent():
    activity, who = make.seats(3), person()
    appointment = activity.appointments.get()
    now = timezone.now()
    actions.set_appointment(
        by=None,
        activity=activity,
        appointment=appointment,
        details={"starts": now, "ends": now + timedelta(minutes=1)},
    )
    code = EnrolmentRules.objects.get(activity=activity).door_code
    at_once([lambda: actions.check_in_with_code(activity=activity, person=who, code=code)] * 10)
    assert list(Participation.objects.values_list("times", flat=True)) == [1]
