"""Loads the demonstration through the same actions a team uses; only what lies in the past is written as rows."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cantiere.activities.meetings import actions as meetings
from cantiere.activities.meetings.models import Meeting, Page
from cantiere.config.demonstration import comunita, passo, pistoia2030, siena
from cantiere.config.demonstration.outline import Body, Day, Held, Plan, Told, Where
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
    plans = [pistoia2030.PLAN, passo.PLAN, comunita.PLAN, siena.plan()]
    return [_programme(plan, people["team"], people["administrator"], crowd) for plan in plans]


def _crowd() -> list[Person]:
    """People with a first name and an address nobody has."""
    for number, name in enumerate(NAMES):
        Person.objects.get_or_create(email=f"persona{number:02}@example.org", defaults={"name": name})
    return list(Person.objects.filter(email__startswith="persona", email__endswith="@example.org").order_by("email"))


@transaction.atomic
def _programme(plan: Plan, by: Person, other: Person, crowd: list[Person]) -> Programme:
    standing = Programme.objects.filter(title=plan.title, is_demonstration=True).first()
    if standing is not None:
        return standing
    phases = tuple(PhasePlan(phase.title, phase.summary) for phase in plan.phases)
    programme = actions.create_programme(
        by=by,
        blueprint=Blueprint("demonstration", plan.title, plan.summary, plan.form, phases),
        details={
            "title": plan.title,
            "summary": plan.summary,
            "approach": plan.approach,
            "places": [_place(where) for where in plan.places],
            "starts_on": _day(plan.starts),
            "ends_on": _day(plan.ends),
            "contact": plan.contact,
        },
    )
    programme.is_demonstration = True
    programme.save(update_fields=["is_demonstration"])
    actions.add_team_member(by=by, programme=programme, person=other, role=TeamMember.Role.EDITOR)
    _outline(plan, programme, by)
    for number, told in enumerate(plan.activities):
        _activity(programme, told, by, crowd[number:] + crowd[:number])
    actions.publish_programme(by=by, programme=programme)
    return programme


def _outline(plan: Plan, programme: Programme, by: Person) -> None:
    for title, text in plan.goals:
        actions.add_goal(by=by, programme=programme, details={"title": title, "text": text})
    bodies = {body.key: _organisation(body, by) for body in plan.bodies}
    for key, role, note in plan.partners:
        details = {"organisation": bodies[key], "role": role, "note": note}
        actions.add_partner(by=by, programme=programme, details=details)
    phases = list(programme.phases.all())
    for phase, stretch in zip(phases, plan.phases, strict=True):
        days = {
            "starts_on": _day(stretch.starts),
            "ends_on": _day(stretch.ends),
            "started_on": _day(stretch.started),
            "ended_on": _day(stretch.ended),
        }
        actions.edit_phase(by=by, phase=phase, details=days)
    for turn in plan.turns:
        actions.record_change(
            by=by,
            programme=programme,
            kind=turn.kind,
            on=_certain(turn.on),
            reason=turn.reason,
            what=turn.what,
            phase=phases[turn.phase] if turn.phase is not None else None,
            days=turn.days,
        )


def _activity(programme: Programme, told: Told | Held, by: Person, crowd: list[Person]) -> None:
    phase = list(programme.phases.all())[told.phase] if told.phase is not None else None
    if isinstance(told, Held):
        activity = _meeting(programme, told, phase, by, crowd)
    else:
        activity = _page(programme, told, phase, by)
    goals = list(programme.goals.all())
    activity.goals.set(goals[index] for index in told.goals)


def _page(programme: Programme, told: Told, phase: Phase | None, by: Person) -> Activity:
    activity = actions.add_activity(
        by=by, programme=programme, kind_key="page", details={"title": told.title, "phase": phase}
    )
    row = {
        "summary": told.summary,
        "starts_on": _day(told.first),
        "ends_on": _day(told.last),
        "place": _place(told.place) if told.place else None,
    }
    page = Page.objects.select_related("activity__programme").get(pk=activity.pk)
    meetings.edit_page(by=by, page=page, row=row, own={"story": told.story})
    actions.publish_activity(by=by, activity=page.activity)
    if told.outcome:
        actions.tell_outcome(by=by, activity=page.activity, outcome=told.outcome)
        Activity.objects.filter(pk=activity.pk).update(outcome_on=_day(told.last))
    return activity


def _meeting(programme: Programme, held: Held, phase: Phase | None, by: Person, crowd: list[Person]) -> Activity:
    activity = actions.add_activity(
        by=by, programme=programme, kind_key="meeting", details={"title": held.title, "phase": phase}
    )
    starts = timezone.make_aware(datetime.combine(_certain(held.on), time(*held.at)))
    online = held.mode != "in_person"
    meeting = Meeting.objects.select_related("activity__programme").get(pk=activity.pk)
    meetings.edit_meeting(
        by=by,
        meeting=meeting,
        row={
            "summary": held.summary,
            "place": _place(held.place) if held.place else None,
            "place_note": held.venue,
            "opens": min(starts - timedelta(days=20), timezone.now() - timedelta(days=1)),
        },
        own={
            "mode": held.mode,
            "video_link": f"https://video.example.org/{activity.slug[:40]}" if online else "",
            "event_type": held.event_type,
            "agenda": held.agenda,
            "directions": held.directions,
            "languages": held.languages,
        },
        rules={"capacity": held.capacity, "needs_approval": held.approval, "offer_hours": 48},
        sessions=[meetings.Session(starts, starts + timedelta(minutes=held.minutes_long))],
    )
    activity.refresh_from_db()
    actions.publish_activity(by=by, activity=activity)
    _people(activity, held, crowd)
    if held.short:
        details = {"short": held.short, "points": "\n".join(held.points), "minutes": held.minutes}
        meetings.save_minutes(by=by, meeting=meeting, details=details)
        meeting.refresh_from_db()
        meetings.publish_minutes(by=by, meeting=meeting)
        told_on = _certain(held.on) + timedelta(days=6)
        Activity.objects.filter(pk=activity.pk).update(outcome_on=told_on)
        Meeting.objects.filter(pk=activity.pk).update(minutes_on=told_on)
    return activity


def _people(activity: Activity, held: Held, crowd: list[Person]) -> None:
    """Seats given and people who came, as rows: the past has no other way in."""
    day = _certain(held.on)
    asked = timezone.now() - timedelta(days=9) if day > timezone.localdate() else _noon(day - timedelta(days=9))
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


def _organisation(body: Body, by: Person) -> Organisation:
    standing = Organisation.objects.named(body.name).first()
    return standing or organisations.create(
        by=by,
        name=body.name,
        short_name=body.short,
        legal_form=body.legal_form,
        place=_place(body.place) if body.place else None,
        website=body.website,
    )


def _place(where: Where) -> Place:
    kind, code = where
    return Place.objects.get(kind=kind, code=code, valid_to=None)


def _day(day: Day | None) -> date | None:
    return timezone.localdate() + timedelta(days=day) if isinstance(day, int) else day


def _certain(day: Day) -> date:
    return timezone.localdate() + timedelta(days=day) if isinstance(day, int) else day


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
