"""What pages read of programmes, in few queries whatever their size."""

from cantiere.programmes.queries.calendar import (
    KEPT,
    Agenda,
    agenda,
    appointments_between,
    appointments_of,
    own_appointments,
    programmes_with_appointments,
    public_appointments,
)
from cantiere.programmes.queries.enrolment import EnrolmentView, Mine, enrolment_view, mine
from cantiere.programmes.queries.held import HeldView, held_view, organisers, problems_of_held
from cantiere.programmes.queries.held_data import appointments_dataset, attendance_dataset
from cantiere.programmes.queries.line import Stretch, line_of
from cantiere.programmes.queries.lists import (
    STATES,
    filter_by_place,
    filter_by_state,
    latest_outcomes,
    open_activities,
    place_asked,
    places_of_programmes,
    programmes_with_outline,
)
from cantiere.programmes.queries.problems import Problem, problems_of
from cantiere.programmes.queries.programme import PhaseView, ProgrammeView, programme_view, rings_of
from cantiere.programmes.queries.standing import Standing, standing_of
from cantiere.programmes.queries.turnout import Turnout, turnout

__all__ = [
    "KEPT",
    "STATES",
    "Agenda",
    "EnrolmentView",
    "HeldView",
    "Mine",
    "PhaseView",
    "Problem",
    "ProgrammeView",
    "Standing",
    "Stretch",
    "Turnout",
    "agenda",
    "appointments_between",
    "appointments_dataset",
    "appointments_of",
    "attendance_dataset",
    "enrolment_view",
    "filter_by_place",
    "filter_by_state",
    "held_view",
    "latest_outcomes",
    "line_of",
    "mine",
    "open_activities",
    "organisers",
    "own_appointments",
    "place_asked",
    "places_of_programmes",
    "problems_of",
    "problems_of_held",
    "programme_view",
    "programmes_with_appointments",
    "programmes_with_outline",
    "public_appointments",
    "rings_of",
    "standing_of",
    "turnout",
]
