"""Many records at one stroke: gathered in memory first, so that the transaction is short."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max, Model
from django.utils import timezone
from django.utils.text import slugify

from cantiere.activities.observatory.actions.records import derive
from cantiere.activities.observatory.models import (
    Extension,
    Record,
    RecordBody,
    RecordImport,
    Source,
    ToolUse,
)
from cantiere.activities.observatory.queries.reach import Reach
from cantiere.activities.observatory.sheet import new_record
from cantiere.activities.observatory.sheet.values import is_own
from cantiere.engine.words import words
from cantiere.foundation.core.bulk import Changes, Rows
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place

_Territories = Record.territories.through
_Reach = Record.reach.through
_HANGING: tuple[type[Model], ...] = (RecordBody, ToolUse, Extension, _Territories, _Reach)
_BATCH = 500


class Plan:
    """What an import will write."""

    def __init__(self, brought: RecordImport, *, publish: bool) -> None:
        self._brought = brought
        self.began = timezone.now()
        self._published_at = self.began if publish else None
        self._reach = Reach()
        self._slugs = set(Record.objects.values_list("slug", flat=True))
        self._organisations = _organisations()
        self._new, self._changed = Rows(Record), Changes(Record)
        self._keys: dict[str, int] = {}  # of the records that are here, by slug
        # What hangs on the records, and what comes off those that changed, by column.
        self._rows = {model: Rows(model, late="record") for model in _HANGING}
        self._off: dict[str, list[int]] = defaultdict(list)
        self._left = 0

    @property
    def rows(self) -> int:
        """How many rows were planned."""
        return len(self._new) + len(self._changed) + self._left

    @property
    def counts(self) -> dict[str, int]:
        """How many records it makes, changes and leaves."""
        return {"new": len(self._new), "changed": len(self._changed), "same": self._left}

    def leave(self) -> None:
        """A row that changes nothing."""
        self._left += 1

    def add(self, values: Mapping[str, Any]) -> None:
        """A row that is a new record."""
        record = new_record(
            values,
            census=self._brought.census,
            source=Source.IMPORTED,
            curated_by=self._brought.by,
            published_at=self._published_at,
            slug=self._slug(values["title"]),
        )
        self._complete(record, values.get("territories", []))
        self._new.add(record)
        self._hang(record, _parts(values))

    def change(self, record: Record, values: Mapping[str, Any], changed: Sequence[str]) -> None:
        """A row that says something else than its record."""
        for name in filter(is_own, changed):
            setattr(record, name, values[name])
        record.curated_by = self._brought.by or record.curated_by
        self._complete(record, values.get("territories", record.territories.all()))
        self._changed.add(record)
        self._keys[record.slug] = record.pk
        parts = _parts({name: values[name] for name in changed})
        for name in parts:
            self._off[name].append(record.pk)
        self._hang(record, parts)

    def write(self) -> None:
        """Inside one transaction: the records, then what hangs on them."""
        last = Record.objects.aggregate(last=Max("pk"))["last"] or 0
        self._new.write()
        self._changed.write()
        made = dict(Record.objects.filter(pk__gt=last).values_list("slug", "pk"))
        for name, records in self._off.items():
            for start in range(0, len(records), _BATCH):
                _take_off(name, records[start : start + _BATCH])
        for rows in self._rows.values():
            rows.write(self._keys | made)

    def _hang(self, record: Record, values: Mapping[str, Any]) -> None:
        """The rows that belong to a record, made before it has a key: its slug stands for it."""
        for name, value in values.items():
            whole, _dot, part = name.partition(".")
            for each in value:
                row: Model
                if whole == "bodies":
                    organisation = self._organisations.get(_folded(each))
                    row = RecordBody(role=part, name=each, organisation_id=organisation)
                elif whole == "uses":
                    row = ToolUse(tool=each.tool, since=part, instead_of=each.instead_of)
                elif whole == "extensions":
                    row = Extension(**each.fields())
                else:
                    row = _Territories(place_id=each.pk)
                self._rows[type(row)].add(row, record.slug)
        if "territories" in values:
            for pk in self._reach.of(place.pk for place in values["territories"]):
                self._rows[_Reach].add(_Reach(place_id=pk), record.slug)

    def _complete(self, record: Record, territories: Sequence[Place]) -> None:
        derive(record, territories, self._reach)
        if record.organisation_id is None and record.proponent:
            record.organisation_id = self._organisations.get(_folded(record.proponent))

    def _slug(self, title: str) -> str:
        stem = slugify(title)[:74].strip("-") or "senza-titolo"
        slug, number = stem, 2
        while slug in self._slugs:
            slug, number = f"{stem[:70]}-{number}", number + 1
        self._slugs.add(slug)
        return slug


def _parts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "slug" and not is_own(name)}


def _take_off(name: str, records: list[int]) -> None:
    """What a changed column put on these records."""
    whole, _dot, part = name.partition(".")
    if whole == "bodies":
        RecordBody.objects.filter(record__in=records, role=part).delete()
    elif whole == "uses":
        ToolUse.objects.filter(record__in=records, since=part).delete()
    elif whole == "extensions":
        Extension.objects.filter(record__in=records).delete()
    elif whole == "territories":
        _Territories.objects.filter(record__in=records).delete()
        _Reach.objects.filter(record__in=records).delete()


def _folded(name: str) -> str:
    return " ".join(words(name))


def _organisations() -> dict[str, int]:
    """Organisations by name and short name; a name that two have is nobody's."""
    owners: dict[str, set[int]] = defaultdict(set)
    for pk, *names in Organisation.objects.values_list("pk", "folded", "folded_short"):
        for name in filter(None, names):
            owners[name].add(pk)
    return {name: pks.pop() for name, pks in owners.items() if len(pks) == 1}
