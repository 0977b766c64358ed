"""Taking part: a device joins, under a name that says nothing of its holder."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cantiere.activities.labs.actions.chair import Chair
from cantiere.activities.labs.actions.seating import seat_latecomers
from cantiere.activities.labs.live import KIND
from cantiere.activities.labs.models import Lab, Participant
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.live import actions as live
from cantiere.foundation.live.models import LiveRoom
from cantiere.foundation.live.submit import submit
from cantiere.programmes import actions as programmes
from cantiere.thread.contributions import actions as contributions


def room_of(*, lab: Lab) -> LiveRoom:
    """The live room of a laboratory, made when somebody first needs it: who came early waits in it."""
    if lab.room is None:  # else nothing is written: every page of a phone comes by here
        with transaction.atomic():
            lab.room = live.make(kind=KIND, key=str(lab.pk))
            Lab.objects.filter(pk=lab.pk).update(room=lab.room)
    return lab.room


@transaction.atomic
def join(*, lab: Lab, person: Person | None, code: str, details: dict[str, Any]) -> Participant:
    """Somebody takes part: their row, their receipt, the ledger of the day.

    Sent twice it is one participant, known by the ``code`` of the receipt; who has an account is the same one
    on every device, and who was expected keeps the place they were given. No line in the audit log: it would
    say when somebody was here.
    """
    room_of(lab=lab)
    receipt = contributions.open_receipt(code=code)
    who = {"person": person} if person is not None else {"receipt": receipt}
    given = {"receipt": receipt, "joined_on": timezone.localdate(), **details}
    participant, new = Participant.objects.get_or_create(lab=lab, **who, defaults=given)
    if not new and Participant.objects.filter(pk=participant.pk, receipt=None).update(**given):
        participant.refresh_from_db()
        new = True
    if new:
        programmes.take_part(activity=lab.activity, person=person)
    return participant


def enter(*, lab: Lab, participant: Participant, key: str) -> None:
    """Tell the live room that somebody is there; outside of transactions, as everything that is live.

    Who comes while people work in groups is given a place among them at once.
    """
    room = room_of(lab=lab).pk
    submit(room=room, actor=participant.actor, kind="enter", body={"online": participant.online}, key=key)
    seat_latecomers(chair=Chair(lab, room, None, ""))
