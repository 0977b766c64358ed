"""Seats: given under one lock, never more than there are, none left empty; and each is told in their language."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from cantiere.foundation.accounts.actions import erase
from cantiere.foundation.notices.models import Notice
from cantiere.programmes import actions, tasks
from cantiere.programmes.models import Enrolment, EnrolmentRules, Participation
from tests.factories import programmes as make
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = Enrolment.State


def states(activity):
    return list(activity.enrolments.order_by("queued_at", "pk").values_list("state", flat=True))


def told(who):
    return list(Notice.objects.filter(person=who).order_by("pk").values_list("title", flat=True))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_enrol_gives_free_seats_then_places_in_the_list():
    activity = make.seats(2)
    for _ in range(4):
        make.enrolled(activity)
    assert states(activity) == ["confirmed", "confirmed", "waiting", "waiting"]


def test_enrol_without_a_limit_has_room_for_everyone():
    activity = make.seats(None)
    assert {make.enrolled(activity).state for _ in range(5)} == {State.CONFIRMED}


def test_enrol_twice_changes_nothing():
    activity, who = make.seats(1), person()
    first, second = (
        make.enrolled(activity, who, note="Uso la carrozzina"),
        make.enrolled(activity, who, note="Altro"),
    )
    assert (first.pk, fresh(second).note) == (second.pk, "Uso la carrozzina")
    assert len(told(who)) == 1


def test_enrol_keeps_how_one_comes_and_what_one_says():
    enrolment = make.enrolled(make.seats(1), online=True, note="Sottotitoli")
    assert (fresh(enrolment).online, fresh(enrolment).note) == (True, "Sottotitoli")


@pytest.mark.parametrize(
    "closed",
    [
        {"closes": timezone.now() - timedelta(hours=1)},
        {"opens": timezone.now() + timedelta(days=3)},
        {"opens": None},
        {"cancelled_on": timezone.localdate()},
        {"published_at": None},
    ],
)
def test_enrol_looks_at_the_activity_as_it_is_now(closed):
    activity = make.seats(1)
    type(activity).objects.filter(pk=activity.pk).update(**closed)  # the one in hand still says it is open
    with pytest.raises(ValidationError):
        make.enrolled(activity)


def test_enrol_is_refused_where_nobody_enrols():
    activity = make.activity(make.programme(), kind="page", opens=timezone.now())
    with pytest.raises(ValidationError):
        make.enrolled(activity)


def test_enrol_asks_the_team_where_it_approves():
    activity = make.seats(1, needs_approval=True)
    first, second = make.enrolled(activity), make.enrolled(activity)
    assert states(activity) == ["requested", "requested"]
    actions.approve(by=person(), enrolment=first)
    actions.approve(by=person(), enrolment=second)
    assert states(activity) == ["confirmed", "waiting"]


def test_approve_twice_writes_once():
    activity = make.seats(1, needs_approval=True)
    enrolment = make.enrolled(activity)
    actions.approve(by=person(), enrolment=enrolment)
    actions.approve(by=person(), enrolment=enrolment)
    assert len(told(enrolment.person)) == 2  # the request, the seat


def test_decline_says_why_and_closes_the_door_until_the_team_opens_it():
    activity = make.seats(1, needs_approval=True)
    enrolment = make.enrolled(activity)
    actions.decline(by=person(), enrolment=enrolment, reason="È solo per chi abita qui.")
    assert Notice.objects.filter(person=enrolment.person).last().text.endswith("È solo per chi abita qui.")
    with pytest.raises(ValidationError):
        make.enrolled(activity, enrolment.person)
    actions.approve(by=person(), enrolment=enrolment)
    assert (fresh(enrolment).state, fresh(enrolment).reason) == (State.CONFIRMED, "")


def test_decline_a_confirmed_seat_offers_it_to_the_next():
    activity = make.seats(1)
    taken, _next = make.enrolled(activity), make.enrolled(activity)
    actions.decline(by=person(), enrolment=taken, reason="No.")
    assert states(activity) == ["declined", "offered"]


def test_withdraw_offers_the_seat_to_who_waits_longest():
    activity = make.seats(1)
    first, second, third = (make.enrolled(activity) for _ in range(3))
    actions.withdraw(enrolment=first)
    assert states(activity) == ["withdrawn", "offered", "waiting"]
    assert fresh(second).offered_until > timezone.now() + timedelta(hours=47)
    assert (len(told(first.person)), len(told(second.person)), len(told(third.person))) == (1, 2, 1)


def test_withdraw_twice_offers_once():
    activity = make.seats(1)
    first, _second, _third = (make.enrolled(activity) for _ in range(3))
    actions.withdraw(enrolment=first)
    actions.withdraw(enrolment=first)
    assert states(activity) == ["withdrawn", "offered", "waiting"]


def test_withdraw_from_the_list_frees_no_seat():
    activity = make.seats(1)
    _first, second, _third = (make.enrolled(activity) for _ in range(3))
    actions.withdraw(enrolment=second)
    assert states(activity) == ["confirmed", "withdrawn", "waiting"]


def test_withdraw_is_refused_to_who_took_part():
    enrolment = make.enrolled(make.seats(1))
    actions.check_in(by=person(), enrolment=enrolment)
    with pytest.raises(ValidationError):
        actions.withdraw(enrolment=enrolment)


def test_enrol_again_goes_to_the_end_of_the_list():
    activity = make.seats(1)
    first, second, third = (make.enrolled(activity) for _ in range(3))
    actions.withdraw(enrolment=second)
    make.enrolled(activity, second.person)
    order = list(activity.enrolments.order_by("queued_at", "pk").values_list("person", flat=True))
    assert order == [first.person_id, third.person_id, second.person_id]
    assert fresh(second).state == State.WAITING


def test_a_newcomer_does_not_pass_those_who_wait():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    actions.withdraw(enrolment=second)  # the offer goes back: nobody waits
    assert make.enrolled(activity).state == State.CONFIRMED
    assert make.enrolled(activity).state == State.WAITING


def test_a_newcomer_after_the_beginning_does_not_pass_those_who_wait():
    activity = make.seats(1)
    first, _waiting = make.enrolled(activity), make.enrolled(activity)
    with time_machine.travel(activity.appointments.get().starts + timedelta(minutes=1)):
        actions.withdraw(enrolment=first)  # nothing is offered any more
        assert make.enrolled(activity).state == State.WAITING


def test_accept_offer_confirms_and_a_second_time_changes_nothing():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    actions.accept_offer(enrolment=second)
    actions.accept_offer(enrolment=second)
    assert (fresh(second).state, fresh(second).offered_until) == (State.CONFIRMED, None)
    assert len(told(second.person)) == 3


def test_accept_offer_is_refused_once_the_time_is_over():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    with time_machine.travel(fresh(second).offered_until, tick=False), pytest.raises(ValidationError):
        actions.accept_offer(enrolment=second)


def test_accept_offer_is_refused_once_the_activity_is_cancelled():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    actions.cancel_activity(by=person(), activity=activity, why="Piove.")
    with pytest.raises(ValidationError):
        actions.accept_offer(enrolment=second)


def test_an_offer_ends_when_the_activity_begins():
    activity = make.seats(1, offer_hours=336)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    assert fresh(second).offered_until == activity.appointments.get().starts


def test_no_seat_is_offered_once_it_has_begun():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    with time_machine.travel(activity.appointments.get().starts + timedelta(minutes=1)):
        actions.withdraw(enrolment=first)
    assert fresh(second).state == State.WAITING


def test_lapse_offers_passes_the_seat_on_and_tells_both():
    activity = make.seats(1)
    first, second, third = (make.enrolled(activity) for _ in range(3))
    actions.withdraw(enrolment=first)
    with time_machine.travel(fresh(second).offered_until):
        assert actions.lapse_offers(activity=activity, now=timezone.now()) == 1
        assert actions.lapse_offers(activity=activity, now=timezone.now()) == 0
    assert states(activity) == ["withdrawn", "lapsed", "offered"]
    assert (len(told(second.person)), len(told(third.person))) == (3, 2)


def test_lapse_offers_leaves_a_cancelled_activity_in_peace():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    actions.cancel_activity(by=person(), activity=activity, why="Piove.")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        tasks.lapse_offers.func()
    assert fresh(second).state == State.OFFERED


def test_who_let_an_offer_lapse_can_enrol_again():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    with time_machine.travel(fresh(second).offered_until):
        actions.lapse_offers(activity=activity, now=timezone.now())
        assert make.enrolled(activity, second.person).state == State.CONFIRMED


def test_more_seats_are_offered_at_once():
    activity = make.seats(1)
    for _ in range(4):
        make.enrolled(activity)
    actions.set_rules(by=None, activity=activity, capacity=3, needs_approval=False, offer_hours=48)
    assert states(activity) == ["confirmed", "offered", "offered", "waiting"]


def test_room_for_everyone_confirms_everyone():
    activity = make.seats(1)
    for _ in range(3):
        make.enrolled(activity)
    actions.set_rules(by=None, activity=activity, capacity=None, needs_approval=False, offer_hours=48)
    assert states(activity) == ["confirmed"] * 3


def test_fewer_seats_take_none_away_and_none_is_offered_until_one_is_free():
    activity = make.seats(3)
    rows = [make.enrolled(activity) for _ in range(4)]
    actions.set_rules(by=None, activity=activity, capacity=1, needs_approval=False, offer_hours=48)
    actions.withdraw(enrolment=rows[0])
    actions.withdraw(enrolment=rows[1])
    assert states(activity) == ["withdrawn", "withdrawn", "confirmed", "waiting"]
    actions.withdraw(enrolment=rows[2])
    assert states(activity)[-1] == "offered"


def test_cancelling_tells_everyone_enrolled_once_and_offers_nothing():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    gone = make.enrolled(activity)
    actions.withdraw(enrolment=gone)
    actions.cancel_activity(by=person(), activity=activity, why="La sala è allagata.")
    assert [Notice.objects.filter(person=each.person).last().text for each in (first, second)] == [
        "La sala è allagata."
    ] * 2
    assert len(told(gone.person)) == 1
    actions.withdraw(enrolment=first)
    assert fresh(second).state == State.WAITING


def test_moving_an_appointment_tells_everyone_enrolled_and_counts_a_version():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    appointment = activity.appointments.get()
    later = appointment.starts + timedelta(days=7)
    actions.set_appointment(
        by=person(),
        activity=activity,
        appointment=appointment,
        details={"starts": later, "ends": later + timedelta(hours=2)},
        why="Serve una sala più grande.",
    )
    assert (fresh(appointment).version, fresh(activity).starts_on) == (1, timezone.localdate(later))
    for each in (first, second):
        assert Notice.objects.filter(person=each.person).last().text.startswith("Serve una sala più grande. ")


def test_saving_an_appointment_without_a_change_tells_nobody():
    activity = make.seats(1)
    enrolment, appointment = make.enrolled(activity), activity.appointments.get()
    same = {"starts": appointment.starts, "ends": appointment.ends}
    actions.set_appointment(by=None, activity=activity, appointment=appointment, details=same)
    assert (fresh(appointment).version, len(told(enrolment.person))) == (0, 1)


def test_bringing_an_appointment_forward_shortens_the_offers():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    actions.withdraw(enrolment=first)
    appointment, soon = activity.appointments.get(), timezone.now() + timedelta(hours=6)
    actions.set_appointment(
        by=None,
        activity=activity,
        appointment=appointment,
        details={"starts": soon, "ends": soon + timedelta(hours=1)},
    )
    assert fresh(second).offered_until == soon


def test_an_appointment_put_off_after_it_began_offers_seats_again():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    appointment = activity.appointments.get()
    with time_machine.travel(appointment.starts + timedelta(minutes=5)):
        actions.withdraw(enrolment=first)
        later = appointment.starts + timedelta(days=3)
        details = {"starts": later, "ends": later + timedelta(hours=1)}
        actions.set_appointment(by=None, activity=activity, appointment=appointment, details=details)
    assert fresh(second).state == State.OFFERED


def test_an_appointment_cannot_end_before_it_begins():
    activity, now = make.activity(make.programme(), kind="page"), timezone.now()
    with pytest.raises(ValidationError):
        actions.set_appointment(
            by=None, activity=activity, details={"starts": now, "ends": now - timedelta(hours=1)}
        )


def test_dropping_an_appointment_tells_who_has_a_seat():
    activity = make.seats(1)
    enrolment = make.enrolled(activity)
    actions.remove_appointment(by=None, appointment=activity.appointments.get())
    assert len(told(enrolment.person)) == 2
    assert not activity.appointments.exists()


def test_a_new_place_is_told_and_counts_a_version():
    activity = make.seats(1)
    enrolment, appointment = make.enrolled(activity), activity.appointments.get()
    actions.edit_activity(by=None, activity=activity, details={"place_note": "Biblioteca, via Roma 3"})
    assert Notice.objects.filter(person=enrolment.person).last().text.count("Biblioteca, via Roma 3") == 1
    assert fresh(appointment).version == 1


def test_each_is_told_in_their_own_language():
    activity = make.seats(1)
    italian, english = make.enrolled(activity), make.enrolled(activity, person(language="en"))
    actions.withdraw(enrolment=italian)
    assert told(english.person) == [
        f"You are in the waiting list: {activity.title}",
        f"A seat is free for you: {activity.title}",
    ]
    assert told(italian.person) == [f"Hai un posto: {activity.title}"]


def test_an_activity_with_enrolments_cannot_go_back_to_a_draft():
    activity = make.seats(1)
    make.enrolled(activity)
    with pytest.raises(ValidationError):
        actions.withdraw_activity(by=person(), activity=activity)


def test_a_copy_has_the_rules_and_a_code_of_its_own():
    activity = make.seats(7, offer_hours=12)
    copy = actions.copy_activity(
        by=person(), activity=activity, programme=activity.programme, phase=activity.phase
    )
    rules = EnrolmentRules.objects.get(activity=copy)
    assert (rules.capacity, rules.offer_hours, copy.enrolments.count()) == (7, 12, 0)
    assert rules.door_code not in {"", activity.enrolment_rules.door_code}


def test_erasure_frees_the_seat():
    activity = make.seats(1)
    first, second = make.enrolled(activity), make.enrolled(activity)
    erase(person=first.person)
    assert not Enrolment.objects.filter(pk=first.pk).exists()
    assert fresh(second).state == State.OFFERED


# At the door -------------------------------------------------------------------------------------


def on_the_day(activity):
    return time_machine.travel(activity.appointments.get().starts + timedelta(minutes=10))


def code(activity):
    return EnrolmentRules.objects.get(activity=activity).door_code


def test_check_in_counts_each_day_once():
    activity = make.seats(1)
    enrolment = make.enrolled(activity)
    for days in (0, 0, 1):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            actions.check_in(by=person(), enrolment=enrolment)
    assert list(Participation.objects.values_list("activity", "times")) == [
        (activity.pk, 1),
        (activity.pk, 1),
    ]


def test_who_is_in_the_room_has_a_seat():
    activity = make.seats(1)
    make.enrolled(activity)
    waiting = make.enrolled(activity)
    actions.check_in(by=person(), enrolment=waiting)
    assert fresh(waiting).state == State.CONFIRMED


def test_undo_check_in_takes_the_day_back():
    enrolment = make.enrolled(make.seats(1))
    actions.check_in(by=person(), enrolment=enrolment)
    actions.undo_check_in(by=person(), enrolment=enrolment)
    assert (fresh(enrolment).attended_on, Participation.objects.count()) == (None, 0)


def test_the_code_at_the_door_enrols_who_had_not():
    activity, who = make.seats(1), person()
    with on_the_day(activity):
        enrolment = actions.check_in_with_code(activity=activity, person=who, code=f" {code(activity)} ")
        assert (enrolment.state, enrolment.attended_on) == (State.CONFIRMED, timezone.localdate())


@pytest.mark.parametrize("wrong", ["", "00000", "àèìòù"])
def test_a_wrong_code_is_refused(wrong):
    activity = make.seats(1)
    with on_the_day(activity), pytest.raises(ValidationError) as refused:
        actions.check_in_with_code(activity=activity, person=person(), code=wrong)
    assert list(refused.value.error_dict) == ["code"]


def test_an_empty_code_never_opens_a_door_without_a_code():
    activity = make.seats(1)
    EnrolmentRules.objects.filter(activity=activity).update(door_code="")
    with on_the_day(activity), pytest.raises(ValidationError):
        actions.check_in_with_code(activity=activity, person=person(), code="")


def test_the_code_opens_on_the_day_alone():
    activity = make.seats(1)
    with pytest.raises(ValidationError):
        actions.check_in_with_code(activity=activity, person=person(), code=code(activity))


def test_the_code_does_not_overrule_the_team():
    activity = make.seats(1, needs_approval=True)
    enrolment = make.enrolled(activity)
    actions.decline(by=person(), enrolment=enrolment, reason="No.")
    with on_the_day(activity), pytest.raises(ValidationError):
        actions.check_in_with_code(activity=activity, person=enrolment.person, code=code(activity))


# By the clock ------------------------------------------------------------------------------------


def test_remind_writes_once_to_those_with_a_seat_the_day_before():
    activity = make.seats(1)
    seated, waiting = make.enrolled(activity), make.enrolled(activity)
    tasks.remind.func()
    assert len(told(seated.person)) == 1
    with time_machine.travel(activity.appointments.get().starts - timedelta(hours=20)):
        tasks.remind.func()
        tasks.remind.func()
    assert told(seated.person)[1:] == [f"Promemoria: {activity.title}"]
    assert len(told(waiting.person)) == 1


def test_remind_writes_again_when_the_hour_moved():
    activity = make.seats(1)
    seated, appointment = make.enrolled(activity), activity.appointments.get()
    with time_machine.travel(appointment.starts - timedelta(hours=20)):
        tasks.remind.func()
        later = appointment.starts + timedelta(hours=1)
        details = {"starts": later, "ends": later + timedelta(hours=2)}
        actions.set_appointment(by=None, activity=activity, appointment=appointment, details=details)
        tasks.remind.func()
    assert len(told(seated.person)) == 4  # the seat, the reminder, the new hour, the reminder


def test_remind_says_nothing_of_what_is_cancelled():
    activity = make.seats(1)
    seated = make.enrolled(activity)
    actions.cancel_activity(by=person(), activity=activity, why="Piove.")
    with time_machine.travel(activity.appointments.get().starts - timedelta(hours=20)):
        tasks.remind.func()
    assert len(told(seated.person)) == 2


def test_the_clock_passes_offers_on_and_a_second_time_changes_nothing():
    activity = make.seats(1)
    first, second, third = (make.enrolled(activity) for _ in range(3))
    actions.withdraw(enrolment=first)
    with time_machine.travel(fresh(second).offered_until):
        tasks.lapse_offers.func()
        tasks.lapse_offers.func()
    assert (fresh(second).state, fresh(third).state) == (State.LAPSED, State.OFFERED)
    assert len(told(third.person)) == 2
