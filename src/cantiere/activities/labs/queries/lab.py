"""What the public page of a laboratory reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from cantiere.activities.labs.models import Lab
from cantiere.activities.labs.queries.script import Timed, timed
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.programmes.models import Enrolment
from cantiere.programmes.queries import HeldView, held_view


@dataclass(frozen=True)
class HowToJoin:
    """How somebody joins on the day: ``shown`` to whom the code is told already."""

    lab: Lab
    shown: bool
    has_seat: bool

    @property
    def needs_seat(self) -> bool:
        """Whether a seat is asked for."""
        return self.lab.joins == Lab.Joins.ENROLLED


@dataclass(frozen=True)
class LabView:
    """What the page says besides what every page of something held says."""

    lab: Lab
    held: HeldView
    programme: Sequence[Timed]
    joining: HowToJoin | None


def lab_view(lab: Lab, person: Person | None) -> LabView:
    """Read the page of a laboratory, for one reader; seven queries for a visitor."""
    held = held_view(
        lab,
        may_edit=can(person, "labs.edit", lab),
        may_run=can(person, "labs.run", lab),
        may_connect=lab.is_online and can(person, "labs.see_link", lab),
    )
    return LabView(lab, held, timed(lab.blocks.all(), held.sessions), _how_to_join(lab, person, held))


def _how_to_join(lab: Lab, person: Person | None, held: HeldView) -> HowToJoin | None:
    """Nothing once it is over; the code for whoever has a seat, for the team, and on the day."""
    if (
        lab.ended_on is not None
        or held.activity.cancelled_on is not None
        or (held.is_over and not lab.is_running)
    ):
        return None
    seated = person is not None and _has_seat(lab, person)
    if lab.joins == Lab.Joins.ENROLLED:
        return HowToJoin(lab, seated or held.may_run, seated)
    today = timezone.localdate(held.now)
    on_the_day = any(
        timezone.localdate(each.starts) <= today <= timezone.localdate(each.ends) for each in held.sessions
    )
    return HowToJoin(lab, seated or held.may_run or lab.is_running or on_the_day, seated)


def _has_seat(lab: Lab, person: Person) -> bool:
    mine = Enrolment.objects.filter(activity=lab.activity_id, person=person)
    return mine.filter(state=Enrolment.State.CONFIRMED).exists()
