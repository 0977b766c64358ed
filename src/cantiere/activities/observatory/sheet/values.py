"""Rows of a sheet become values of a record, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cantiere.activities.observatory.models import Record
from cantiere.activities.observatory.sheet.columns import BY_NAME
from cantiere.activities.observatory.sheet.parts import Stretch, Use
from cantiere.foundation.core.sheets import cells
from cantiere.foundation.core.sheets.parse import plain

Problems = list[tuple[int, str]]
"""The column (from 0) and what is wrong with its cell."""


def read_row(
    row: Sequence[str], mapping: Sequence[str], converters: Mapping[str, cells.Converter]
) -> tuple[dict[str, Any], Problems]:
    """What a row says, by column; empty cells say nothing. ``mapping`` gives each cell its column or none."""
    values: dict[str, Any] = {}
    problems: Problems = []
    for at, (cell, name) in enumerate(zip(row, mapping, strict=False)):
        if not name or not cell.strip():
            continue
        converter = converters[name]
        try:
            value = converter.read(cell)
        except ValidationError as refused:
            problems.append((at, cells.words_of(refused)))
            continue
        if value not in (converter.empty, []):
            values[name] = value
    problems += _together(values, mapping)
    return values, problems


def _together(values: Mapping[str, Any], mapping: Sequence[str]) -> Problems:
    """What no cell can see alone."""
    problems: Problems = []
    if "title" not in values:
        at = mapping.index("title") if "title" in mapping else 0
        problems.append((at, _("The title is missing: without it there is no record.")))
    start, end = values.get("started_on"), values.get("ended_on")
    if start and end and end < start:
        problems.append(
            (mapping.index("ended_on"), _("The end comes before the start: check the two dates."))
        )
    planned = {use.tool.pk for use in values.get("uses.planned", ())}
    for use in values.get("uses.introduced", ()):
        if use.tool.pk in planned:
            words = _("“%(name)s” cannot be both planned and introduced later.") % {"name": use.tool.name}
            problems.append((mapping.index("uses.introduced"), words))
    return problems


def converters() -> dict[str, cells.Converter]:
    """One of each, for one file: places and tools are looked up once."""
    return {name: column.converter() for name, column in BY_NAME.items()}


def values_of(record: Record) -> dict[str, Any]:
    """What a record says, by column; see ``queries.exports.whole`` for what should be read before."""
    return {name: _value(record, name) for name in BY_NAME}


def _value(record: Record, name: str) -> Any:
    whole, _dot, part = name.partition(".")
    if whole == "bodies":
        return [body.name for body in record.bodies.all() if body.role == part]
    if whole == "uses":
        return [Use(use.tool, use.instead_of) for use in record.uses.all() if use.since == part]
    if name == "territories":
        return list(record.territories.all())
    if name == "extensions":
        return [
            Stretch(each.kind, each.days, each.requested_on, each.granted_on, each.act, each.reason)
            for each in record.extensions.all()
        ]
    return getattr(record, name)


def differing(record: Record, values: Mapping[str, Any]) -> list[str]:
    """The columns in which a row says something else than the record."""
    said = ((name, value) for name, value in values.items() if name != "slug")
    return [name for name, value in said if _plain(_value(record, name)) != _plain(value)]


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value).strip()
    if isinstance(value, list) and value and not isinstance(value[0], str | Stretch):
        return {each.pk if hasattr(each, "pk") else each for each in value}
    return value


def new_record(values: Mapping[str, Any], **rest: Any) -> Record:
    """A record not yet saved, with what stands in its own row."""
    return Record(**{name: value for name, value in values.items() if is_own(name)}, **rest)


def is_own(name: str) -> bool:
    """Whether a column is written in the row of the record itself."""
    return "." not in name and name not in {"slug", "territories", "extensions"}
