"""Calendars of phones: all, one programme, one's own."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cantiere.programmes import actions
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db
ALL = "/calendario.ics"
LINK = "https://video.example.org/stanza"


def events(address=ALL, **headers):
    response = Client(headers=headers).get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def own(who):
    return f"/calendario/{who.feed_key}.ics"


def held(title="Assemblea", **fields):
    activity = make.activity(make.programme("Pianura"), title, kind="page", **fields)
    make.appointment(activity, timezone.now() + timedelta(days=3), link=LINK)
    return activity


def with_seat(state="confirmed"):
    activity, who = make.seats(1), person()
    activity.appointments.update(link=LINK)
    first = make.enrolled(activity, person() if state != "confirmed" else who)
    if state != "confirmed":
        make.enrolled(activity, who)
    if state == "offered":
        actions.withdraw(enrolment=first)
    actions.renew_feed_key(person=who)
    return activity, who


def test_an_event_says_when_where_and_what():
    activity = held(place_note="Sala civica", summary="Una sera per parlarne.")
    appointment = activity.appointments.get()
    [event] = events()
    assert event["UID"] == f"appointment-{appointment.pk}@localhost"
    assert event.decoded("DTSTART") == appointment.starts.astimezone(UTC).replace(microsecond=0)
    assert event.decoded("DTEND") == appointment.ends.astimezone(UTC).replace(microsecond=0)
    assert (event["SUMMARY"], event["LOCATION"], event["STATUS"]) == ("Assemblea", "Sala civica", "CONFIRMED")
    assert event["DESCRIPTION"].split("\n")[:2] == ["Una sera per parlarne.", "Pianura"]
    assert event["URL"].endswith(activity.get_absolute_url())
    assert event["SEQUENCE"] == 0


@pytest.mark.parametrize(("month", "hour"), [(1, 17), (7, 16)])
def test_hours_are_written_in_universal_time_in_winter_and_in_summer(month, hour):
    with time_machine.travel(datetime(2026, month, 1, 12, tzinfo=UTC)):
        activity = make.activity(make.programme(), kind="page")
        make.appointment(activity, datetime(2026, month, 20, 18, tzinfo=ZoneInfo("Europe/Rome")))
        body = Client().get(ALL).content.decode()
    assert f"DTSTART:2026{month:02}20T{hour}0000Z" in body


def test_lines_are_folded_and_end_as_the_standard_asks():
    held("È un incontro con un titolo molto lungo che non può stare in una riga sola del calendario: perché?")
    lines = Client().get(ALL).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_what_changed_has_a_higher_number_and_the_same_name():
    activity = held()
    before = events()[0]
    appointment = activity.appointments.get()
    later = appointment.starts + timedelta(days=1)
    details = {"starts": later, "ends": later + timedelta(hours=1)}
    actions.set_appointment(by=None, activity=activity, appointment=appointment, details=details)
    actions.cancel_activity(by=person(), activity=activity, why="Piove.")
    after = events()[0]
    assert (after["UID"], after["SEQUENCE"], after["STATUS"]) == (before["UID"], 2, "CANCELLED")
    assert "Piove." in after["DESCRIPTION"]
    assert after.decoded("DTSTAMP") >= before.decoded("DTSTAMP")


def test_drafts_are_in_no_calendar():
    held(public=False)
    hidden = make.programme(public=False)
    make.appointment(make.activity(hidden, kind="page"))
    assert events() == []


def test_the_calendar_of_a_programme_holds_its_own_alone():
    mine, _other = held("Mio"), held("Altro")
    assert [event["SUMMARY"] for event in events(f"{mine.programme.get_absolute_url()}calendario.ics")] == [
        "Mio"
    ]


def test_what_is_long_over_is_left_out():
    activity = make.activity(make.programme(), kind="page")
    make.appointment(activity, timezone.now() - timedelta(days=100))
    make.appointment(activity, timezone.now() - timedelta(days=80))
    assert len(events()) == 1


def test_what_did_not_change_is_not_sent_again():
    activity = held()
    first = Client().get(ALL)
    tag, when = first.headers["ETag"], first.headers["Last-Modified"]
    assert Client(headers={"if-none-match": tag}).get(ALL).status_code == 304
    assert Client(headers={"if-modified-since": when}).get(ALL).status_code == 304
    actions.edit_activity(by=person(), activity=activity, details={"title": "Nuovo titolo"})
    assert Client(headers={"if-none-match": tag}).get(ALL).status_code == 200


def test_one_s_own_calendar_says_where_to_connect():
    _activity, who = with_seat()
    [event] = events(own(who))
    assert (event["STATUS"], LINK in event["DESCRIPTION"]) == ("CONFIRMED", True)


def test_an_offered_seat_is_tentative_and_says_nothing_of_the_link():
    _activity, who = with_seat("offered")
    [event] = events(own(who))
    assert (event["STATUS"], LINK in event["DESCRIPTION"]) == ("TENTATIVE", False)


def test_who_waits_has_nothing_in_the_calendar():
    _activity, who = with_seat("waiting")
    assert events(own(who)) == []


def test_public_calendars_never_say_where_to_connect():
    held()
    with_seat()
    assert "video.example.org" not in Client().get(ALL).content.decode().replace("\r\n ", "")


def test_a_new_address_ends_the_one_before():
    _activity, who = with_seat()
    before = own(who)
    client = signed_in(who)
    answer = client.post("/le-mie-attivita/calendario/", form_key())
    assert answer.headers["Location"] == "/le-mie-attivita/#calendario"
    who.refresh_from_db()
    assert (Client().get(before).status_code, Client().get(own(who)).status_code) == (404, 200)


@pytest.mark.parametrize("key", ["None", "x", "0" * 32])
def test_an_address_that_nobody_has_is_not_there(key):
    person()
    assert Client().get(f"/calendario/{key}.ics").status_code == 404


def test_a_closed_account_has_no_calendar():
    _activity, who = with_seat()
    who.is_active = False
    who.save()
    assert Client().get(own(who)).status_code == 404


def test_one_s_own_calendar_may_not_be_shared_by_caches():
    _activity, who = with_seat()
    assert "private" in Client().get(own(who)).headers["Cache-Control"]


def test_a_feed_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    held()
    with django_assert_num_queries(6):  # one reads; the others count how often it is asked for
        Client().get(ALL)
    held()
    held()
    with django_assert_num_queries(6):
        Client().get(ALL)
