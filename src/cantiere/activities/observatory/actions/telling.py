"""Those who look after a census are told what waits, in the rhythm each has chosen."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import override

from cantiere.foundation.notices import actions as notices
from cantiere.programmes.models import Activity, TeamMember

LOOK_AFTER = [TeamMember.Role.COORDINATOR, TeamMember.Role.EDITOR]


def tell_team(
    *, census: Activity, once: str, page: str, title: Callable[[], str], text: Callable[[], str]
) -> None:
    """Tell coordinators and editors of the programme, each in their own language; never urgent."""
    team = TeamMember.objects.filter(programme=census.programme, activity=None, role__in=LOOK_AFTER)
    for member in team.select_related("person"):
        with override(member.person.language):
            notices.tell_person(
                person=member.person,
                once=once,
                title=title(),
                text=text(),
                address=reverse(f"observatory:{page}", args=[census.slug]),
                urgent=False,
            )
