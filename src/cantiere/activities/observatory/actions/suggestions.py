"""«Do you know this process? Complete it»: from anyone, through a curator."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions import letters
from cantiere.activities.observatory.actions.records import edit_record
from cantiere.activities.observatory.actions.telling import tell_team
from cantiere.activities.observatory.models import Record, Suggestion
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log

State = Suggestion.State
MOST_A_DAY = 10
"""Unconfirmed suggestions that one address may be written about in a day."""


@transaction.atomic
def suggest(
    *, record: Record, email: str, changes: Mapping[str, object], note: str = "", relation: str = "",
    by: Person | None = None,
) -> Suggestion:  # fmt: skip
    """Keep a suggestion; a letter asks whether the address is theirs, unless they signed in with it."""
    today = Suggestion.objects.filter(
        email=email, state=State.UNCONFIRMED, made_at__date=timezone.localdate()
    )
    if today.count() >= MOST_A_DAY:
        raise ValidationError(
            {"email": _("We wrote to this address often today: confirm one of those suggestions first.")}
        )
    made = Suggestion.objects.create(
        record=record,
        email=email,
        changes=dict(changes),
        note=note,
        relation=relation,
        language=get_language() or "",
    )
    log.record(by=by, verb="observatory.suggest", target=made)
    if by is not None and by.email == email:
        confirm(suggestion=made)
    else:
        letters.confirm_suggestion(made)
    return made


@transaction.atomic
def confirm(*, suggestion: Suggestion) -> None:
    """The address is theirs: curators are told; twice is once."""
    mine = Suggestion.objects.filter(pk=suggestion.pk, state=State.UNCONFIRMED)
    if not mine.update(state=State.WAITING):
        return
    suggestion.state = State.WAITING
    record = suggestion.record
    log.record(by=None, verb="observatory.confirm_suggestion", target=suggestion)
    tell_team(
        census=record.census,
        once=f"suggestion:{suggestion.pk}",
        page="census_suggestions",
        title=lambda: _("A suggestion to look at: {title}").format(title=record.title),
        text=lambda: suggestion.note[:200],
    )


@transaction.atomic
def decide(*, by: Person, suggestion: Suggestion, take: Collection[str], answer: str = "") -> None:
    """Take up some of the proposed fields, all or none; the person is told what came of it."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("record__census__programme")
    row = rows.get(pk=suggestion.pk)
    if row.state != State.WAITING:
        raise ValidationError(_("Meanwhile somebody else has decided about this suggestion."))
    taken = [name for name in row.changes if name in take]
    left = [name for name in row.changes if name not in take]
    if taken:
        _take_up(by, row.record, {name: row.changes[name] for name in taken})
    row.state = State.TAKEN if taken else State.DECLINED
    if not row.changes and answer:
        row.state = State.TAKEN  # only a note: answering it is all there is to do
    row.taken, row.answer, row.decided_by, row.decided_at = taken, answer, by, timezone.now()
    row.save()
    log.record(by=by, verb="observatory.decide_suggestion", target=row, taken=taken)
    letters.suggestion_decided(row, _labels(taken), _labels(left))


def _take_up(by: Person, record: Record, details: Mapping[str, object]) -> None:
    """What the record cannot hold is refused by the name that stands on the page."""
    try:
        edit_record(by=by, record=record, details=details)
    except ValidationError as refused:
        told = [": ".join([*_labels([name]), *found]) for name, found in refused.message_dict.items()]
        raise ValidationError({"take": told}) from refused


def _labels(names: Collection[str]) -> list[str]:
    return [str(Record._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
