"""Loads the demonstration through the same actions a team uses; only what lies in the past is written as rows."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cantiere.activities.meetings import actions as meetings
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.config.demonstration import (
    census_queue,
    comunita,
    contributions,
    innovators,
    laboratories,
    passo,
    pistoia2030,
    records,
    siena,
)
from cantiere.config.demonstration.outline import Body, Day, Held, Mapped, Plan, Told, Where, Worked
from cantiere.foundation.accounts import demo as accounts
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.organisations import actions as organisations
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place
from cantiere.programmes import actions
from cantiere.programmes.blueprints import Blueprint, PhasePlan
from cantiere.programmes.models import Activity, Enrolment, Participation, Phase, Programme, TeamMember

NAMES = (
    "Agnese", "Aldo", "Alma", "Amos", "Bice", "Bruna", "Cesare", "Cleo", "Dalia", "Dino", "Edda", "Elio", "Emma",
    "Ettore", "Fosca", "Furio", "Gaia", "Gino", "Ida", "Iris", "Ivo", "Lea", "Leda", "Lino", "Livia", "Mara",
    "Mirko", "Nella", "Nino", "Olga", "Omar", "Orsola", "Pia", "Primo", "Rita", "Rocco", "Sara", "Tea", "Ugo",
    "Vera", "Vito", "Zoe",
)  # fmt: skip


def load() -> list[Programme]:
    """The four programmes; those already there are left as they are."""
    people = accounts.load()
    crowd = _crowd()
    plans = [pistoia2030.PLAN, passo.PLAN, comunita.PLAN, siena.PLAN]
    told = [
        _standing(plan) or _Telling(plan, people["team"], crowd).tell(people["administrator"])
        for plan in plans
    ]
    records.load(told[plans.index(comunita.PLAN)], people["team"])
    census_queue.load(told[plans.index(comunita.PLAN)], people["team"])
    contributions.load(told[plans.index(passo.PLAN)], people["team"])
    return told


def _standing(plan: Plan) -> Programme | None:
    return Programme.objects.filter(title=plan.title, is_demonstration=True).first()


def _crowd() -> list[Person]:
    """People with a first name and an address nobody has."""
    for number, name in enumerate(NAMES):
        Person.objects.get_or_create(email=f"persona{number:02}@example.org", defaults={"name": name})
    return list(
        Person.objects.filter(email__startswith="persona", email__endswith="@example.org").order_by("email")
    )


def _place(where: Where) -> Place:
    kind, code = where
    return Place.objects.get(kind=kind, code=code, valid_to=None)


class _Telling:
    """One programme while it is being told by a member of its team."""

    def __init__(self, plan: Plan, by: Person, crowd: list[Person]) -> None:
        self.plan, self.by, self.crowd, self.zero = plan, by, crowd, plan.day_zero()

    def day(self, day: Day) -> date:
        return self.zero + timedelta(days=day)

    def maybe(self, day: Day | None) -> date | None:
        return None if day is None else self.day(day)

    @transaction.atomic
    def tell(self, other: Person) -> Programme:
        """All of it, published."""
        plan = self.plan
        phases = tuple(PhasePlan(phase.title, phase.summary) for phase in plan.phases)
        details = {
            "title": plan.title,
            "summary": plan.summary,
            "approach": plan.approach,
            "places": [_place(where) for where in plan.places],
            "starts_on": self.day(plan.starts),
            "ends_on": self.maybe(plan.ends),
            "contact": plan.contact,
        }
        blueprint = Blueprint("demonstration", plan.title, plan.summary, plan.form, phases)
        self.programme = actions.create_programme(by=self.by, blueprint=blueprint, details=details)
        Programme.objects.filter(pk=self.programme.pk).update(is_demonstration=True)
        actions.add_team_member(
            by=self.by, programme=self.programme, person=other, role=TeamMember.Role.EDITOR
        )
        self.phases = list(self.programme.phases.all())
        self._outline()
        goals = list(self.programme.goals.all())
        later: list[tuple[Activity, Mapped | Worked]] = []
        for number, told in enumerate(plan.activities):
            crowd = self.crowd[number:] + self.crowd[:number]
            activity = self._activity(told, crowd)
            activity.goals.set(goals[index] for index in told.goals)
            if isinstance(told, Mapped | Worked):
                later.append((activity, told))
        actions.publish_programme(by=self.by, programme=self.programme)
        for activity, own in later:
            if isinstance(own, Mapped):
                innovators.fill(by=self.by, activity=activity, told=own, zero=self.zero)
            elif own.evening is not None:
                laboratories.hold(
                    by=self.by, activity=activity, worked=own, evening=own.evening, on=self.day(own.on)
                )
        return self.programme

    def _activity(self, told: Told | Held | Mapped, crowd: list[Person]) -> Activity:
        if isinstance(told, Worked):
            return self._lab(told, crowd)
        if isinstance(told, Held):
            return self._meeting(told, crowd)
        return self._map(told) if isinstance(told, Mapped) else self._page(told)

    def _map(self, told: Mapped) -> Activity:
        activity = self._draft("innovator_map", told)
        innovators.open_map(by=self.by, activity=activity, told=told, zero=self.zero)
        activity = Activity.objects.select_related("programme", "place").get(pk=activity.pk)
        actions.publish_activity(by=self.by, activity=activity)
        return activity

    def _lab(self, told: Worked, crowd: list[Person]) -> Activity:
        activity = self._draft("lab", told)
        laboratories.arrange(by=self.by, activity=activity, worked=told, on=self.day(told.on))
        activity = Activity.objects.select_related("programme", "place").get(pk=activity.pk)
        actions.publish_activity(by=self.by, activity=activity)
        _fill(activity, told, crowd, self.day(told.on))
        return activity

    def _phase(self, index: int | None) -> Phase | None:
        return None if index is None else self.phases[index]

    def _outline(self) -> None:
        by, programme = self.by, self.programme
        for title, text in self.plan.goals:
            actions.add_goal(by=by, programme=programme, details={"title": title, "text": text})
        bodies = {body.key: self._organisation(body) for body in self.plan.bodies}
        for key, role, note in self.plan.partners:
            details = {"organisation": bodies[key], "role": role, "note": note}
            actions.add_partner(by=by, programme=programme, details=details)
        for phase, stretch in zip(self.phases, self.plan.phases, strict=True):
            days = {
                "starts_on": self.maybe(stretch.starts),
                "ends_on": self.maybe(stretch.ends),
                "started_on": self.maybe(stretch.started),
                "ended_on": self.maybe(stretch.ended),
            }
            actions.edit_phase(by=by, phase=phase, details=days)
        for turn in self.plan.turns:
            actions.record_change(
                by=by, programme=programme, kind=turn.kind, on=self.day(turn.on), reason=turn.reason,
                what=turn.what, phase=self._phase(turn.phase), days=turn.days,
            )  # fmt: skip

    def _page(self, told: Told) -> Activity:
        page = Page.objects.select_related("activity__programme").get(pk=self._draft("page", told).pk)
        row = {
            "summary": told.summary,
            "starts_on": self.maybe(told.first),
            "ends_on": self.maybe(told.last),
            "place": _place(told.place) if told.place else None,
        }
        meetings.edit_page(by=self.by, page=page, row=row, own={"story": told.story})
        actions.publish_activity(by=self.by, activity=page.activity)
        if told.outcome:
            actions.tell_outcome(by=self.by, activity=page.activity, outcome=told.outcome)
            Activity.objects.filter(pk=page.pk).update(outcome_on=self.maybe(told.last))
        return page.activity

    def _draft(self, kind_key: str, told: Told | Held | Mapped) -> Activity:
        details = {"title": told.title, "phase": self._phase(told.phase)}
        return actions.add_activity(by=self.by, programme=self.programme, kind_key=kind_key, details=details)

    def _meeting(self, held: Held, crowd: list[Person]) -> Activity:
        meeting = Meeting.objects.select_related("activity__programme").get(
            pk=self._draft("meeting", held).pk
        )
        self._arrange(meeting, held)
        activity = Activity.objects.select_related("programme", "place").get(pk=meeting.pk)
        actions.publish_activity(by=self.by, activity=activity)
        _fill(activity, held, crowd, self.day(held.on))
        if held.short:
            self._minutes(held, activity)
        return activity

    def _arrange(self, meeting: Meeting, held: Held) -> None:
        starts = timezone.make_aware(datetime.combine(self.day(held.on), time(*held.at)))
        online = held.mode != "in_person"
        row = {
            "summary": held.summary,
            "place": _place(held.place) if held.place else None,
            "place_note": held.venue,
            "opens": min(starts - timedelta(days=20), timezone.now() - timedelta(days=1)),
        }
        own = {
            "mode": held.mode,
            "video_link": f"https://video.example.org/{meeting.activity.slug[:40]}" if online else "",
            "event_type": held.event_type,
            "agenda": held.agenda,
            "directions": held.directions,
            "languages": held.languages,
        }
        rules = {"capacity": held.capacity, "needs_approval": held.approval, "offer_hours": 48}
        session = meetings.Session(starts, starts + timedelta(minutes=held.minutes_long))
        meetings.edit_meeting(by=self.by, meeting=meeting, row=row, own=own, rules=rules, sessions=[session])

    def _minutes(self, held: Held, activity: Activity) -> None:
        meeting = Meeting.objects.select_related("activity__programme").get(pk=activity.pk)
        details = {"short": held.short, "points": "\n".join(held.points), "minutes": held.minutes}
        meetings.save_minutes(by=self.by, meeting=meeting, details=details)
        meetings.publish_minutes(by=self.by, meeting=meeting)
        told_on = self.day(held.on + 6)
        Activity.objects.filter(pk=activity.pk).update(outcome_on=told_on)
        Meeting.objects.filter(pk=activity.pk).update(minutes_on=told_on)

    def _organisation(self, body: Body) -> Organisation:
        return Organisation.objects.named(body.name).first() or organisations.create(
            by=self.by,
            name=body.name,
            short_name=body.short,
            legal_form=body.legal_form,
            place=_place(body.place) if body.place else None,
            website=body.website,
        )


def _fill(activity: Activity, held: Held, crowd: list[Person], day: date) -> None:
    """Seats given and people who came, as rows: the past has no other way in."""
    today = timezone.localdate()
    asked = timezone.make_aware(datetime.combine(min(day, today) - timedelta(days=9), time(12)))
    Enrolment.objects.bulk_create(
        Enrolment(
            activity=activity,
            person=person,
            state=Enrolment.State.CONFIRMED,
            queued_at=asked + timedelta(minutes=7 * number),
            online=held.mode == "online",
            attended_on=day if number < held.came else None,
        )
        for number, person in enumerate(crowd[: held.enrolled])
    )
    Participation.objects.bulk_create(
        Participation(activity=activity, person=person, day=day) for person in crowd[: held.came]
    )
