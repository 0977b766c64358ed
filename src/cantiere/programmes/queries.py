"""What pages read of programmes, in few queries whatever their size."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.engine.window import State
from cantiere.foundation.accounts.models import Person
from cantiere.programmes.models import Activity, Appointment, Change, Goal, Partnership, Phase, Programme


@dataclass(frozen=True)
class Problem:
    """Something that blocks publishing, and where it is mended."""

    text: str
    address: str


@dataclass
class PhaseView:
    """A phase with what it holds for this reader."""

    phase: Phase | None
    state: State
    activities: list[Activity] = field(default_factory=list)


@dataclass(frozen=True)
class ProgrammeView:
    """Everything the page of a programme says."""

    programme: Programme
    phases: Sequence[PhaseView]
    current: PhaseView | None
    open_now: Sequence[Activity]
    next_appointments: Sequence[Appointment]
    goals: Sequence[tuple[Goal, Sequence[Activity]]]
    partnerships: Sequence[Partnership]
    changes: Sequence[Change]

    @property
    def promoters(self) -> list[Partnership]:
        """Who promotes the programme, by name."""
        first = {Partnership.Role.PROMOTER, Partnership.Role.LEAD}
        return [each for each in self.partnerships if each.role in first]


def programme_view(programme: Programme, *, with_drafts: bool, now: datetime | None = None) -> ProgrammeView:
    """Read a programme's page in six queries."""
    now = now or timezone.now()
    activities = programme.activities.select_related("place").prefetch_related("goals")
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
    phases = [PhaseView(phase, phase.state, by_phase.get(phase.pk, [])) for phase in programme.phases.all()]
    if None in by_phase:
        phases.append(PhaseView(None, State.NOW, by_phase[None]))
    shown = {row.pk: row for row in rows}
    upcoming = list(Appointment.objects.filter(activity__in=shown, ends__gte=now).order_by("starts")[:4])
    for appointment in upcoming:
        appointment.activity = shown[appointment.activity_id]
    return ProgrammeView(
        programme=programme,
        phases=phases,
        current=next((view for view in phases if view.phase and view.state is State.NOW), None),
        open_now=sorted((row for row in rows if row.is_open), key=_closing_first),
        next_appointments=upcoming,
        goals=[(goal, by_goal.get(goal.pk, [])) for goal in programme.goals.all()],
        partnerships=list(programme.partnerships.select_related("organisation")),
        changes=list(programme.changes.select_related("phase").order_by("-on", "-pk")),
    )


def _closing_first(activity: Activity) -> tuple[bool, datetime]:
    return activity.closes is None, activity.closes or timezone.now()


def programmes_with_outline(queryset: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with what a card and its line need: places, promoters, phases."""
    promoters = Partnership.objects.filter(role__in=[Partnership.Role.PROMOTER, Partnership.Role.LEAD])
    return queryset.prefetch_related(
        "places",
        "phases",
        Prefetch("partnerships", promoters.select_related("organisation"), to_attr="promoters"),
    )


def open_activities(now: datetime, limit: int) -> list[Activity]:
    """What anyone can do now, what closes first before the rest."""
    rows = Activity.objects.public().open_at(now).filter(cancelled_on__isnull=True)
    ordered = rows.select_related("programme", "place").order_by("closes", "pk")
    with_end = list(ordered.filter(closes__isnull=False)[:limit])
    return with_end + list(ordered.filter(closes__isnull=True)[: limit - len(with_end)])


def latest_outcomes(limit: int) -> list[Activity]:
    """What came of things, newest first."""
    rows = Activity.objects.public().filter(outcome_on__isnull=False).select_related("programme", "place")
    return list(rows.order_by("-outcome_on", "-pk")[:limit])


def appointments_between(
    first: date, last: date, *, person: Person | None = None, programme: Programme | None = None
) -> QuerySet[Appointment]:
    """Public appointments that touch these days, in order."""
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(last, datetime.max.time()))
    rows = Appointment.objects.filter(
        activity__published_at__isnull=False,
        activity__programme__published_at__isnull=False,
        starts__lte=end,
        ends__gte=start,
    ).select_related("activity__programme", "activity__place")
    if programme is not None:
        rows = rows.filter(activity__programme=programme)
    if person is not None:
        rows = rows.filter(activity__participations__person=person).distinct()
    return rows.order_by("starts", "pk")


def problems_of(programme: Programme) -> list[Problem]:
    """What still blocks publishing: of the programme itself, then of the activities meant to be public."""
    settings = reverse("programmes:settings", args=[programme.slug])
    outline = reverse("programmes:workspace", args=[programme.slug])
    partners = reverse("programmes:partners", args=[programme.slug])
    problems = []
    if not programme.summary:
        problems.append(Problem(_("Say in one sentence what the programme wants to achieve."), settings))
    if not programme.starts_on:
        problems.append(Problem(_("Say on which day the programme starts."), settings))
    if not programme.places.exists():
        problems.append(Problem(_("Say which territory the programme is for."), settings))
    if not programme.partnerships.filter(role__in=[Partnership.Role.PROMOTER, Partnership.Role.LEAD]).exists():
        problems.append(Problem(_("Name at least one promoter."), partners))
    if programme.is_in_phases and not programme.phases.filter(starts_on__isnull=False).exists():
        problems.append(Problem(_("Give a planned start to at least one phase."), outline))
    if not programme.goals.exists():
        problems.append(Problem(_("Write at least one goal."), outline))
    return problems
