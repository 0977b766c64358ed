"""Partners in public, the team in the workspace."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply
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
    log.record(by=by, verb="programmes.remove_partner", target=partnership)
    partnership.delete()


@transaction.atomic
def add_team_member(
    *, by: Person, programme: Programme, person: Person, role: str, activity: Activity | None = None
) -> TeamMember:
    """Give somebody a role in the programme, or in one of its activities alone; replaces the one they had."""
    member, _new = TeamMember.objects.update_or_create(
        programme=programme, activity=activity, person=person, defaults={"role": role}
    )
    _keep_a_coordinator(programme)
    log.record(by=by, verb="programmes.add_team_member", target=member, role=role)
    return member


@transaction.atomic
def remove_team_member(*, by: Person, member: TeamMember) -> None:
    """End somebody's role; a programme keeps at least one coordinator."""
    log.record(by=by, verb="programmes.remove_team_member", target=member, role=member.role)
    member.delete()
    _keep_a_coordinator(member.programme)


def _keep_a_coordinator(programme: Programme) -> None:
    if not programme.team.filter(role=TeamMember.Role.COORDINATOR, activity=None).exists():
        raise ValidationError(_("A programme needs a coordinator: name another one first."))
