"""What the room keeps of a person: while it is live, that they took part and what they answered."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from cantiere.activities.labs.actions import erasing  # noqa: F401 (says how a laboratory is forgotten again)
from cantiere.activities.labs.actions.people import forget_person
from cantiere.activities.labs.models import Group, Participant
from cantiere.activities.labs.queries.people import answers_of
from cantiere.foundation.core import personal_data


class Laboratories(personal_data.Port):
    """Names go at once, what was counted stays counted; the rest goes with what is live."""

    tables = (Participant, Group)

    def export(self, person: AbstractBaseUser) -> Mapping[str, object]:
        own = Participant.objects.filter(person_id=person.pk).select_related("lab__activity", "place")
        return {
            "laboratories": [_told(row) for row in own.order_by("joined_on", "pk")],
            "laboratory_groups": [
                {"laboratory": str(group.lab), "group": group.name}
                for group in Group.objects.filter(facilitator_id=person.pk).select_related("lab__activity")
            ],
        }

    def erase(self, person: AbstractBaseUser) -> None:
        forget_person(person=person)


def _told(row: Participant) -> dict[str, Any]:
    return {
        "laboratory": str(row.lab),
        "day": row.joined_on.isoformat(),
        "name": row.name,
        "place": str(row.place or ""),
        "actor": row.actor_kind,
        "online": row.online,
        "answers": answers_of(row),
    }


personal_data.register(Laboratories())
