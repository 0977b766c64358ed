"""The entrance of a laboratory: whom a code leads where, and whether the door is open."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Sum
from django.utils import timezone

from cantiere.activities.labs import codes
from cantiere.activities.labs.models import Lab, Participant
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, can, decide
from cantiere.programmes.models import Appointment, Enrolment
from cantiere.thread.contributions.codes import digests_of


class Door(StrEnum):
    """How the entrance stands for somebody."""

    OPEN = "open"
    EARLY = "early"
    OVER = "over"
    CANCELLED = "cancelled"
    SIGN_IN = "sign_in"
    NO_SEAT = "no_seat"


@dataclass(frozen=True)
class Entrance:
    """What somebody reads before they come in; ``day`` is the appointment of today, or else the next.

    ``afar``: they said, when they took a seat, that they would connect from afar.
    """

    lab: Lab
    door: Door
    day: Appointment | None
    moments: int
    minutes: int
    afar: bool

    @property
    def hours(self) -> int:
        """The planned length, in hours as one says it."""
        return round(self.minutes / 60)


def lab_by_code(code: str, person: Person | None) -> Lab | None:
    """The laboratory of a code, also of one that was misread, where it can only be one."""
    rows = Lab.objects.select_related(*Lab.address_related)
    found = list(rows.filter(code=code)) or list(rows.filter(code__in=codes.meant(code))[:2])
    return found[0] if len(found) == 1 and can(person, "labs.see", found[0]) else None


def entrance(lab: Lab, person: Person | None) -> Entrance:
    """How the entrance of a laboratory stands now."""
    now = timezone.now()
    coming = lab.activity.appointments.filter(ends__gte=now).order_by("starts", "pk").first()
    planned = lab.blocks.aggregate(moments=Count("pk"), minutes=Sum("minutes"))
    seats = Enrolment.objects.filter(activity=lab.activity_id, person=person, online=True)
    afar = lab.mode == Lab.Mode.HYBRID and person is not None and seats.exists()
    return Entrance(
        lab, _door(lab, person, coming), coming, planned["moments"], planned["minutes"] or 0, afar
    )


def _door(lab: Lab, person: Person | None, coming: Appointment | None) -> Door:
    if lab.activity.cancelled_on is not None:
        return Door.CANCELLED
    if lab.ended_on is not None:
        return Door.OVER
    if not lab.is_running and coming is not None and timezone.localdate(coming.starts) > timezone.localdate():
        return Door.EARLY
    answer = decide(person, "labs.join", lab)
    if answer is Decision.SIGN_IN:
        return Door.SIGN_IN
    return Door.OPEN if answer is Decision.YES else Door.NO_SEAT


def participant(lab: Lab, *, actor: str = "", person: Person | None = None) -> Participant | None:
    """Somebody who takes part, by the name in the log or by the account."""
    rows = Participant.objects.select_related("place").filter(lab=lab)
    return rows.filter(person=person).first() if person is not None else rows.filter(actor=actor).first()


def joined(lab: Lab, person: Person | None, code: str) -> Participant | None:
    """Who came in by a form that was perhaps sent before: the account's, or the one of the receipt."""
    if person is not None:
        return participant(lab, person=person)
    return Participant.objects.filter(lab=lab, receipt__digest__in=digests_of(code)).first()
