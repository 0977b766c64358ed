"""Preparing a laboratory."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from cantiere.activities.labs.models import Group, Lab
from cantiere.foundation.accounts.models import Person
from cantiere.programmes import actions as programmes
from cantiere.programmes.actions import Session
from cantiere.programmes.models import Activity

LABORATORY = "1.2.4"  # its code in the vocabulary of public events (OntoPiA)
OWN = {"joins", "asks_name", "asks_place", "asks_actor", "ask_reason", "keep_days"}
KEPT = {"mode", "event_type", "takes_enrolments", "directions", "languages", *OWN}


@transaction.atomic
def set_up(*, activity: Activity) -> Lab:
    """The own row of a new laboratory, and its rules of enrolment: room for everyone."""
    lab = Lab.objects.create(activity=activity, event_type=LABORATORY)
    programmes.set_rules(by=None, activity=activity, capacity=None, needs_approval=False, offer_hours=48)
    return lab


@transaction.atomic
def copy(*, source: Activity, target: Activity) -> Lab:
    """Settings, run sheet and groups yes; days, links, people and results no."""
    own = Lab.objects.get(pk=source.pk)
    made = Lab.objects.create(activity=target, **{name: getattr(own, name) for name in KEPT})
    for block in own.blocks.all():
        block.pk, block.lab, block._state.adding = None, made, True  # noqa: SLF001 (how Django copies a row)
        block.save(force_insert=True)
    for group in own.groups.all():
        Group.objects.create(lab=made, key=group.key, order=group.order, name=group.name, paper=group.paper)
    return made


def edit(
    *,
    by: Person | None,
    lab: Lab,
    row: Mapping[str, object],
    own: Mapping[str, object],
    rules: Mapping[str, object],
    sessions: Sequence[Session],
    why: str = "",
) -> None:
    """Change everything the team may but the run sheet and the groups; ``why`` stands where it moves."""
    programmes.edit_held(by=by, held=lab, row=row, own=own, rules=rules, sessions=sessions, why=why, more=OWN)
