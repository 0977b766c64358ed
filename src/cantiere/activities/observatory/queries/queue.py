"""What those who look after a census read: answers that wait, invitations, suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Model, Q, QuerySet, Value, When
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models import CensusEntry, CensusInvitation, Record, Suggestion
from cantiere.activities.observatory.queries.conversion import Alike, Converted, alike, convert, warnings
from cantiere.activities.observatory.queries.figures import PEOPLE, people
from cantiere.foundation.questionnaires import queries as questionnaires
from cantiere.foundation.ui.dates import full_day
from cantiere.programmes.models import Activity

RECORD_PARTS = {"bodies": _("Others in it"), "extensions": _("Extensions"), "uses": _("Methods and tools")}
HIDDEN = {"id", "census", "sheet", "organisation"}
"""What the record says besides, and an answer does not."""
State = CensusEntry.State
ORDER = (State.SUBMITTED, State.CHANGES_ASKED, State.STARTED, State.PUBLISHED, State.DECLINED)


def entries_of(census: Activity, state: str = "") -> QuerySet[CensusEntry]:
    """The answers of a census, what waits longest first."""
    rows = CensusEntry.objects.filter(census=census).select_related("record", "response", "invitation")
    if state in State.values:
        rows = rows.filter(state=state)
    place = Case(
        *(When(state=each, then=Value(at)) for at, each in enumerate(ORDER)), output_field=IntegerField()
    )
    return rows.order_by(place, F("submitted_at").asc(nulls_last=True), "pk")


def counts(census: Activity) -> Mapping[str, int]:
    """How many answers are in each state."""
    rows = CensusEntry.objects.filter(census=census).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


_INVITATIONS: Mapping[str, Q] = {
    CensusInvitation.State.TO_SEND: Q(
        invited_at=None, entry=None, refused_at__isnull=True, opened_at__isnull=True
    ),
    CensusInvitation.State.INVITED: Q(
        invited_at__isnull=False, entry=None, refused_at__isnull=True, opened_at__isnull=True
    ),
    CensusInvitation.State.OPENED: Q(opened_at__isnull=False, entry=None, refused_at__isnull=True),
    CensusInvitation.State.ANSWERING: Q(entry__isnull=False, entry__submitted_at__isnull=True),
    CensusInvitation.State.ANSWERED: Q(entry__submitted_at__isnull=False),
    CensusInvitation.State.REFUSED: Q(refused_at__isnull=False, entry=None),
}


def invitations_of(census: Activity, state: str = "") -> QuerySet[CensusInvitation]:
    """The invitations of a census, in one state or in all."""
    rows = CensusInvitation.objects.filter(census=census).select_related("entry")
    return rows.filter(_INVITATIONS[state]) if state in _INVITATIONS else rows


def title_of(entry: CensusEntry) -> str:
    """What an entry is about, as far as it says."""
    if entry.record is not None:
        return entry.record.title
    answers = entry.response.answers
    return str(answers.get("title") or answers.get("proponent") or "")


@dataclass(frozen=True)
class Review:
    """An entry as its curator looks at it."""

    entry: CensusEntry
    pages: Sequence[questionnaires.ShownPage]
    converted: Converted | None
    rows: Sequence[tuple[str, str]]
    warnings: Sequence[str]
    alike: Sequence[Alike]


def review(entry: CensusEntry) -> Review:
    """Everything beside everything: answers, record, what to look out for."""
    sent = entry.submitted_at is not None
    converted = convert(entry) if sent else None
    record = entry.record
    return Review(
        entry=entry,
        pages=questionnaires.shown(entry.response),
        converted=converted,
        rows=record_rows(record) if record else (),
        warnings=warnings(converted) if converted and entry.may_be_decided else (),
        alike=alike(entry, record.title) if record and entry.may_be_decided else (),
    )


def record_rows(record: Record) -> list[tuple[str, str]]:
    """The record as it would be: label and words of each field that says something."""
    rows = []
    for field in Record._meta.get_fields():
        if not getattr(field, "editable", False) or field.name in HIDDEN:
            continue
        words = words_of(record, field.name)
        if words:
            rows.append((str(field.verbose_name), words))  # type: ignore[union-attr]
    parts = (
        ("; ".join(str(body) for body in record.bodies.all()), RECORD_PARTS["bodies"]),
        ("; ".join(str(each) for each in record.extensions.all()), RECORD_PARTS["extensions"]),
        ("; ".join(use.tool.name for use in record.uses.select_related("tool")), RECORD_PARTS["uses"]),
    )
    return [*rows, *((str(label), words) for words, label in parts if words)]


def words_of(record: Record, name: str, value: object = ...) -> str:
    """One field of a record in words; of another value than it has, if one is given."""
    field = Record._meta.get_field(name)
    held = getattr(record, name) if value is ... else value
    if field.many_to_many:
        return ", ".join(map(str, held.all())) if hasattr(held, "all") else ""
    choices = dict(getattr(field, "flatchoices", None) or ())
    if isinstance(held, list):
        return ", ".join(str(choices.get(each, each)) for each in held)
    if held in (None, "", False) or held == "unstated":
        return ""
    if isinstance(held, Model):
        return str(held)
    if isinstance(held, date):
        return full_day(held)
    return str(choices.get(held, held)) if choices else str(localize(held))


def suggestions_of(census: Activity) -> QuerySet[Suggestion]:
    """The suggestions that were confirmed, those to be looked at first."""
    rows = Suggestion.objects.filter(record__census=census).exclude(state=Suggestion.State.UNCONFIRMED)
    place = Case(
        When(state=Suggestion.State.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.select_related("record").order_by(place, "-made_at")


@dataclass(frozen=True)
class Difference:
    """One proposed field: as it is, as it should be."""

    name: str
    label: str
    old: str
    new: str


def differences(suggestion: Suggestion, *, for_all: bool = False) -> list[Difference]:
    """Field by field, against the record as it is now; ``for_all`` as everyone may see it."""
    record = suggestion.record
    return [
        Difference(
            name,
            str(Record._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            people(getattr(record, name)) if for_all and name in PEOPLE else words_of(record, name),
            words_of(record, name, value),
        )
        for name, value in suggestion.changes.items()
    ]
