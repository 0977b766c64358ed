"""The seat in a team that an invitation by e-mail offers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cantiere.programmes.models import Activity, Programme, TeamMember

KIND = "programmes.team"


@dataclass(frozen=True)
class Seat:
    """A role in a programme, or in one of its activities alone."""

    programme: Programme
    role: str
    activity: Activity | None = None

    @property
    def target(self) -> str:
        """How an invitation writes it."""
        return f"{self.programme.pk}:{self.role}:{self.activity.pk if self.activity else ''}"

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(TeamMember.Role(self.role).label)


def seat_of(target: str) -> Seat | None:
    """The seat behind a target; ``None`` when the programme or the activity is gone."""
    programme_pk, role, activity_pk = target.split(":")
    programme = Programme.objects.filter(pk=programme_pk).first()
    if programme is None or role not in TeamMember.Role.values:
        return None
    if not activity_pk:
        return Seat(programme, role)
    activity = programme.activities.filter(pk=activity_pk).first()
    return Seat(programme, role, activity) if activity else None


def describe(target: str) -> str:
    """Completes «You are invited as …»."""
    seat = seat_of(target)
    if seat is None:
        return ""
    words = {"role": seat.role_name.lower(), "where": (seat.activity or seat.programme).title}
    return _("%(role)s of “%(where)s”") % words
