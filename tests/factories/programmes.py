"""Programmes for tests: each as small as can be."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.edit import free_slug
from cantiere.programmes import actions, kinds
from cantiere.programmes.models import (
    Activity,
    Appointment,
    Enrolment,
    EnrolmentRules,
    Goal,
    Partnership,
    Phase,
    Programme,
    TeamMember,
)
from tests.factories.accounts import person as somebody
from tests.factories.organisations import organisation

_numbers = itertools.count(1)


class ToyKind(kinds.ActivityKind[EnrolmentRules]):
    """A kind for tests: its own row are the rules of enrolment; it misses what ``missing`` says."""

    key, name, verb, icon, model = "toy", "Toy", "Play", "it-star-full", EnrolmentRules
    missing: tuple[str, ...] = ()

    def url(self, activity: Activity) -> str:
        return f"/giochi/{activity.slug}/"

    def edit_url(self, activity: Activity) -> str:
        return f"/gestione/giochi/{activity.slug}/"

    def problems(self, activity: Activity) -> tuple[str, ...]:
        self._own(activity)
        return self.missing


@contextmanager
def toy(**answers: Any) -> Iterator[ToyKind]:
    """Register the toy kind for a while."""
    kind = ToyKind()
    for name, answer in answers.items():
        setattr(kind, name, answer)
    with kinds.registered(kind):
        yield kind


def programme(title: str = "", *, public: bool = True, **fields: Any) -> Programme:
    """Public unless told otherwise, in phases, with none yet."""
    title = title or f"Programma {next(_numbers)}"
    published = timezone.now() if public else None
    fields = {"summary": "Per chi abita qui.", "published_at": published} | fields
    return Programme.objects.create(title=title, slug=free_slug(Programme, title), **fields)


def ready(**fields: Any) -> Programme:
    """A draft to which nothing is missing."""
    from tests.factories.places import place

    made = programme(public=False, starts_on=timezone.localdate(), **fields)
    made.places.add(place())
    phase(made, starts_on=timezone.localdate())
    goal(made)
    Partnership.objects.create(programme=made, organisation=organisation(), role=Partnership.Role.PROMOTER)
    return made


def phase(programme: Programme, title: str = "", **fields: Any) -> Phase:
    order = programme.phases.count()
    return Phase.objects.create(
        **{"programme": programme, "title": title or f"Fase {order + 1}", "order": order} | fields
    )


def goal(programme: Programme, title: str = "", **fields: Any) -> Goal:
    order = programme.goals.count()
    return Goal.objects.create(
        **{"programme": programme, "title": title or f"Obiettivo {order + 1}", "order": order} | fields
    )


def activity(
    programme: Programme, title: str = "", *, kind: str = "toy", public: bool = True, **fields: Any
) -> Activity:
    """Public unless told otherwise, in the first phase; of the toy kind, which the test registers."""
    title = title or f"Attività {next(_numbers)}"
    fields = {
        "phase": programme.phases.first() or (phase(programme) if programme.is_in_phases else None),
        "published_at": timezone.now() if public else None,
        "order": programme.activities.count(),
    } | fields
    made = Activity.objects.create(
        programme=programme, kind_key=kind, title=title, slug=free_slug(Activity, title), **fields
    )
    kinds.kind_of(kind).setup(made)
    return made


def appointment(activity: Activity, starts: datetime | None = None, **fields: Any) -> Appointment:
    """In three days, for two hours, unless told otherwise; the activity's days follow."""
    starts = starts or timezone.now() + timedelta(days=3)
    made = Appointment.objects.create(
        **{"activity": activity, "starts": starts, "ends": starts + timedelta(hours=2)} | fields
    )
    activity.starts_on = activity.ends_on = timezone.localdate(starts)
    activity.save(update_fields=["starts_on", "ends_on"])
    return made


def enrolment_rules(activity: Activity, **fields: Any) -> EnrolmentRules:
    """Open now, room for everyone, no approval, unless told otherwise."""
    if activity.opens is None:
        activity.opens = timezone.now() - timedelta(days=1)
        activity.save(update_fields=["opens"])
    values = {"capacity": None, "needs_approval": False, "door_code": "23456"} | fields
    return EnrolmentRules.objects.update_or_create(activity=activity, defaults=values)[0]


def enrolment(activity: Activity, person: Person | None = None, **fields: Any) -> Enrolment:
    """Confirmed now, unless told otherwise."""
    values = {"state": Enrolment.State.CONFIRMED, "queued_at": timezone.now()} | fields
    return Enrolment.objects.create(activity=activity, person=person or somebody(), **values)


def member(
    programme: Programme, role: str = TeamMember.Role.COORDINATOR, person: Person | None = None, **fields: Any
) -> TeamMember:
    """Somebody in the team."""
    return TeamMember.objects.create(programme=programme, person=person or somebody(), role=role, **fields)


def promoter(programme: Programme, name: str = "", role: str = Partnership.Role.PROMOTER) -> Partnership:
    """An organisation that promotes it, unless told another role."""
    return Partnership.objects.create(programme=programme, organisation=organisation(name), role=role)


def seats(capacity: int | None = None, *, of: Programme | None = None, **rules: Any) -> Activity:
    """A public page in five days, open for enrolment until it begins, made through the actions."""
    made = activity(of or programme(), kind="page", opens=timezone.now() - timedelta(days=1))
    starts = timezone.now() + timedelta(days=5)
    actions.set_appointment(
        by=None, activity=made, details={"starts": starts, "ends": starts + timedelta(hours=2)}
    )
    actions.set_rules(
        by=None, activity=made, capacity=capacity, **({"needs_approval": False, "offer_hours": 48} | rules)
    )
    return made


def enrolled(activity: Activity, person: Person | None = None, **answers: Any) -> Enrolment:
    """Somebody who enrolled by themselves; the state is what the seats allow."""
    return actions.enrol(activity=activity, person=person or somebody(), **answers)
