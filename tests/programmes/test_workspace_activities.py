"""The workspace: one activity and its enrolments."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cantiere.programmes.models import EnrolmentRules
from tests.factories import programmes as make
from tests.factories.accounts import form_key, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]


def at(name, *args):
    return reverse(f"programmes:{name}", args=args)


# --- One activity -----------------------------------------------------------------------------
def test_activity_is_published_withdrawn_cancelled_restored_copied_and_removed(desk):
    programme, browser = desk
    activity = make.activity(programme, "Un gioco", public=False)

    def state():
        activity.refresh_from_db()
        return activity.is_public, activity.cancelled_on is not None

    steps = [
        ("activity_publish", {}, (True, False)),
        ("activity_withdraw", {}, (False, False)),
        ("activity_publish", {}, (True, False)),
        ("activity_cancel", {"why": "Piove."}, (True, True)),
        ("activity_restore", {}, (True, False)),
        ("activity_outcome", {"outcome": "Fatto."}, (True, False)),
    ]
    for name, words, expected in steps:
        assert browser.post(at(name, activity.slug), words | form_key()).status_code == 302
        assert (name, state()) == (name, expected)
    words = {"title": "Un altro gioco", "phase": activity.phase.pk} | form_key()
    assert browser.post(at("activity_copy", activity.slug), words).url == "/gestione/giochi/un-altro-gioco/"
    browser.post(at("activity_remove", "un-altro-gioco"), form_key())
    assert [each.title for each in programme.activities.all()] == ["Un gioco"]


def test_activity_without_enrolment_has_no_list(desk):
    programme, browser = desk
    activity = make.activity(programme)
    EnrolmentRules.objects.all().delete()
    for name in (
        "enrolments",
        "enrolment_rules",
        "door",
        "door_picture",
        "attendance_sheet",
        "enrolments_table",
    ):
        assert browser.get(at(name, activity.slug)).status_code == 404


# --- Enrolments -------------------------------------------------------------------------------
@pytest.fixture
def hall(desk):
    programme, browser = desk
    activity = make.activity(programme)
    make.appointment(activity)
    make.enrolment_rules(activity, capacity=2, needs_approval=True)
    return activity, browser


def test_rules_are_changed(hall):
    activity, browser = hall
    words = {"capacity": "30", "offer_hours": "24"} | form_key()
    browser.post(at("enrolment_rules", activity.slug), words)
    rules = EnrolmentRules.objects.get(pk=activity.pk)
    assert (rules.capacity, rules.needs_approval, rules.offer_hours) == (30, False, 24)


def test_requests_are_answered(hall):
    activity, browser = hall
    yes, no = (make.enrolment(activity, state="requested") for _ in "ab")
    browser.post(at("enrolment_approve", yes.pk), form_key())
    assert browser.post(at("enrolment_decline", no.pk), form_key()).status_code == 200
    browser.post(at("enrolment_decline", no.pk), {"reason": "Posti finiti."} | form_key())
    states = [(each.state, each.reason) for each in activity.enrolments.order_by("pk")]
    assert states == [("confirmed", ""), ("declined", "Posti finiti.")]


def test_one_tap_notes_who_is_here_and_one_takes_it_back(hall):
    activity, browser = hall
    enrolment = make.enrolment(activity)
    browser.post(at("attendance_note", enrolment.pk), form_key())
    enrolment.refresh_from_db()
    assert enrolment.attended_on == timezone.localdate()
    answer = browser.post(
        at("attendance_note", enrolment.pk), {"undo": "1"} | form_key(), headers={"HX-Request": "true"}
    )
    enrolment.refresh_from_db()
    assert (enrolment.attended_on, 'id="presenze"' in answer.content.decode()) == (None, True)


def test_a_tap_that_arrives_twice_counts_once(hall):
    activity, browser = hall
    words = form_key()
    for _ in "ab":
        browser.post(at("attendance_unnamed", activity.slug), words)
    assert [row.times for row in activity.participations.filter(person=None)] == [1]


def test_table_opens_in_italian_spreadsheets_and_hides_no_formula(hall):
    activity, browser = hall
    make.enrolment(activity, person(name="=SOMMA(A1)"), note="+39 al telefono")
    table = browser.get(at("enrolments_table", activity.slug)).content.decode()
    assert table.startswith("\ufeff")
    cells = list(csv.reader(io.StringIO(table), delimiter=";"))[1]
    assert (cells[0], cells[5]) == ("'=SOMMA(A1)", "'+39 al telefono")


def test_door_picture_is_a_drawing_of_the_address(hall):
    activity, browser = hall
    answer = browser.get(at("door_picture", activity.slug))
    assert (answer["Content-Type"], b"<svg" in answer.content) == ("image/svg+xml", True)


def test_enrolments_cost_the_same_with_one_and_with_three(hall):
    activity, browser = hall
    counts = []
    for more in (1, 2):
        for _ in range(more):
            for state in ("requested", "confirmed", "waiting", "withdrawn"):
                make.enrolment(activity, state=state)
        counts.append({})
        for name in ("enrolments", "attendance_sheet", "enrolments_table"):
            with CaptureQueriesContext(connection) as queries:
                browser.get(at(name, activity.slug))
            counts[-1][name] = len(queries)
    assert counts[0] == counts[1]
