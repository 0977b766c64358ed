"""What programmes keep of a person."""

from collections.abc import Mapping
from typing import cast

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import personal_data
from cantiere.programmes.actions import forget_enrolments
from cantiere.programmes.models import Enrolment, Participation, TeamMember


class Programmes(personal_data.Port):
    """Roles, enrolments and participation; the day's totals survive without the name."""

    tables = (TeamMember, Enrolment, Participation)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        enrolments = Enrolment.objects.filter(person=person.pk)
        return {
            "roles": list(TeamMember.objects.filter(person=person.pk).values("programme__title", "role")),
            "enrolments": list(
                enrolments.values(
                    "activity__title", "state", "queued_at", "online", "note", "reason", "attended_on"
                )
            ),
            "participation": list(
                Participation.objects.filter(person=person.pk).values("activity__title", "day", "times")
            ),
        }

    def erase(self, person: AbstractBaseUser) -> None:
        for row in Participation.objects.filter(person=person.pk):
            total, new = Participation.objects.get_or_create(
                activity=row.activity, person=None, day=row.day, defaults={"times": row.times}
            )
            if not new:
                Participation.objects.filter(pk=total.pk).update(times=F("times") + row.times)
            row.delete()
        forget_enrolments(person=cast("Person", person))  # whoever waits is offered the seat
        TeamMember.objects.filter(person=person.pk).delete()


personal_data.register(Programmes())
