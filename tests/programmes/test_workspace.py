"""The workspace, page by page, without script."""

import pytest
from django.urls import reverse

from tests.factories import programmes as make
from tests.factories.accounts import administrator, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind():
    with make.toy() as toy:
        yield toy


PAGES = ["workspace", "settings", "partners", "team", "member_add", "changes", "publish", "history", "copy",
         "phase_add", "goal_add", "activity_add"]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_a_coordinator(name):
    programme = make.ready()
    make.activity(programme, public=False)
    browser = signed_in(make.member(programme).person)
    assert browser.get(reverse(f"programmes:{name}", args=[programme.slug])).status_code == 200


ACTIVITY_PAGES = ["activity_publish", "activity_cancel", "activity_outcome", "activity_copy", "activity_remove",
                  "enrolments", "enrolment_rules", "enrolments_table", "attendance_sheet", "door", "door_picture"]  # fmt: skip


@pytest.mark.parametrize("name", ACTIVITY_PAGES)
def test_page_of_an_activity_opens_for_a_coordinator(name):
    programme = make.ready()
    activity = make.activity(programme, public=False)
    make.enrolment_rules(activity)
    make.enrolment(activity)
    browser = signed_in(make.member(programme).person)
    assert browser.get(reverse(f"programmes:{name}", args=[activity.slug])).status_code == 200


def test_home_and_create_open():
    browser = signed_in(administrator())
    make.programme()
    for address in (
        "/gestione/",
        "/gestione/programmi/nuovo/",
        "/gestione/programmi/nuovo/?modello=four_phases",
    ):
        assert browser.get(address).status_code == 200
