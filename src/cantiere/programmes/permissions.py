"""Who may do what with programmes and their activities."""

from cantiere.foundation.accounts.models import Invitation, Person
from cantiere.foundation.core.access import Decision, rule
from cantiere.programmes import invitations
from cantiere.programmes.models import (
    Activity,
    Change,
    Enrolment,
    Goal,
    Partnership,
    Phase,
    Programme,
    TeamMember,
)

Role = TeamMember.Role
EDITORS = {Role.COORDINATOR, Role.EDITOR}
EVERYONE_IN_THE_TEAM = set(Role)


def roles_in(person: Person | None, programme: Programme) -> set[str]:
    """The roles somebody has in a whole programme; read once a request."""
    if person is None:
        return set()
    return {role for activity, role in _roles(person).get(programme.pk, ()) if activity is None}


def _roles(person: Person) -> dict[int, list[tuple[int | None, str]]]:
    kept: dict[int, list[tuple[int | None, str]]] | None = getattr(person, "_team_roles", None)
    if kept is None:
        kept = {}
        rows = TeamMember.objects.filter(person=person).values_list("programme_id", "activity_id", "role")
        for programme, activity, role in rows:
            kept.setdefault(programme, []).append((activity, role))
        person._team_roles = kept  # type: ignore[attr-defined]  # noqa: SLF001 (kept with the person of the request)
    return kept


def _has(person: Person | None, programme: Programme, wanted: set[Role]) -> bool:
    if person is None:
        return False
    return person.is_administrator or bool(roles_in(person, programme) & wanted)


def _has_in_activity(person: Person | None, activity: Activity, wanted: set[Role]) -> bool:
    if _has(person, activity.programme, wanted & EDITORS):
        return True
    if person is None:
        return False
    own = _roles(person).get(activity.programme_id, ())
    return any(role in wanted and where in {None, activity.pk} for where, role in own)


@rule("programmes.see")
def see(person: Person | None, programme: Programme) -> bool:
    """Anyone, once it is public; before, whoever has any role in it."""
    if programme.is_public:
        return True
    return person is not None and (person.is_administrator or programme.pk in _roles(person))


@rule("programmes.follow")
def follow(person: Person | None, programme: Programme) -> bool | Decision:
    """Anyone with an account, once it is public."""
    if not see(person, programme):
        return False
    return Decision.SIGN_IN if person is None else True


@rule("programmes.create")
def create(person: Person | None, _nothing: object) -> bool:
    """Administrators and curators of the installation."""
    return person is not None and (person.is_administrator or person.is_curator)


@rule("programmes.work")
def work(person: Person | None, programme: Programme) -> bool:
    """Open the workspace: everyone in the team."""
    return _has(person, programme, EVERYONE_IN_THE_TEAM)


@rule("programmes.edit")
def edit(person: Person | None, programme: Programme) -> bool:
    """Write the programme: coordinators and editors."""
    return _has(person, programme, EDITORS)


@rule("programmes.edit_part")
def edit_part(person: Person | None, part: Phase | Goal | Partnership) -> bool:
    """Write a phase, a goal or a partner: whoever writes the programme."""
    return edit(person, part.programme)


@rule("programmes.publish")
def publish(person: Person | None, programme: Programme) -> bool:
    """Publish, pause, close: coordinators."""
    return _has(person, programme, {Role.COORDINATOR})


@rule("programmes.correct")
def correct(person: Person | None, change: Change) -> bool:
    """Correct what was said of a change: coordinators."""
    return publish(person, change.programme)


@rule("programmes.manage_team")
def manage_team(person: Person | None, programme: Programme) -> bool:
    """Say who is in the team: coordinators."""
    return _has(person, programme, {Role.COORDINATOR})


@rule("programmes.manage_member")
def manage_member(person: Person | None, member: TeamMember) -> bool:
    """Change or end somebody's role: coordinators."""
    return manage_team(person, member.programme)


@rule("programmes.manage_invitation")
def manage_invitation(person: Person | None, invitation: Invitation) -> bool:
    """Withdraw an invitation to a team: coordinators."""
    seat = invitations.seat_of(invitation.target) if invitation.kind == invitations.KIND else None
    return seat is not None and manage_team(person, seat.programme)


@rule("programmes.see_activity")
def see_activity(person: Person | None, activity: Activity) -> bool:
    """Anyone, once it and its programme are public; before, the team."""
    if activity.is_public:
        return True
    return _has_in_activity(person, activity, EVERYONE_IN_THE_TEAM)


@rule("programmes.act")
def act(person: Person | None, activity: Activity) -> bool | Decision:
    """Take part in a public activity: anyone with an account."""
    if not activity.is_public:
        return False
    return Decision.SIGN_IN if person is None else True


@rule("programmes.edit_activity")
def edit_activity(person: Person | None, activity: Activity) -> bool:
    """Write an activity: the programme's editors."""
    return _has(person, activity.programme, EDITORS)


@rule("programmes.publish_activity")
def publish_activity(person: Person | None, activity: Activity) -> bool:
    """Publish an activity, take it back, cancel it: coordinators."""
    return publish(person, activity.programme)


@rule("programmes.run_activity")
def run_activity(person: Person | None, activity: Activity) -> bool:
    """Hold an activity on the day: editors and facilitators, also those of this activity alone."""
    return _has_in_activity(person, activity, EDITORS | {Role.FACILITATOR})


@rule("programmes.run_enrolment")
def run_enrolment(person: Person | None, enrolment: Enrolment) -> bool:
    """Answer a request, note who came: whoever holds the activity."""
    return run_activity(person, enrolment.activity)


@rule("programmes.open_workspace")
def open_workspace(person: Person | None, _nothing: object) -> bool:
    """See the list of one's own programmes: whoever has a role in one, or may create one."""
    return person is not None and (create(person, None) or bool(_roles(person)))
