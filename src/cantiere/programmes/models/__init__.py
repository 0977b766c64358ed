"""The tables of programmes."""

from cantiere.programmes.models.activity import Activity, Appointment, Participation
from cantiere.programmes.models.enrolment import Enrolment, EnrolmentRules
from cantiere.programmes.models.held import Held
from cantiere.programmes.models.minutes import WithMinutes
from cantiere.programmes.models.people import Partnership, TeamMember
from cantiere.programmes.models.programme import Change, Goal, Phase, Programme

__all__ = [
    "Activity",
    "Appointment",
    "Change",
    "Enrolment",
    "EnrolmentRules",
    "Goal",
    "Held",
    "Participation",
    "Partnership",
    "Phase",
    "Programme",
    "TeamMember",
    "WithMinutes",
]
