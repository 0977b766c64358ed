"""Sixty programmes, a thousand activities, ten thousand participations, all made up."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place
from cantiere.programmes.kinds import kind_of
from cantiere.programmes.models import (
    Activity,
    Appointment,
    Change,
    Enrolment,
    Goal,
    Participation,
    Partnership,
    Phase,
    Programme,
    TeamMember,
)  # fmt: skip

PROGRAMMES, ACTIVITIES, PARTICIPATIONS, PEOPLE = 60, 1000, 10_000, 400


@transaction.atomic
def fill() -> None:
    """The same world at every run."""
    dice = random.Random(2030)
    now, today = timezone.now(), timezone.localdate()
    people = Person.objects.bulk_create(
        Person(email=f"p{n}@example.org", name=f"P{n}") for n in range(PEOPLE)
    )
    region = Place.objects.create(kind="region", code="99", name="Prova", slug="prova", folded="prova")
    places = Place.objects.bulk_create(
        Place(
            kind="municipality",
            code=f"99{n:04}",
            name=f"Comune {n}",
            slug=f"comune-{n}",
            folded=f"comune {n}",
        )
        for n in range(40)
    )
    bodies = Organisation.objects.bulk_create(
        Organisation(name=f"Ente {n}", slug=f"ente-{n}", folded=f"ente {n}") for n in range(30)
    )
    for number in range(PROGRAMMES):
        programme = Programme.objects.create(
            slug=f"programma-{number}", title=f"Programma {number}", summary="Che cosa vogliamo fare insieme.",
            approach="Ascolto e progetto comune. " * 12, published_at=now, starts_on=today - timedelta(days=100),
        )  # fmt: skip
        programme.places.set([region, *dice.sample(places, 2)])
        TeamMember.objects.create(programme=programme, person=people[0], role=TeamMember.Role.COORDINATOR)
        Partnership.objects.bulk_create(
            Partnership(programme=programme, organisation=body, role=role)
            for body, role in zip(
                dice.sample(bodies, 4), ("promoter", "promoter", "partner", "facilitator"), strict=True
            )
        )
        goals = [Goal.objects.create(programme=programme, title=f"Obiettivo {n}", order=n) for n in range(4)]
        phases = [
            Phase.objects.create(
                programme=programme, title=f"Fase {n}", order=n,
                starts_on=today + timedelta(days=100 * (n - 1)), ends_on=today + timedelta(days=100 * n - 1),
            )
            for n in range(4)
        ]  # fmt: skip
        Change.objects.create(
            programme=programme, kind="paused", on=today - timedelta(days=40), reason="Pausa"
        )
        Change.objects.create(
            programme=programme, kind="resumed", on=today - timedelta(days=20), reason="Ripresa"
        )
        for n in range(ACTIVITIES // PROGRAMMES + (number < ACTIVITIES % PROGRAMMES)):
            _activity(dice, programme, phases[n % 4], goals[n % 4], places, number * 100 + n)
    rows = list(Activity.objects.values_list("pk", flat=True))
    seen = set()
    while len(seen) < PARTICIPATIONS:
        seen.add((dice.choice(rows), dice.choice(people).pk, dice.randrange(60)))
    Participation.objects.bulk_create(
        (Participation(activity_id=a, person_id=p, day=today - timedelta(days=d)) for a, p, d in seen),
        batch_size=500,
    )


def _activity(dice, programme, phase, goal, places, number) -> None:
    now, today = timezone.now(), timezone.localdate()
    kind, day = ("meeting", "page")[number % 2], dice.randrange(-90, 90)
    starts = now + timedelta(days=day)
    activity = Activity.objects.create(
        programme=programme, phase=phase, kind_key=kind, slug=f"attivita-{number}", title=f"Attività {number}",
        summary="Una frase che dice a che cosa serve.", place=dice.choice(places), published_at=now,
        opens=starts - timedelta(days=30) if kind == "meeting" else None, closes=starts if kind == "meeting" else None,
        starts_on=today + timedelta(days=day), ends_on=today + timedelta(days=day),
    )  # fmt: skip
    activity.goals.add(goal)
    kind_of(kind).setup(activity)
    if kind == "meeting":
        Appointment.objects.create(activity=activity, starts=starts, ends=starts + timedelta(hours=2))
        people = Person.objects.order_by("pk")[1 : 1 + dice.randrange(20)]
        Enrolment.objects.bulk_create(
            Enrolment(activity=activity, person=person, state="confirmed", queued_at=now) for person in people
        )
