"""All records of a census as those who curate it look at them: drafts first, to be published together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from cantiere.activities.observatory.models import CensusEntry, Record
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries.find import in_words
from cantiere.programmes.models import Activity

DRAFTS, PUBLIC = "bozze", "pubbliche"
_KINDS = {DRAFTS: Q(published_at=None), PUBLIC: Q(published_at__isnull=False)}


@dataclass(frozen=True)
class DeskRow:
    """One record: where it is written, or, while its answer is to be decided upon, where that is done."""

    record: Record
    entry: CensusEntry | None

    @property
    def may_be_published(self) -> bool:
        """Whether it is a draft of which nobody waits to hear."""
        return self.entry is None and not self.record.is_public


def records_of(census: Activity, *, kind: str = "", words: str = "") -> RecordQuerySet:
    """Drafts or public ones, or both, that say all the words; drafts first, of these the latest touched."""
    rows = Record.objects.of(census).filter(*in_words(words))
    if kind in _KINDS:
        rows = rows.filter(_KINDS[kind])
    return rows.order_by(F("published_at").desc(nulls_first=True), "-updated_at", "pk")


def undecided(**of: object) -> QuerySet[CensusEntry]:
    """The answers whose decision also decides about their record: it is taken there, and told."""
    return CensusEntry.objects.filter(record__isnull=False, **of).exclude(state=CensusEntry.State.PUBLISHED)


def publishable(records: RecordQuerySet) -> RecordQuerySet:
    """The drafts that may be published here: those of which nobody waits to hear."""
    pending = undecided()
    return records.filter(published_at=None).exclude(pk__in=pending.values("record"))


def desk_rows(records: Sequence[Record]) -> list[DeskRow]:
    """The rows of one page, in two queries with the records."""
    asked = undecided(record__in=[record.pk for record in records])
    entries: Mapping[Any, CensusEntry] = {entry.record_id: entry for entry in asked}
    return [DeskRow(record, entries.get(record.pk)) for record in records]


def counts(census: Activity, words: str = "") -> Mapping[str, int]:
    """How many there are of each kind, and of all under ``""``."""
    return {kind: records_of(census, kind=kind, words=words).order_by().count() for kind in ("", *_KINDS)}
