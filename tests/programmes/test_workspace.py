"""The workspace: who comes in, creating, the outline, what is to do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cantiere.foundation.accounts.models import Invitation
from cantiere.foundation.organisations.models import Organisation
from cantiere.programmes import actions
from cantiere.programmes.models import Change, Partnership, Programme
from cantiere.programmes.queries.workspace import outline, to_do
from cantiere.programmes.urls import workspace
from tests.factories import programmes as make
from tests.factories.accounts import administrator, form_key, person, signed_in
from tests.factories.organisations import organisation
from tests.factories.places import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]


def at(name, *args):
    return reverse(f"programmes:{name}", args=args)


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


# --- Who stays outside ------------------------------------------------------------------------
def parts(programme):
    """Every address of the workspace that names a thing of this programme."""
    activity = make.activity(programme, public=False)
    make.enrolment_rules(activity)
    partner = Partnership.objects.create(programme=programme, organisation=organisation(), role="partner")
    change = Change.objects.create(programme=programme, kind="paused", on="2026-01-01", reason="x")
    actions.invite_team_member(
        by=make.member(programme).person, programme=programme, email="nuova@example.org", role="editor"
    )
    one = {
        "programme": programme.slug,
        "activity": activity.slug,
        "phase": activity.phase.pk,
        "goal": make.goal(programme).pk,
        "partnership": partner.pk,
        "member": make.member(programme).pk,
        "invitation": Invitation.objects.get().pk,
        "change": change.pk,
        "enrolment": make.enrolment(activity).pk,
    }
    for pattern in workspace.urlpatterns:
        names = list(pattern.pattern.converters)
        if names and pattern.name != "cover":
            assert len(names) == 1, "an address names one object"
            yield reverse(f"programmes:{pattern.name}", kwargs={names[0]: one[names[0]]})


def test_strangers_and_other_teams_find_nothing():
    programme = make.programme()
    others = [person(), make.member(make.programme()).person, make.member(programme, "observer").person]
    addresses = list(parts(programme))
    assert len(addresses) > 40
    for who in others[:2]:
        browser = signed_in(who)
        for address in addresses:
            for answer in (browser.get(address), browser.post(address, form_key())):
                assert (address, answer.status_code) == (address, 404)


def test_visitor_finds_no_workspace():
    for address in ("/gestione/", "/gestione/programmi/nuovo/"):
        assert Client().get(address).status_code == 404


def test_observer_reads_and_changes_nothing():
    programme = make.programme()
    browser = signed_in(make.member(programme, "observer").person)
    page = browser.get(reverse("programmes:workspace", args=[programme.slug])).content.decode()
    assert "/fasi/nuova/" not in page
    assert browser.get(reverse("programmes:phase_add", args=[programme.slug])).status_code == 404


def test_cover_of_a_draft_is_for_the_team():
    assert (
        Client().get(reverse("programmes:cover", args=[make.programme(public=False).slug])).status_code == 404
    )


def test_holder_of_one_activity_sees_its_enrolments_alone():
    activity = make.activity(make.programme())
    make.enrolment_rules(activity)
    browser = signed_in(make.member(activity.programme, "facilitator", activity=activity).person)
    assert activity.title in browser.get("/gestione/").content.decode()
    assert browser.get(reverse("programmes:enrolments", args=[activity.slug])).status_code == 200
    assert browser.get(reverse("programmes:workspace", args=[activity.programme.slug])).status_code == 404


# --- Creating ---------------------------------------------------------------------------------
def new(**words):
    return (
        {"title": "Il fiume", "summary": "Per chi ci abita.", "places": "", "promoter": ""}
        | words
        | form_key()
    )


CREATE = "/gestione/programmi/nuovo/?modello=blank"


def test_create_with_a_known_promoter_and_its_territory():
    town, body = place("Bomporto"), organisation("Comune di Bomporto")
    words = new(places="Bomporto", promoter="comune di bomporto", starts_on="2026-12-01")
    answer = signed_in(administrator()).post(CREATE, words)
    programme = Programme.objects.get()
    assert answer.url == f"/gestione/programmi/{programme.slug}/"
    assert list(programme.places.all()) == [town]
    assert [(each.organisation, each.role) for each in programme.partnerships.all()] == [(body, "promoter")]


def test_create_asks_before_it_adds_an_unknown_promoter():
    browser = signed_in(administrator())
    page = browser.post(CREATE, new(promoter="Comune di Borgo")).content.decode()
    assert 'name="is_new"' in page
    assert 'value="Comune di Borgo"' in page
    assert Organisation.objects.count() == 0
    browser.post(CREATE, new(promoter="Comune di Borgo", is_new="on"))
    assert [each.organisation.name for each in Programme.objects.get().partnerships.all()] == [
        "Comune di Borgo"
    ]


def test_create_says_which_place_it_does_not_know_and_loses_nothing():
    page = signed_in(administrator()).post(CREATE, new(places="Bomporto\nAtlantide")).content.decode()
    assert ("Atlantide" in page, "Il fiume" in page, Programme.objects.count()) == (True, True, 0)


def test_the_same_form_twice_creates_once():
    browser, words = signed_in(administrator()), new()
    answers = [browser.post(CREATE, words) for _ in "ab"]
    assert Programme.objects.count() == 1
    assert answers[0].url == answers[1].url


# --- The outline ------------------------------------------------------------------------------
def test_phase_is_added_edited_moved_and_removed_without_script(desk):
    programme, browser = desk
    make.phase(programme, "Prima")
    browser.post(
        at("phase_add", programme.slug), {"title": "Seconda", "starts_on": "2026-03-01"} | form_key()
    )
    second = programme.phases.get(title="Seconda")
    answer = browser.post(at("phase_move", second.pk), {"verso": "su"} | form_key())
    assert answer.url == f"/gestione/programmi/il-fiume/#fase-{second.pk}"
    browser.post(at("phase", second.pk), {"title": "La seconda"} | form_key())
    assert [each.title for each in programme.phases.all()] == ["La seconda", "Prima"]
    assert browser.get(at("phase_remove", second.pk)).status_code == 200
    browser.post(at("phase_remove", second.pk), form_key())
    assert [each.title for each in programme.phases.all()] == ["Prima"]


def test_phase_that_ends_before_it_begins_keeps_what_was_typed(desk):
    programme, browser = desk
    words = {"title": "Fase strana", "starts_on": "2026-03-02", "ends_on": "2026-03-01"} | form_key()
    page = browser.post(at("phase_add", programme.slug), words).content.decode()
    assert ("Fase strana" in page, "2026-03-02" in page, 'aria-invalid="true"' in page) == (True, True, True)
    assert programme.phases.count() == 0


def test_refused_removal_says_why(desk):
    programme, browser = desk
    activity = make.activity(programme)
    page = browser.post(at("phase_remove", activity.phase.pk), form_key(), follow=True).content.decode()
    assert "message-error" in page
    assert programme.phases.count() == 1


def test_with_script_a_move_answers_with_the_outline_alone(desk):
    programme, browser = desk
    rows = [make.goal(programme) for _ in "ab"]
    answer = browser.post(
        at("goal_move", rows[1].pk), {"verso": "su"} | form_key(), headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert ('id="outline"' in page, "<html" in page) == (True, False)
    assert [goal.pk for goal in programme.goals.all()] == [rows[1].pk, rows[0].pk]


def test_with_script_a_form_opens_in_place(desk):
    programme, browser = desk
    page = browser.get(at("goal_add", programme.slug), headers={"HX-Request": "true"}).content.decode()
    assert ("<form" in page, "<html" in page) == (True, False)


def test_activity_begins_with_a_kind_and_goes_on_with_its_form(desk):
    programme, browser = desk
    phase = make.phase(programme)
    words = {"kind": "toy", "title": "Un gioco", "phase": phase.pk} | form_key()
    answer = browser.post(at("activity_add", programme.slug), words)
    assert answer.url == "/gestione/giochi/un-gioco/"
    assert [(each.title, each.is_public) for each in programme.activities.all()] == [("Un gioco", False)]


def test_activity_in_a_foreign_phase_is_refused(desk):
    programme, browser = desk
    make.phase(programme)
    foreign = make.phase(make.programme())
    words = {"kind": "toy", "title": "Un gioco", "phase": foreign.pk} | form_key()
    assert browser.post(at("activity_add", programme.slug), words).status_code == 200
    assert programme.activities.count() == 0


def test_workspace_costs_the_same_with_one_and_with_three(desk, django_assert_num_queries):
    programme, browser = desk
    counts = []
    for _ in range(2):
        for _each in range(len(counts) * 2 or 1):
            phase = make.phase(programme)
            for public in (True, False):
                activity = make.activity(programme, phase=phase, public=public)
                make.appointment(activity)
                make.enrolment_rules(activity)
            make.goal(programme)
            make.enrolment(activity, state="requested")
        with CaptureQueriesContext(connection) as queries:
            browser.get(at("workspace", programme.slug))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["workspaces", "partners", "team", "changes", "publish", "history"])
def test_list_costs_the_same_with_one_and_with_three(name):
    somebody, programme, counts = person(), make.programme(), []
    make.member(programme, person=somebody)
    for more in (1, 2):
        for _ in range(more):
            make.member(make.programme(), person=somebody)
            make.member(programme, "editor")
            actions.add_partner(
                by=somebody, programme=programme, details={"organisation": organisation(), "role": "partner"}
            )
            actions.record_change(
                by=somebody, programme=programme, kind="replanned", on=timezone.localdate(), reason="x"
            )
            make.activity(programme, public=False)
        address = at(name) if name == "workspaces" else at(name, programme.slug)
        browser = signed_in(somebody)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- To do ------------------------------------------------------------------------------------
def test_to_do_names_what_blocks_waits_happens_and_is_ready(desk):
    programme, _browser = desk
    programme.published_at = None
    activity = make.activity(programme, "Aperta")
    make.appointment(activity)
    make.enrolment(activity, state="requested")
    make.enrolment(activity, state="requested")
    make.activity(programme, "Finita", starts_on=timezone.localdate() - timedelta(days=3))
    make.activity(programme, "Pronta", public=False)
    stretches = outline(programme)
    found = to_do(programme, stretches)
    assert [len(each) for each in (found.blocking, found.waiting, found.this_week, found.ready)] == [
        5,
        2,
        1,
        1,
    ]
    assert "2" in found.waiting[0].text


def test_programme_without_anything_waiting_says_so(desk):
    programme, _browser = desk
    assert to_do(programme, outline(programme)).is_empty is True
