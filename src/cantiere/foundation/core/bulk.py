"""Many rows in a short transaction: all that Python does for them is done before it begins.

Django's ``bulk_create`` compiles every row while the transaction is open; on SQLite everyone who writes
waits as long. Here rows become parameters when they are added, and writing is one ``executemany``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model


class Rows:
    """Rows of one table on their way; they get no key back, and nothing is told of them.

    ``late`` names the column of a foreign key that is known only when they are written.
    """

    def __init__(self, model: type[Model], *, late: str = "") -> None:
        self._table = model._meta.db_table
        self._fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._late = next((at for at, field in enumerate(self._fields) if field.name == late), -1)
        self._params: list[Sequence[Any]] = []
        self._of: list[str] = []

    def __len__(self) -> int:
        return len(self._params)

    def add(self, row: Model, of: str = "") -> None:
        """Make a row ready; ``of`` stands for the late key."""
        self._params.append(_prepared(row, self._fields, add=True))
        if self._late >= 0:
            self._of.append(of)

    def write(self, keys: Mapping[str, int] | None = None) -> None:
        """Insert all, inside the caller's transaction; ``keys`` gives each late key."""
        names = ", ".join(_quoted(field) for field in self._fields)
        places = ", ".join(["%s"] * len(self._fields))
        sql = f"INSERT INTO {connection.ops.quote_name(self._table)} ({names}) VALUES ({places})"  # noqa: S608 (names of the model)
        if self._params:
            with connection.cursor() as cursor:
                cursor.executemany(sql, list(self._bound(keys or {})))

    def _bound(self, keys: Mapping[str, int]) -> Iterator[Sequence[Any]]:
        if self._late < 0:
            yield from self._params
            return
        for params, of in zip(self._params, self._of, strict=True):
            yield (*params[: self._late], keys[of], *params[self._late + 1 :])


class Changes:
    """Rows of one table that exist and get other values, by their key."""

    def __init__(self, model: type[Model]) -> None:
        self._table = model._meta.db_table
        self._key = model._meta.pk
        self._fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._params: list[Sequence[Any]] = []

    def __len__(self) -> int:
        return len(self._params)

    def add(self, row: Model) -> None:
        """Make a row ready with all its values."""
        self._params.append((*_prepared(row, self._fields, add=False), row.pk))

    def write(self) -> None:
        """Update all, inside the caller's transaction."""
        values = ", ".join(f"{_quoted(field)} = %s" for field in self._fields)
        table = connection.ops.quote_name(self._table)
        sql = f"UPDATE {table} SET {values} WHERE {_quoted(self._key)} = %s"  # noqa: S608 (names of the model)
        if self._params:
            with connection.cursor() as cursor:
                cursor.executemany(sql, self._params)


def _prepared(row: Model, fields: Sequence[Any], *, add: bool) -> Sequence[Any]:
    """What the database is handed for each field."""
    return tuple(field.get_db_prep_save(field.pre_save(row, add), connection) for field in fields)


def _quoted(field: "Field[Any, Any] | None") -> str:
    assert field is not None
    return connection.ops.quote_name(str(field.column))
