"""The page of one programme."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext

from cantiere.engine.territory import from_geojson
from cantiere.engine.window import State
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.places.models import Boundary, Place
from cantiere.programmes.models import (
    Activity,
    Appointment,
    Change,
    Enrolment,
    Goal,
    Partnership,
    Phase,
    Programme,
)
from cantiere.programmes.queries.line import Stretch, line_of, months, state_words
from cantiere.programmes.queries.lists import FRONT
from cantiere.programmes.queries.standing import Standing, standing_of

Ring = tuple[tuple[float, float], ...]
POINTS = 160


@dataclass
class PhaseView:
    """A phase with what it holds for this reader; without a phase, what stands outside them."""

    phase: Phase | None
    state: State
    activities: list[Activity] = field(default_factory=list)

    @property
    def look(self) -> str:
        """Its state as the look names it."""
        return {State.DONE: "done", State.NOW: "now", State.TO_COME: "soon"}[self.state]

    @property
    def words(self) -> str:
        """Its state in words."""
        return state_words(self.state)

    @property
    def days(self) -> str:
        """Its months in words."""
        return months(self.phase.days.first, self.phase.days.last) if self.phase else ""


@dataclass(frozen=True)
class OpenNow:
    """Something one can do, or has done already: then where one stands, in words."""

    activity: Activity
    mine: str = ""


@dataclass(frozen=True)
class ProgrammeView:
    """Everything the page of a programme says."""

    programme: Programme
    phases: Sequence[PhaseView]
    line: Sequence[Stretch]
    current: PhaseView | None
    open_now: Sequence[OpenNow]
    next_appointments: Sequence[Appointment]
    goals: Sequence[tuple[Goal, Sequence[Activity]]]
    partnerships: Sequence[Partnership]
    changes: Sequence[Change]
    places: Sequence[Place]

    @property
    def promoters(self) -> list[Partnership]:
        """Who promotes the programme, by name."""
        return [each for each in self.partnerships if each.role in FRONT]

    @property
    def by_role(self) -> list[tuple[str, list[Partnership]]]:
        """Organisations under the name of their role, in the order of the roles."""
        roles = [role for role in Partnership.Role if any(each.role == role for each in self.partnerships)]
        return [
            (str(role.label), [each for each in self.partnerships if each.role == role]) for role in roles
        ]

    @cached_property
    def standing(self) -> Standing:
        """Where it stands, in words."""
        return standing_of(self.programme)

    @property
    def pause(self) -> Change | None:
        """The change that paused it, while it is paused."""
        if self.programme.paused_on is None or self.programme.closed_on is not None:
            return None
        return next((change for change in self.changes if change.kind == Change.Kind.PAUSED), None)

    @property
    def first(self) -> Activity | None:
        """The one thing to do before the others: the first that one has not done yet."""
        return next((each.activity for each in self.open_now if not each.mine), None)


def programme_view(
    programme: Programme, *, with_drafts: bool, person: Person | None = None, now: datetime | None = None
) -> ProgrammeView:
    """Read a programme's page in eight queries, nine for somebody with an account."""
    now = now or timezone.now()
    activities = programme.activities.select_related("place__parent").prefetch_related("goals")
    if not with_drafts:
        activities = activities.filter(published_at__isnull=False)
    rows = list(activities)
    for row in rows:
        row.programme = programme
    by_phase: dict[int | None, list[Activity]] = {}
    by_goal: dict[int, list[Activity]] = {}
    for row in rows:
        by_phase.setdefault(row.phase_id, []).append(row)
        for goal in row.goals.all():
            by_goal.setdefault(goal.pk, []).append(row)
    own_phases = list(programme.phases.all())
    phases = [PhaseView(phase, phase.state, by_phase.get(phase.pk, [])) for phase in own_phases]
    if None in by_phase:
        phases.append(PhaseView(None, State.NOW, by_phase[None]))
    changes = list(programme.changes.select_related("phase").order_by("-on", "-pk"))
    return ProgrammeView(
        programme=programme,
        phases=phases,
        line=line_of(programme, own_phases, rows, changes),
        current=next((view for view in phases if view.phase and view.state is State.NOW), None),
        open_now=_open_now(rows, person),
        next_appointments=_upcoming({row.pk: row for row in rows}, now),
        goals=[(goal, by_goal.get(goal.pk, [])) for goal in programme.goals.all()],
        partnerships=list(programme.partnerships.select_related("organisation")),
        changes=changes,
        places=list(programme.places.select_related("parent")),
    )


def _upcoming(shown: dict[int, Activity], now: datetime) -> list[Appointment]:
    found = Appointment.objects.filter(activity__in=shown, ends__gte=now, activity__cancelled_on__isnull=True)
    upcoming = list(found.order_by("starts")[:4])
    for appointment in upcoming:
        appointment.activity = shown[appointment.activity_id]
    return upcoming


def _open_now(rows: Sequence[Activity], person: Person | None) -> list[OpenNow]:
    found = sorted((row for row in rows if row.is_open), key=_closing_first)
    seats = Enrolment.objects.filter(activity__in=found, person=person).exclude(state__in=Enrolment.OVER)
    mine = {seat.activity_id: seat for seat in seats} if person and found else {}
    said = gettext("Your enrolment: %(state)s")
    return [
        OpenNow(row, said % {"state": mine[row.pk].get_state_display()} if row.pk in mine else "")
        for row in found
    ]


def _closing_first(activity: Activity) -> tuple[bool, datetime]:
    return activity.closes is None, activity.closes or timezone.now()


def rings_of(places: Sequence[Place]) -> tuple[Ring, ...]:
    """The outer borders of a territory, thinned to draw its cover; kept for a day."""
    numbers = ",".join(str(place.pk) for place in places)
    if not numbers:
        return ()
    key = f"programmes:rings:{numbers}"
    kept: tuple[Ring, ...] | None = cache.get(key)
    if kept is None:
        kept = tuple(_rings(places))
        cache.set(key, kept, 86_400)
    return kept


def _rings(places: Sequence[Place]) -> list[Ring]:
    rows = Boundary.objects.filter(place__in=places).values_list("geometry", flat=True)
    outer = [polygon[0] for geometry in rows for polygon in from_geojson(geometry)]
    outer.sort(key=len, reverse=True)  # islets would only blur it
    return [tuple((x, y) for x, y in ring[:: max(1, len(ring) // POINTS)]) for ring in outer[:40]]
