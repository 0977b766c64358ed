"""What programmes keep of a person."""

from collections.abc import Mapping

from django.db.models import F

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import personal_data
from cantiere.programmes.actions import forget_enrolments
from cantiere.programmes.models import Enrolment, Participation, TeamMember


class Programmes(personal_data.Port):
    """Roles, enrolments and participation; the day's totals survive without the name."""

    tables = (TeamMember, Enrolment, Participation)

    def export(self, person: Person) -> Mapping[str, object]:
        enrolments = Enrolment.objects.filter(person=person)
        return {
            "roles": list(TeamMember.objects.filter(person=person).values("programme__title", "role")),
            "enrolments": list(
                enrolments.values("activity__title", "state", "queued_at", "online", "note", "reason", "attended_on")
            ),
            "participation": list(
                Participation.objects.filter(person=person).values("activity__title", "day", "times")
            ),
        }

    def erase(self, person: Person) -> None:
        for row in Participation.objects.filter(person=person):
            total, new = Participation.objects.get_or_create(
                activity=row.activity, person=None, day=row.day, defaults={"times": row.times}
            )
            if not new:
                Participation.objects.filter(pk=total.pk).update(times=F("times") + row.times)
            row.delete()
        forget_enrolments(person=person)  # whoever waits is offered the seat
        TeamMember.objects.filter(person=person).delete()


personal_data.register(Programmes())
