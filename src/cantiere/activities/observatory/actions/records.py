"""Records: written, completed, published."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cantiere.activities.observatory.actions.findable import show_record_in_search
from cantiere.activities.observatory.models import Extension, Record, RecordBody, ToolUse
from cantiere.activities.observatory.queries.desk import undecided
from cantiere.activities.observatory.queries.reach import Reach
from cantiere.engine.words import words
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, free_slug
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity

FIELDS = frozenset(
    field.name
    for field in Record._meta.get_fields()
    if getattr(field, "editable", False) and not field.auto_created and field.name != "census"
)
"""What may be written of a record by name; the rest follows from it."""


@dataclass(frozen=True)
class Parts:
    """The rows that hang on a record; ``None`` leaves what is there."""

    bodies: Sequence[RecordBody] | None = None
    extensions: Sequence[Extension] | None = None
    uses: Sequence[ToolUse] | None = None


@transaction.atomic
def add_record(
    *,
    by: Person | None,
    census: Activity,
    details: Mapping[str, Any],
    parts: Parts = Parts(),
    source: str = "",
) -> Record:
    """A record not yet published; ``source`` is one of :class:`Source`, by default written by a curator."""
    record = Record(census=census, curated_by=by)
    if source:
        record.source = source
    record.slug = free_slug(Record, str(details["title"]))
    _write(record, details, parts)
    log.record(by=by, verb="observatory.add_record", target=record)
    return record


@transaction.atomic
def edit_record(
    *, by: Person | None, record: Record, details: Mapping[str, Any], parts: Parts = Parts()
) -> list[str]:
    """Change what is named; the names of what changed."""
    record.curated_by = by or record.curated_by
    changed = _write(record, details, parts)
    log.record(by=by, verb="observatory.edit_record", target=record, changed=changed)
    return changed


@transaction.atomic
def publish_record(*, by: Person | None, record: Record) -> None:
    """Let everyone see it; while an answer to it is to be decided upon, only that decision does."""
    if undecided(record=record).exists():
        raise ValidationError(_("Somebody waits to hear about this record: decide in the queue of answers."))
    if record.published_at is None:
        record.published_at = timezone.now()
        record.save(update_fields=["published_at", "updated_at"])
        show_record_in_search(record)
        log.record(by=by, verb="observatory.publish_record", target=record)


@transaction.atomic
def take_back_record(*, by: Person, record: Record) -> None:
    """Hide it again; nothing is lost."""
    record.published_at = None
    record.save(update_fields=["published_at", "updated_at"])
    show_record_in_search(record)
    log.record(by=by, verb="observatory.take_back_record", target=record)


def _write(record: Record, details: Mapping[str, Any], parts: Parts) -> list[str]:
    changed = apply(record, details, allowed=FIELDS, judged=True)
    for name, rows in (("bodies", parts.bodies), ("extensions", parts.extensions), ("uses", parts.uses)):
        if rows is not None:
            _replace(record, name, rows)
            changed.append(name)
    if record.organisation_id is None and record.proponent:
        record.organisation = known_organisation(record.proponent)
    reach, territories = Reach(), list(record.territories.all())
    derive(record, territories, reach)
    record.save()
    record.reach.set(reach.of(place.pk for place in territories))
    if record.is_public:
        show_record_in_search(record)
    return changed


def _replace(record: Record, name: str, rows: Iterable[Any]) -> None:
    manager = getattr(record, name)
    manager.all().delete()
    for row in rows:
        row.pk, row.record = None, record
        row._state.adding = True  # noqa: SLF001 (a row given back is a new one)
    manager.bulk_create(rows)


def known_organisation(name: str) -> Organisation | None:
    """The one organisation of that name, if there is exactly one."""
    found = list(Organisation.objects.named(name)[:2])
    return found[0] if len(found) == 1 else None


def derive(record: Record, territories: Collection[Place], reach: Reach) -> None:
    """What is kept beside for lists: the year it counts for, its provinces, its words without accents."""
    started = record.started_on.year if record.started_on else None
    record.year = started or record.call_year or record.certification_year
    record.within = reach.wide(place.pk for place in territories)
    told = (
        record.title,
        record.proponent,
        record.specific_topic,
        record.subject,
        record.objectives,
        record.territory_note,
        *(place.name for place in territories),
    )
    # Each word once: whoever looks for words reads this of every record.
    record.folded = " ".join(dict.fromkeys(words(" ".join(filter(None, told)))))
