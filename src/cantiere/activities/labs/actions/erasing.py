"""What was live is deleted: on its day, or earlier. What was gathered, the numbers and the minutes stay."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.harvest import harvest, held
from cantiere.activities.labs.actions.photos import forget_photos
from cantiere.activities.labs.models import Block, Harvested, Lab, Participant
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log, personal_data
from cantiere.foundation.live import actions as live
from cantiere.thread.contributions import actions as contributions
from cantiere.thread.contributions.models import ActorKind
from cantiere.thread.contributions.queries.shown import FEWEST


@transaction.atomic
def erase(*, lab: Lab, by: Person | None = None) -> bool:
    """Delete the log, the boards and who took part; whether there was anything.

    What nobody wrote down yet is written down first and held back, so that no word is lost and none published
    that nobody read.
    """
    row = held(lab)
    if row.erased_on is not None:
        return False
    if row.ended_on is None:
        raise ValidationError(_("The laboratory has not ended: end it from the desk first."))
    harvest(by=by, lab=row, held_why=_("Nobody read it before what was live was deleted."))
    empty(row)
    personal_data.note_forgotten(row)
    log.record(by=by, verb="labs.erase", target=row)
    lab.refresh_from_db()
    return True


@transaction.atomic
def forget_waiting(*, lab: Lab) -> bool:
    """Delete who waited in a laboratory that nobody began, and may begin another day; whether it was so."""
    row = held(lab)
    if row.started_on is not None:
        return False
    empty(row)
    personal_data.note_forgotten(row)
    log.record(by=None, verb="labs.forget_waiting", target=row)
    lab.refresh_from_db()
    return True


def empty(lab: Lab) -> None:
    """Leave of a laboratory only what does not say who took part."""
    rows = Participant.objects.come().filter(lab=lab)
    people = list(rows.values_list("receipt", "actor_kind", "place"))
    receipts = {receipt for receipt, _kind, _place in people if receipt is not None}
    contributions.write_anew(receipts=receipts)
    _blur(lab, [(kind, place, receipt) for receipt, kind, place in people])
    Participant.objects.filter(lab=lab).delete()
    Harvested.objects.filter(lab=lab).exclude(ref="").update(ref="")
    lab.verdicts.all().delete()
    for block in lab.blocks.filter(kind=Block.Kind.GROUPS):
        block.plan = block.plan | {"together": [], "apart": []}
        block.save(update_fields=["plan"])
    if lab.room is not None:
        forget_photos(room=lab.room.pk)
        live.remove(room=lab.room)
    erased_on = timezone.localdate() if lab.started_on is not None else None
    Lab.objects.filter(pk=lab.pk).update(room=None, erased_on=erased_on)


def _blur(lab: Lab, people: list[tuple[str, int | None, int | None]]) -> None:
    """Kind and place stay beside what was said only where enough people share both, or the kind alone."""
    pairs = Counter((kind, place) for kind, place, _receipt in people)
    alone = Counter(kind for kind, place, _receipt in people if pairs[kind, place] < FEWEST)
    said = Harvested.objects.filter(lab=lab, contribution__person=None).values_list(
        "contribution", "contribution__actor", "contribution__place"
    )
    few = [(number, kind, place) for number, kind, place in said if pairs[kind, place] < FEWEST]
    contributions.unstate(contributions=[number for number, *_cell in few], place=True, actor=False)
    rare = [number for number, kind, _place in few if alone[kind] < FEWEST and kind != ActorKind.UNSTATED]
    contributions.unstate(contributions=rare, place=False, actor=True)


personal_data.forgets(Lab, empty)
