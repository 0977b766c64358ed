"""How many had a seat and came."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from cantiere.programmes.models import Activity, Enrolment


@dataclass(frozen=True)
class Turnout:
    """People with a confirmed seat, those of them who came, and those of these who connected online.

    ``unnamed`` were there and gave no name.
    """

    confirmed: int
    attended: int
    online: int
    unnamed: int = 0

    def present(self, counted: int | None) -> int:
        """Everyone who took part: those counted on paper in the room stand for those checked in there."""
        in_room = self.attended - self.online + self.unnamed
        return self.online + (max(counted, in_room) if counted is not None else in_room)


def turnout(activity: Activity) -> Turnout:
    """The figures of an activity, in two queries."""
    came = Q(attended_on__isnull=False)
    figures = activity.enrolments.aggregate(
        confirmed=Count("pk", filter=Q(state=Enrolment.State.CONFIRMED)),
        attended=Count("pk", filter=came),
        online=Count("pk", filter=came & Q(online=True)),
    )
    unnamed = activity.participations.filter(person=None).aggregate(total=Sum("times"))["total"] or 0
    return Turnout(**figures, unnamed=unnamed)
