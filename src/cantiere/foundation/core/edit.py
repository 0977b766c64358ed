"""Changing a row: only the fields an action names, saying what changed."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from django.db.models import ManyToManyField, Model
from django.utils.text import slugify

Row = TypeVar("Row", bound=Model)


def apply(
    row: Model, details: Mapping[str, object], *, allowed: Collection[str], judged: bool = False
) -> list[str]:
    """Set and save the allowed fields that differ, many-to-many ones too; the names of those that did.

    ``judged`` refuses in words what the database would refuse without: values and constraints of the model.
    """
    changed, many = [], {}
    for name, value in details.items():
        if name not in allowed:
            continue
        field = row._meta.get_field(name)
        if isinstance(field, ManyToManyField):
            many[name] = value
        elif _kept(row, field) != (value.pk if isinstance(value, Model) else value):
            setattr(row, name, value)
            changed.append(name)
    if judged and changed:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(changed))
        row.validate_constraints()
    if changed or row.pk is None:
        row.save()
    for name, value in many.items():
        relation = getattr(row, name)
        if set(relation.all()) != set(value):  # type: ignore[call-overload]
            relation.set(value)
            changed.append(name)
    return changed


def _kept(row: Model, field: object) -> object:
    """What the row holds: of a relation only the key, so that nothing is read."""
    return getattr(row, field.attname)  # type: ignore[attr-defined]


def free_slug(model: type[Model], words: str, *, longest: int = 80) -> str:
    """An address made of ``words`` that no row of ``model`` has yet."""
    stem = slugify(words)[: longest - 6].strip("-") or "senza-titolo"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def reorder(rows: list[Row], row: Row, step: int) -> None:
    """Move one of the ordered rows a place up (-1) or down (+1), and number all of them."""
    place = rows.index(row)
    other = place + step
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for number, each in enumerate(rows):
        if getattr(each, "order", None) != number:
            each.order = number  # type: ignore[attr-defined]
            each.save(update_fields=["order"])
