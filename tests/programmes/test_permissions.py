"""Who may do what: one table, held against the rules."""

import pytest

from cantiere.foundation.accounts.models import Invitation
from cantiere.foundation.core.access import Decision, decide, rules
from cantiere.programmes import actions
from cantiere.programmes.models import Change, Goal, Partnership, TeamMember
from tests.factories import programmes as make
from tests.factories.accounts import administrator, curator, person
from tests.factories.organisations import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]
Role = TeamMember.Role

ROLES = ("visitor", "somebody", "observer", "holder", "facilitator", "editor", "coordinator", "other", "curator",
         "administrator")  # fmt: skip
# y yes, n no, s: sign in first. The holder facilitates one activity alone; the other coordinates another programme.
TABLE = """
rule                        visitor somebody observer holder facilitator editor coordinator other curator administrator
public see                  y       y        y        y      y           y      y           y     y       y
public follow               s       y        y        y      y           y      y           y     y       y
public see_activity         y       y        y        y      y           y      y           y     y       y
public act                  s       y        y        y      y           y      y           y     y       y
draft  see                  n       n        y        y      y           y      y           n     n       y
draft  follow               n       n        y        y      y           y      y           n     n       y
draft  see_activity         n       n        y        y      y           y      y           n     n       y
draft  act                  n       n        n        n      n           n      n           n     n       n
public create               n       n        n        n      n           n      n           n     y       y
public open_workspace       n       n        y        y      y           y      y           y     y       y
public work                 n       n        y        n      y           y      y           n     n       y
public edit                 n       n        n        n      n           y      y           n     n       y
public edit_part            n       n        n        n      n           y      y           n     n       y
public edit_activity        n       n        n        n      n           y      y           n     n       y
public publish              n       n        n        n      n           n      y           n     n       y
public publish_activity     n       n        n        n      n           n      y           n     n       y
public correct              n       n        n        n      n           n      y           n     n       y
public manage_team          n       n        n        n      n           n      y           n     n       y
public manage_member        n       n        n        n      n           n      y           n     n       y
public manage_invitation    n       n        n        n      n           n      y           n     n       y
public run_activity         n       n        n        y      y           y      y           n     n       y
public run_enrolment        n       n        n        y      y           y      y           n     n       y
""".strip().splitlines()
LETTERS = {Decision.YES: "y", Decision.NO: "n", Decision.SIGN_IN: "s"}


def world(*, public: bool):
    programme = make.programme(public=public)
    activity = make.activity(programme)
    team = {role: make.member(programme, role).person for role in Role.values}
    holder = make.member(programme, Role.FACILITATOR, activity=activity)
    partner = Partnership.objects.create(programme=programme, organisation=organisation(), role="partner")
    actions.invite_team_member(
        by=team["coordinator"], programme=programme, email="nuova@example.org", role=Role.EDITOR
    )
    targets = {
        "activity": activity,
        "programme": programme,
        "part": (activity.phase, make.goal(programme), partner),
        "change": Change.objects.create(programme=programme, kind="paused", on="2026-01-01", reason="x"),
        "member": holder,
        "invitation": Invitation.objects.get(),
        "enrolment": make.enrolment(activity),
    }
    people = team | {
        "visitor": None,
        "somebody": person(),
        "holder": holder.person,
        "other": make.member(make.programme()).person,
        "curator": curator(),
        "administrator": administrator(),
    }
    return people, targets


def targets_of(rule: str, targets):
    if rule in {"create", "open_workspace"}:
        return [None]
    if rule == "edit_part":
        return targets["part"]
    if rule in {"see_activity", "act", "edit_activity", "publish_activity", "run_activity"}:
        return [targets["activity"]]
    names = {"correct": "change", "manage_member": "member", "manage_invitation": "invitation"}
    return [targets[names.get(rule, "enrolment" if rule == "run_enrolment" else "programme")]]


@pytest.mark.parametrize("public", [True, False], ids=["public", "draft"])
def test_rules_answer_as_the_table_says(public):
    people, targets = world(public=public)
    assert tuple(TABLE[0].split()[1:]) == ROLES
    for line in TABLE[1:]:
        state, rule, *letters = line.split()
        if (state == "public") is not public:
            continue
        for target in targets_of(rule, targets):
            answers = [LETTERS[decide(people[role], f"programmes.{rule}", target)] for role in ROLES]
            assert (rule, answers) == (rule, letters)


def test_table_names_every_rule():
    named = {f"programmes.{line.split()[1]}" for line in TABLE[1:]}
    assert named == {name for name in rules() if name.startswith("programmes.")}


def test_invitation_of_another_room_is_none_of_ours():
    foreign = Invitation(kind="accounts.role", target="administrator")
    assert decide(administrator(), "programmes.manage_invitation", foreign) is Decision.NO


def test_part_of_another_programme_is_refused():
    goal = make.goal(make.programme())
    assert isinstance(goal, Goal)
    stranger = make.member(make.programme()).person
    assert decide(stranger, "programmes.edit_part", goal) is Decision.NO
