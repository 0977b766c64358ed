"""Partners in public, the team in the workspace."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.foundation.accounts import actions as accounts
from cantiere.foundation.accounts.addresses import normal
from cantiere.foundation.accounts.models import Invitation, Person
from cantiere.foundation.core import access, log
from cantiere.foundation.core.edit import apply
from cantiere.foundation.notices import actions as notices
from cantiere.programmes.invitations import KIND, Seat, seat_of
from cantiere.programmes.models import Activity, Partnership, Programme, TeamMember

PARTNER = {"organisation", "role", "note"}


@transaction.atomic
def add_partner(*, by: Person, programme: Programme, details: Mapping[str, object]) -> Partnership:
    """Give an organisation a role."""
    partnership = Partnership(programme=programme, order=programme.partnerships.count())
    apply(partnership, details, allowed=PARTNER)
    log.record(by=by, verb="programmes.add_partner", target=partnership)
    return partnership


@transaction.atomic
def edit_partner(*, by: Person, partnership: Partnership, details: Mapping[str, object]) -> None:
    """Change an organisation's role or what it does."""
    changed = apply(partnership, details, allowed=PARTNER)
    log.record(by=by, verb="programmes.edit_partner", target=partnership, changed=changed)


@transaction.atomic
def remove_partner(*, by: Person, partnership: Partnership) -> None:
    """End an organisation's role."""
    name, role = partnership.organisation.name, partnership.role
    log.record(by=by, verb="programmes.remove_partner", target=partnership.programme, title=name, role=role)
    partnership.delete()


@transaction.atomic
def add_team_member(
    *, by: Person, programme: Programme, person: Person, role: str, activity: Activity | None = None
) -> TeamMember:
    """Give somebody a role in the programme, or in one of its activities alone; replaces the one they had."""
    _lock(programme)
    _fits(programme, role, activity)
    member, _new = TeamMember.objects.update_or_create(
        programme=programme, activity=activity, person=person, defaults={"role": role}
    )
    _keep_a_coordinator(programme)
    access.lost(person)  # perhaps the role before could do more
    log.record(by=by, verb="programmes.add_team_member", target=member, role=role)
    if by.pk != person.pk:
        notices.tell_person(
            person=person,
            once=f"team:{member.pk}:{role}",
            title=_("You are in the team of {programme}").format(programme=programme.title),
            text=_("Your role: {role}.").format(role=member.get_role_display()),
            address=reverse("programmes:workspaces"),
            urgent=True,
        )
    return member


@transaction.atomic
def invite_team_member(
    *, by: Person, programme: Programme, email: str, role: str, activity: Activity | None = None
) -> bool:
    """Give a role to whoever has this address; without an account they get an invitation: then ``False``."""
    person = Person.objects.at(email)
    if person is not None:
        add_team_member(by=by, programme=programme, person=person, role=role, activity=activity)
        return True
    _fits(programme, role, activity)
    seat = Seat(programme, role, activity)
    accounts.invite(by=by, email=normal(email), kind=KIND, target=seat.target)
    log.record(by=by, verb="programmes.invite_team_member", target=programme, role=role)
    return False


@transaction.atomic
def join_team(*, person: Person, target: str) -> str:
    """Somebody accepts an invitation; gives the address to go to."""
    seat = seat_of(target)
    if seat is None:
        return "/"
    add_team_member(
        by=person, programme=seat.programme, person=person, role=seat.role, activity=seat.activity
    )
    return reverse("programmes:workspaces")


@transaction.atomic
def withdraw_invitation(*, by: Person, invitation: Invitation) -> None:
    """The link of an invitation stops working."""
    seat = seat_of(invitation.target)
    accounts.withdraw_invitation(by=by, invitation=invitation)
    if seat is not None:
        log.record(by=by, verb="programmes.withdraw_invitation", target=seat.programme, role=seat.role)


@transaction.atomic
def remove_team_member(*, by: Person, member: TeamMember) -> None:
    """End somebody's role; a programme keeps at least one coordinator."""
    _lock(member.programme)
    log.record(by=by, verb="programmes.remove_team_member", target=member.programme, role=member.role)
    TeamMember.objects.filter(pk=member.pk).delete()
    _keep_a_coordinator(member.programme)
    access.lost(member.person)


def _fits(programme: Programme, role: str, activity: Activity | None) -> None:
    if activity is None:
        return
    if activity.programme_id != programme.pk:
        raise ValidationError({"activity": _("This activity belongs to another programme.")})
    if role != TeamMember.Role.FACILITATOR:
        raise ValidationError({"activity": _("In one activity alone one can only be a facilitator.")})


def _lock(programme: Programme) -> None:
    """Two coordinators cannot leave at the same moment."""
    Programme.objects.select_for_update().only("pk").get(pk=programme.pk)


def _keep_a_coordinator(programme: Programme) -> None:
    if not programme.team.filter(role=TeamMember.Role.COORDINATOR, activity=None).exists():
        raise ValidationError(_("A programme needs a coordinator: name another one first."))
