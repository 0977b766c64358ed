"""What a team reads of its programme: what waits for it, and the outline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cantiere.engine.window import State
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.ui import dates
from cantiere.programmes import kinds
from cantiere.programmes.models import Activity, Enrolment, EnrolmentRules, Phase, Programme
from cantiere.programmes.queries.problems import problems_of
from cantiere.programmes.queries.standing import Standing, standing_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One thing that waits: in a sentence, with the verb that leads to it."""

    text: str
    verb: str
    address: str


@dataclass(frozen=True)
class ToDo:
    """What waits for the team, what is urgent first."""

    blocking: Sequence[Task] = ()
    waiting: Sequence[Task] = ()
    this_week: Sequence[Task] = ()
    ready: Sequence[Task] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.blocking or self.waiting or self.this_week or self.ready)


@dataclass(frozen=True)
class Row:
    """An activity as the outline shows it."""

    activity: Activity
    missing: Sequence[str]

    @property
    def is_draft(self) -> bool:
        """Whether the team alone sees it."""
        return self.activity.published_at is None

    @property
    def is_ready(self) -> bool:
        """Whether it could be published now."""
        return self.is_draft and not self.missing and self.activity.cancelled_on is None

    @property
    def status(self) -> tuple[str, str]:
        """Its state as a kind of status and a word."""
        if self.activity.cancelled_on is not None:
            return "danger", _("cancelled")
        if self.is_draft:
            return "draft", _("draft")
        if self.activity.is_open:
            return "open", _("public, open now")
        done = self.activity.state is State.DONE
        return ("done", _("public, over")) if done else ("success", _("public"))

    @property
    def when(self) -> str:
        """Its days in words; empty while they are not known."""
        return span_of_days(self.activity.starts_on, self.activity.ends_on)


@dataclass
class PhaseOutline:
    """A phase and its activities; without a phase, those that stand outside of them."""

    phase: Phase | None
    rows: list[Row] = field(default_factory=list)

    @property
    def status(self) -> tuple[str, str]:
        """Where the phase stands."""
        state = self.phase.state if self.phase else State.NOW
        return {
            State.DONE: ("done", _("finished")),
            State.NOW: ("now", _("in progress")),
            State.TO_COME: ("soon", _("to come")),
        }[state]

    @property
    def when(self) -> str:
        """Its days in words."""
        if self.phase is None:
            return ""
        return span_of_days(self.phase.days.first, self.phase.days.last)


def span_of_days(first: date | None, last: date | None) -> str:
    """«venerdì 12 giugno», «from 12 June to 14 June»; empty without days."""
    if first is None and last is None:
        return ""
    if first is None:
        return _("until %(last)s") % {"last": dates.day(last)} if last else ""
    if last is None:
        return _("from %(first)s") % {"first": dates.day(first)}
    if first == last:
        return dates.day(first)
    return _("%(first)s – %(last)s") % {"first": dates.day(first), "last": dates.day(last)}


def outline(programme: Programme) -> list[PhaseOutline]:
    """Phases in order, each with its activities and what they miss: as many queries for one as for many."""
    activities = list(
        programme.activities.select_related("place__parent", "enrolment_rules").prefetch_related(
            "appointments"
        )
    )
    phases = list(programme.phases.all())
    by_key = {phase.pk: phase for phase in phases}
    for activity in activities:
        activity.programme = programme
        activity.phase = by_key.get(activity.phase_id) if activity.phase_id else None
    kinds.bring(activities)
    stretches: dict[int | None, PhaseOutline] = {phase.pk: PhaseOutline(phase) for phase in phases}
    for activity in activities:
        missing = activity.kind.problems(activity) if activity.published_at is None else ()
        stretches.setdefault(activity.phase_id, PhaseOutline(None)).rows.append(Row(activity, missing))
    return list(stretches.values())


def to_do(programme: Programme, stretches: Iterable[PhaseOutline]) -> ToDo:
    """What waits for the team of one programme."""
    now = timezone.now()
    rows = [row for stretch in stretches for row in stretch.rows]
    blocking = []
    if not programme.is_public:
        blocking = [Task(problem.text, _("Complete"), problem.address) for problem in problems_of(programme)]
    return ToDo(
        blocking=blocking,
        waiting=[*_waiting(programme), *_of_kinds(rows), *_untold(rows)],
        this_week=_this_week(rows, now),
        ready=_ready(programme, rows),
    )


def _waiting(programme: Programme) -> list[Task]:
    states = Enrolment.State
    waiting = (
        Enrolment.objects.filter(activity__programme=programme, state__in=[states.REQUESTED, states.OFFERED])
        .values_list("activity__slug", "activity__title", "state")
        .annotate(n=Count("pk"))
        .order_by("activity__order", "activity", "-state")
    )
    tasks = []
    for slug, title, state, n in waiting:
        address = reverse("programmes:enrolments", args=[slug])
        if state == states.REQUESTED:
            text = ngettext(
                "%(n)s person asks to enrol in “%(title)s” and waits for an answer.",
                "%(n)s people ask to enrol in “%(title)s” and wait for an answer.",
                n,
            )
        else:
            text = ngettext(
                "%(n)s seat of “%(title)s” is offered to the waiting list.",
                "%(n)s seats of “%(title)s” are offered to the waiting list.",
                n,
            )
        verb = _("Answer") if state == states.REQUESTED else _("Look")
        tasks.append(Task(text % {"n": n, "title": title}, verb, address))
    return tasks


def _of_kinds(rows: Sequence[Row]) -> list[Task]:
    """What only a kind knows to wait: answers to look at, suggestions."""
    waiting = kinds.waiting([row.activity for row in rows])
    return [Task(each.text, each.verb, each.address) for each in waiting]


def _untold(rows: Iterable[Row]) -> list[Task]:
    """What is over, and nobody was told what came of it."""
    today = timezone.localdate()
    tasks = []
    for row in rows:
        activity = row.activity
        told = activity.outcome or activity.cancelled_on or row.is_draft or activity.starts_on is None
        if told or activity.days.state(today) is not State.DONE:
            continue
        text = _("“%(title)s” is over: tell what came of it.") % {"title": activity.title}
        tasks.append(Task(text, _("Tell"), reverse("programmes:activity_outcome", args=[activity.slug])))
    return tasks


def _this_week(rows: Iterable[Row], now: datetime) -> list[Task]:
    happening: list[tuple[datetime, Task]] = []
    for row in rows:
        activity = row.activity
        if row.is_draft or activity.cancelled_on is not None:
            continue
        page = activity.get_absolute_url()
        if activity.closes is not None and activity.is_open and activity.closes <= now + WEEK:
            words = {"title": activity.title, "when": dates.moment(activity.closes)}
            text = _("“%(title)s” closes %(when)s.") % words
            happening.append((activity.closes, Task(text, _("Look"), page)))
        for appointment in activity.appointments.all():
            if now <= appointment.ends and appointment.starts <= now + WEEK:
                words = {"title": str(activity.title), "when": dates.moment(appointment.starts)}
                text = _("“%(title)s” is held %(when)s.") % words
                prepare = reverse("programmes:enrolments", args=[activity.slug])
                happening.append((appointment.starts, Task(text, _("Who comes"), prepare)))
    return [task for _when, task in sorted(happening, key=lambda pair: pair[0])]


def _ready(programme: Programme, rows: Sequence[Row]) -> list[Task]:
    publish = reverse("programmes:publish", args=[programme.slug])
    ready = sum(row.is_ready for row in rows)
    if not ready:
        return []
    text = ngettext(
        "%(n)s activity is ready and nobody sees it yet.",
        "%(n)s activities are ready and nobody sees them yet.",
        ready,
    )
    return [Task(text % {"n": ready}, _("Publish"), publish)]


@dataclass(frozen=True)
class Desk:
    """A programme in the list of mine, with what waits in it."""

    programme: Programme
    requests: int
    drafts: int

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing_of(self.programme)

    @property
    def waits(self) -> str:
        """What waits, in words."""
        parts = []
        if self.requests:
            text = ngettext(
                "%(n)s person waits for an answer", "%(n)s people wait for an answer", self.requests
            )
            parts.append(text % {"n": self.requests})
        if self.drafts:
            parts.append(ngettext("%(n)s draft", "%(n)s drafts", self.drafts) % {"n": self.drafts})
        return ", ".join(parts)


def desks_of(person: Person) -> tuple[list[Desk], list[Activity]]:
    """The programmes somebody works in, and the activities they hold in others."""
    programmes = Programme.objects.all()
    if not person.is_administrator:
        programmes = programmes.filter(pk__in=person_programmes(person))
    programmes = programmes.order_by("closed_on", "title")
    counts = _counts(programmes.values_list("pk", flat=True))
    desks = [Desk(each, *counts.get(each.pk, (0, 0))) for each in programmes]
    held = Activity.objects.filter(team__person=person).exclude(
        programme__in=[desk.programme for desk in desks]
    )
    return desks, list(held.select_related("programme"))


def person_programmes(person: Person) -> list[int]:
    """The keys of the programmes in whose whole team somebody is."""
    return list(
        Programme.objects.filter(team__person=person, team__activity=None).values_list("pk", flat=True)
    )


def _counts(keys: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    requested = Q(enrolments__state=Enrolment.State.REQUESTED)
    rows = (
        Activity.objects.filter(programme__in=list(keys))
        .values("programme")
        .annotate(
            requests=Count("enrolments", filter=requested, distinct=True),
            drafts=Count("pk", filter=Q(published_at__isnull=True), distinct=True),
        )
        .order_by()
    )
    return {row["programme"]: (row["requests"], row["drafts"]) for row in rows}


@dataclass(frozen=True)
class Attendance:
    """The enrolments of one activity, sorted by what they ask of the team."""

    requests: Sequence[Enrolment]
    coming: Sequence[Enrolment]
    waiting: Sequence[Enrolment]
    over: Sequence[Enrolment]
    capacity: int | None
    unnamed: int
    today: date
    has_come: bool
    """Whether its first day is here: before it nobody can be at the door."""

    @property
    def here(self) -> int:
        """How many were noted at the door today."""
        return sum(each.attended_on == self.today for each in self.coming) + self.unnamed

    @property
    def confirmed(self) -> int:
        """How many have a seat."""
        return sum(each.state == Enrolment.State.CONFIRMED for each in self.coming)

    @property
    def seats(self) -> str:
        """How full it is, in words."""
        if self.capacity is None:
            words = ngettext("%(n)s person comes", "%(n)s people come", self.confirmed)
            return words % {"n": self.confirmed}
        words = ngettext("%(n)s seat taken of %(all)s", "%(n)s seats taken of %(all)s", self.confirmed)
        return words % {"n": self.confirmed, "all": self.capacity}


def attendance(rules: EnrolmentRules) -> Attendance:
    """Read an activity's enrolments in two queries."""
    states, today = Enrolment.State, timezone.localdate()
    rows = list(rules.activity.enrolments.select_related("person"))
    for row in rows:
        row.activity = rules.activity
    unnamed = rules.activity.participations.filter(person=None, day=today).first()
    coming = [row for row in rows if row.state in Enrolment.HOLDING]
    return Attendance(
        requests=[row for row in rows if row.state == states.REQUESTED],
        coming=sorted(coming, key=lambda row: str(row.person).casefold()),
        waiting=[row for row in rows if row.state == states.WAITING],
        over=[row for row in rows if row.state in Enrolment.OVER],
        capacity=rules.capacity,
        unnamed=unnamed.times if unnamed else 0,
        today=today,
        has_come=rules.activity.starts_on is None or rules.activity.starts_on <= today,
    )
