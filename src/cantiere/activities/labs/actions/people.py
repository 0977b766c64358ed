"""Forgetting somebody who took part."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from cantiere.activities.labs.models import Group, Participant
from cantiere.activities.labs.rights import author_of
from cantiere.foundation.live import actions as live
from cantiere.foundation.live.boards import actions as boards


@transaction.atomic
def forget_person(*, person: AbstractBaseUser) -> None:
    """Their name is gone from laboratories that are still live, and nothing there leads to them."""
    for row in Participant.objects.filter(person_id=person.pk).select_related("lab").order_by("pk"):
        if row.lab.room_id is not None:
            live.rewrite(room=row.lab.room_id, actor=row.actor, change=_without_name)
            live.cut(actor=row.actor)
            boards.erase(room=row.lab.room_id, author=author_of(row.lab.room_id, row.actor))
        row.delete()
    Group.objects.filter(facilitator_id=person.pk).update(facilitator=None)


def _without_name(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != "name"}
