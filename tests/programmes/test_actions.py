"""What is done to programmes, their outline, their people: each act, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cantiere.foundation.accounts.models import Invitation
from cantiere.foundation.core.models import AuditEntry
from cantiere.programmes import actions, invitations
from cantiere.programmes.blueprints import BLUEPRINTS, Blueprint, PhasePlan
from cantiere.programmes.models import Activity, Change, Participation, Partnership, Programme, TeamMember
from tests.factories import programmes as make
from tests.factories.accounts import administrator, person
from tests.factories.organisations import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]
Kind = Change.Kind
Role = TeamMember.Role


@pytest.fixture
def by():
    return administrator()


def verbs(target):
    rows = AuditEntry.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))
    return [row.verb for row in rows.order_by("pk")]


def titles(rows):
    return [row.title for row in rows]


# --- The programme as a whole -----------------------------------------------------------------
def test_create_follows_the_blueprint_and_makes_a_coordinator(by):
    phases = (PhasePlan("Prima", "Che cosa", (("toy", "Un gioco"),)), PhasePlan("Poi", ""))
    blueprint = Blueprint("x", "X", "", Programme.Form.IN_PHASES, phases)
    made = actions.create_programme(
        by=by, blueprint=blueprint, details={"title": "Il fiume", "summary": "Sì."}
    )
    assert (made.slug, made.summary, made.is_public) == ("il-fiume", "Sì.", False)
    assert titles(made.phases.all()) == ["Prima", "Poi"]
    assert [(each.title, each.phase.title, each.is_public) for each in made.activities.all()] == [
        ("Un gioco", "Prima", False)
    ]
    assert [(each.person, each.role) for each in made.team.all()] == [(by, Role.COORDINATOR)]
    assert verbs(made) == ["programmes.create"]


def test_create_gives_another_address_to_the_same_title(by):
    made = [
        actions.create_programme(by=by, blueprint=BLUEPRINTS["blank"], details={"title": "Il fiume"})
        for _ in "ab"
    ]
    assert [each.slug for each in made] == ["il-fiume", "il-fiume-2"]


def test_create_never_takes_the_address_of_the_page_that_creates(by):
    made = actions.create_programme(by=by, blueprint=BLUEPRINTS["blank"], details={"title": "Nuovo"})
    assert made.slug != "nuovo"


def test_edit_says_what_changed_and_notes_nothing_otherwise(by):
    programme = make.programme(title="Prima")
    assert actions.edit_programme(by=by, programme=programme, details={"title": "Dopo", "slug": "altro"}) == [
        "title"
    ]
    assert actions.edit_programme(by=by, programme=programme, details={"title": "Dopo"}) == []
    programme.refresh_from_db()
    assert (programme.title, programme.slug, verbs(programme)) == ("Dopo", "prima", ["programmes.edit"])


def test_publish_is_refused_with_what_is_missing(by):
    programme = make.programme(public=False)
    with pytest.raises(ValidationError) as refused:
        actions.publish_programme(by=by, programme=programme)
    assert len(refused.value.messages) == 5
    programme.refresh_from_db()
    assert programme.is_public is False


def test_publish_keeps_the_first_moment(by):
    programme = make.ready()
    actions.publish_programme(by=by, programme=programme)
    first = Programme.objects.get(pk=programme.pk).published_at
    actions.publish_programme(by=by, programme=programme)
    assert Programme.objects.get(pk=programme.pk).published_at == first
    assert verbs(programme) == ["programmes.publish"]


def change(by, programme, kind, **details):
    details = {"on": date(2026, 3, 9), "reason": "Perché sì."} | details
    return actions.record_change(by=by, programme=programme, kind=kind, **details)


def test_pause_and_resume(by):
    programme = make.programme()
    change(by, programme, Kind.PAUSED)
    programme.refresh_from_db()
    assert programme.paused_on == date(2026, 3, 9)
    change(by, programme, Kind.RESUMED)
    programme.refresh_from_db()
    assert programme.paused_on is None
    assert [each.kind for each in programme.changes.all()] == [Kind.PAUSED, Kind.RESUMED]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ({}, Kind.RESUMED),
        ({"paused_on": date(2026, 1, 1)}, Kind.PAUSED),
        ({"closed_on": date(2026, 1, 1)}, Kind.EXTENDED),
        ({"closed_on": date(2026, 1, 1)}, Kind.CLOSED),
    ],
)
def test_change_that_cannot_happen_is_refused(by, before, kind):
    programme = make.programme(**before)
    with pytest.raises(ValidationError):
        change(by, programme, kind)
    assert programme.changes.count() == 0


def test_close_and_resume(by):
    programme = make.programme(paused_on=date(2026, 1, 1))
    change(by, programme, Kind.CLOSED)
    programme.refresh_from_db()
    assert (programme.paused_on, programme.closed_on) == (None, date(2026, 3, 9))
    change(by, programme, Kind.RESUMED)
    programme.refresh_from_db()
    assert programme.closed_on is None


@pytest.mark.parametrize(
    ("details", "ends_on"),
    [({"days": 10}, date(2026, 6, 11)), ({"days": 10, "ends_on": date(2026, 7, 1)}, date(2026, 7, 1))],
)
def test_extend_moves_the_last_day(by, details, ends_on):
    programme = make.programme(ends_on=date(2026, 6, 1))
    change(by, programme, Kind.EXTENDED, **details)
    programme.refresh_from_db()
    assert programme.ends_on == ends_on


def test_extending_one_phase_leaves_the_last_day_alone(by):
    programme = make.programme(ends_on=date(2026, 6, 1))
    change(by, programme, Kind.EXTENDED, days=10, phase=make.phase(programme))
    programme.refresh_from_db()
    assert programme.ends_on == date(2026, 6, 1)


def test_change_of_another_programmes_phase_is_refused(by):
    with pytest.raises(ValidationError):
        change(by, make.programme(), Kind.REPLANNED, phase=make.phase(make.programme()))


def test_correction_stands_beside_the_first_text(by):
    first = change(by, make.programme(), Kind.REPLANNED, reason="Sbagliato.")
    correction = actions.correct_change(by=by, change=first, reason="Giusto.")
    first.refresh_from_db()
    assert (first.reason, correction.reason, correction.corrects) == ("Sbagliato.", "Giusto.", first)
    assert (correction.kind, correction.on) == (Kind.CORRECTED, timezone.localdate())


def test_copy_takes_the_outline_and_leaves_days_people_and_results(by):
    source = make.ready(title="Il fiume")
    goal, phase = source.goals.get(), source.phases.get()
    activity = make.activity(source, "Un gioco", starts_on=date(2026, 1, 1), outcome="Fatto.")
    activity.goals.add(goal)
    make.member(source)
    copy = actions.copy_programme(by=by, programme=source, title="La copia")
    copied = copy.activities.get()
    assert (copy.is_public, copy.starts_on, list(copy.places.all())) == (
        False,
        None,
        list(source.places.all()),
    )
    assert (titles(copy.goals.all()), titles(copy.phases.all())) == ([goal.title], [phase.title])
    assert (copied.title, copied.phase, list(copied.goals.all())) == (
        "Un gioco",
        copy.phases.get(),
        list(copy.goals.all()),
    )
    assert (copied.published_at, copied.starts_on, copied.outcome) == (None, None, "")
    assert [each.person for each in copy.team.all()] == [by]
    assert copy.partnerships.count() == source.partnerships.count()


# --- Phases and goals -------------------------------------------------------------------------
def test_phases_are_added_after_the_others_also_when_one_was_removed(by):
    programme = make.programme()
    rows = [actions.add_phase(by=by, programme=programme, details={"title": name}) for name in "abc"]
    actions.remove_phase(by=by, phase=rows[0])
    actions.add_phase(by=by, programme=programme, details={"title": "d"})
    assert titles(programme.phases.all()) == ["b", "c", "d"]


@pytest.mark.parametrize(("step", "expected"), [(-1, "bac"), (1, "acb")])
def test_phase_moves_one_place_and_back(by, step, expected):
    programme = make.programme()
    rows = [make.phase(programme, name) for name in "abc"]
    actions.move_phase(by=by, phase=rows[1], step=step)
    assert "".join(titles(programme.phases.all())) == expected
    actions.move_phase(by=by, phase=programme.phases.get(pk=rows[1].pk), step=-step)
    assert "".join(titles(programme.phases.all())) == "abc"


def test_first_phase_does_not_move_up(by):
    programme = make.programme()
    rows = [make.phase(programme, name) for name in "ab"]
    actions.move_phase(by=by, phase=rows[0], step=-1)
    assert titles(programme.phases.all()) == ["a", "b"]


def test_edit_phase_notes_what_changed(by):
    phase = make.phase(make.programme())
    actions.edit_phase(by=by, phase=phase, details={"title": "Nuova", "order": 9})
    phase.refresh_from_db()
    assert (phase.title, phase.order) == ("Nuova", 0)
    assert AuditEntry.objects.get(verb="programmes.edit_phase").data == {"changed": ["title"]}


def test_phase_with_activities_is_not_removed(by):
    programme = make.programme()
    make.phase(programme)
    activity = make.activity(programme)
    make.phase(programme)
    with pytest.raises(ValidationError):
        actions.remove_phase(by=by, phase=activity.phase)
    assert programme.phases.count() == 2


def test_last_phase_of_a_programme_in_phases_stays(by):
    phase = make.phase(make.programme())
    with pytest.raises(ValidationError):
        actions.remove_phase(by=by, phase=phase)


def test_goals_are_added_edited_moved_and_removed(by):
    programme = make.programme()
    first, second = (actions.add_goal(by=by, programme=programme, details={"title": name}) for name in "ab")
    actions.edit_goal(by=by, goal=first, details={"text": "Vuol dire."})
    actions.move_goal(by=by, goal=second, step=-1)
    assert [(goal.title, goal.text) for goal in programme.goals.all()] == [("b", ""), ("a", "Vuol dire.")]
    actions.remove_goal(by=by, goal=second)
    assert titles(programme.goals.all()) == ["a"]
    assert verbs(programme) == ["programmes.remove_goal"]


# --- Activities -------------------------------------------------------------------------------
def test_activity_of_another_programmes_phase_is_refused(by):
    programme, other = make.programme(), make.phase(make.programme())
    with pytest.raises(ValidationError) as refused:
        actions.add_activity(
            by=by, programme=programme, kind_key="toy", details={"title": "X", "phase": other}
        )
    assert list(refused.value.error_dict) == ["phase"]
    assert programme.activities.count() == 0


def test_activity_stands_in_a_phase_where_there_are_phases(by):
    with pytest.raises(ValidationError):
        actions.add_activity(by=by, programme=make.programme(), kind_key="toy", details={"title": "X"})
    permanent = make.programme(form=Programme.Form.PERMANENT)
    made = actions.add_activity(by=by, programme=permanent, kind_key="toy", details={"title": "X"})
    assert (made.phase, made.published_at) == (None, None)


def test_edit_activity_to_another_programmes_phase_is_refused(by):
    activity = make.activity(make.programme())
    with pytest.raises(ValidationError):
        actions.edit_activity(by=by, activity=activity, details={"phase": make.phase(make.programme())})
    assert Activity.objects.get(pk=activity.pk).phase.programme_id == activity.programme_id


def test_publish_activity_is_refused_with_what_its_kind_misses(by, toy):
    toy.missing = ("Manca tutto.",)
    activity = make.activity(make.programme(), public=False)
    with pytest.raises(ValidationError) as refused:
        actions.publish_activity(by=by, activity=activity)
    assert refused.value.messages == ["Manca tutto."]
    toy.missing = ()
    actions.publish_activity(by=by, activity=activity)
    assert Activity.objects.get(pk=activity.pk).is_public is True


def test_withdraw_makes_a_draft_of_what_nobody_took_part_in(by):
    activity = make.activity(make.programme())
    actions.withdraw_activity(by=by, activity=activity)
    assert Activity.objects.get(pk=activity.pk).published_at is None


def test_withdraw_is_refused_after_participation(by):
    activity = make.activity(make.programme())
    actions.take_part(activity=activity)
    with pytest.raises(ValidationError):
        actions.withdraw_activity(by=by, activity=activity)
    assert Activity.objects.get(pk=activity.pk).is_public is True


def test_cancel_says_why_and_restore_takes_it_back(by):
    activity = make.activity(make.programme())
    actions.cancel_activity(by=by, activity=activity, why="Piove.")
    activity.refresh_from_db()
    assert (activity.cancelled_on, activity.cancelled_why) == (timezone.localdate(), "Piove.")
    assert activity.is_public is True
    actions.restore_activity(by=by, activity=activity)
    activity.refresh_from_db()
    assert (activity.cancelled_on, activity.cancelled_why) == (None, "")


def test_outcome_keeps_its_first_day_and_goes_with_its_text(by):
    activity = make.activity(make.programme(), outcome="Prima.", outcome_on=date(2026, 1, 1))
    actions.tell_outcome(by=by, activity=activity, outcome="Meglio.")
    assert activity.outcome_on == date(2026, 1, 1)
    actions.tell_outcome(by=by, activity=activity, outcome="")
    assert activity.outcome_on is None


def test_copy_activity_to_another_programmes_phase_is_refused(by):
    activity = make.activity(make.programme())
    with pytest.raises(ValidationError):
        actions.copy_activity(
            by=by, activity=activity, programme=activity.programme, phase=make.phase(make.programme())
        )


def test_copy_activity_takes_texts_and_goals(by):
    programme = make.programme()
    activity = make.activity(programme, summary="Così.", starts_on=date(2026, 1, 1))
    activity.goals.add(make.goal(programme))
    copied = actions.copy_activity(
        by=by, activity=activity, programme=programme, phase=activity.phase, title="Bis"
    )
    assert (copied.title, copied.summary, copied.starts_on, copied.published_at) == (
        "Bis",
        "Così.",
        None,
        None,
    )
    assert list(copied.goals.all()) == list(activity.goals.all())


def test_activity_moves_within_its_phase(by):
    programme = make.programme()
    first, second = make.phase(programme), make.phase(programme)
    rows = [make.activity(programme, name, phase=first) for name in "ab"]
    other = make.activity(programme, "c", phase=second)
    actions.move_activity(by=by, activity=rows[1], step=-1)
    assert titles(first.activities.all()) == ["b", "a"]
    assert titles(second.activities.all()) == [other.title]


def test_only_a_draft_nobody_took_part_in_is_removed(by):
    programme = make.programme()
    for activity in (make.activity(programme), make.activity(programme, public=False)):
        actions.take_part(activity=activity)
        with pytest.raises(ValidationError):
            actions.remove_activity(by=by, activity=activity)
    draft = make.activity(programme, "Bozza", public=False)
    actions.remove_activity(by=by, activity=draft)
    assert programme.activities.filter(title="Bozza").exists() is False
    assert AuditEntry.objects.get(verb="programmes.remove_activity").data == {"title": "Bozza"}


def test_hours_change_keeps_the_order_of_opening_and_closing():
    now = timezone.now()
    activity = make.activity(make.programme(), opens=now, closes=now + timedelta(hours=1))
    assert activity.is_open is True


# --- The ledger -------------------------------------------------------------------------------
def test_counting_without_a_name_grows_the_days_total_and_takes_back(by):
    activity = make.activity(make.programme())
    totals = []
    for step in (1, 1, -1, -1, -1):
        actions.count_without_name(by=by, activity=activity, step=step)
        totals.append(sum(row.times for row in Participation.objects.filter(activity=activity, person=None)))
    assert totals == [1, 2, 1, 0, 0]


# --- People -----------------------------------------------------------------------------------
def test_partners_are_added_edited_and_removed(by):
    programme, first = make.programme(), organisation()
    details = {"organisation": first, "role": Partnership.Role.PROMOTER}
    partner = actions.add_partner(by=by, programme=programme, details=details)
    actions.edit_partner(by=by, partnership=partner, details={"note": "Guida."})
    assert [(each.organisation, each.note) for each in programme.partnerships.all()] == [(first, "Guida.")]
    actions.remove_partner(by=by, partnership=partner)
    assert programme.partnerships.count() == 0
    assert verbs(programme) == ["programmes.remove_partner"]


def test_programme_keeps_a_coordinator(by):
    member = make.member(make.programme())
    with pytest.raises(ValidationError):
        actions.remove_team_member(by=by, member=member)
    with pytest.raises(ValidationError):
        actions.add_team_member(by=by, programme=member.programme, person=member.person, role=Role.EDITOR)
    assert TeamMember.objects.get(pk=member.pk).role == Role.COORDINATOR


def test_coordinator_leaves_once_there_is_another(by):
    member = make.member(make.programme())
    make.member(member.programme)
    actions.remove_team_member(by=by, member=member)
    assert member.programme.team.count() == 1


def test_new_role_replaces_the_old_one(by):
    programme, somebody = make.programme(), person()
    make.member(programme)
    for role in (Role.EDITOR, Role.OBSERVER):
        actions.add_team_member(by=by, programme=programme, person=somebody, role=role)
    assert [each.role for each in programme.team.filter(person=somebody)] == [Role.OBSERVER]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDITOR, Role.OBSERVER])
def test_in_one_activity_one_only_facilitates(by, role):
    activity = make.activity(make.programme())
    make.member(activity.programme)
    with pytest.raises(ValidationError):
        actions.add_team_member(
            by=by, programme=activity.programme, person=person(), role=role, activity=activity
        )


def test_team_of_another_programmes_activity_is_refused(by):
    programme, activity = make.programme(), make.activity(make.programme())
    make.member(programme)
    with pytest.raises(ValidationError):
        actions.add_team_member(
            by=by, programme=programme, person=person(), role=Role.FACILITATOR, activity=activity
        )


def test_invited_with_an_account_is_in_at_once(by):
    programme, somebody = make.programme(), person()
    make.member(programme)
    assert actions.invite_team_member(
        by=by, programme=programme, email=somebody.email.upper(), role=Role.EDITOR
    )
    assert programme.team.get(person=somebody).role == Role.EDITOR
    assert Invitation.objects.count() == 0


def test_invited_without_an_account_joins_by_the_invitation(by):
    activity = make.activity(make.programme())
    programme = activity.programme
    make.member(programme)
    here = actions.invite_team_member(
        by=by, programme=programme, email="Nuova@example.org", role=Role.FACILITATOR, activity=activity
    )
    invitation = Invitation.objects.get()
    assert (here, invitation.email) == (False, "nuova@example.org")
    assert invitations.describe(invitation.target) != ""
    newcomer = person(email="nuova@example.org")
    assert actions.join_team(person=newcomer, target=invitation.target) == "/gestione/"
    assert [(each.role, each.activity) for each in programme.team.filter(person=newcomer)] == [
        (Role.FACILITATOR, activity)
    ]


def test_invitation_to_a_programme_that_is_gone_means_nothing():
    assert invitations.describe("12345:editor:") == ""
    assert actions.join_team(person=person(), target="12345:editor:") == "/"


def test_withdrawn_invitation_is_no_longer_open(by):
    programme = make.programme()
    actions.invite_team_member(by=by, programme=programme, email="nuova@example.org", role=Role.EDITOR)
    actions.withdraw_invitation(by=by, invitation=Invitation.objects.get())
    assert Invitation.objects.open().count() == 0
