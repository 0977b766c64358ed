"""A database at one moment as a file, and back: SQLite by ``VACUUM INTO``, PostgreSQL by ``pg_dump``."""

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper


class DatabaseError(Exception):
    """A copy that cannot be made or is not whole; the message says why."""


def dump(folder: Path) -> tuple[Path, dict[str, int]]:
    """The database as a file in ``folder``, and how many rows each table has in it."""
    return (_dump_sqlite if connection.vendor == "sqlite" else _dump_postgres)(folder)


def _dump_sqlite(folder: Path) -> tuple[Path, dict[str, int]]:
    file = folder / "database.sqlite3"
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True, timeout=60)
    try:
        source.execute("VACUUM INTO ?", (str(file),))
    finally:
        source.close()
    return file, count_sqlite(file)


def count_sqlite(file: Path) -> dict[str, int]:
    """Rows of each table of a file; :class:`DatabaseError` unless it is whole."""
    copy = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        whole = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if whole != ["ok"]:
            raise DatabaseError(f"the copy is not whole: {whole[0]}")
        if dangling := copy.execute("PRAGMA foreign_key_check").fetchone():
            raise DatabaseError(f"a row of {dangling[0]} points to a row of {dangling[2]} that is not there")
        there = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            name: int(copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 (our tables)
            for name in sorted(there)
            if not name.startswith("sqlite_")
        }
    except sqlite3.DatabaseError as broken:
        raise DatabaseError(f"the copy cannot be read: {broken}") from broken
    finally:
        copy.close()


# PostgreSQL ------------------------------------------------------------------------------------


def _command(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise DatabaseError(f"{program} is not installed (Debian: postgresql-client)")
    options = connection.settings_dict
    environment = {
        **os.environ,
        "PGHOST": str(options["HOST"] or ""),
        "PGPORT": str(options["PORT"] or ""),
        "PGUSER": str(options["USER"] or ""),
        "PGPASSWORD": str(options["PASSWORD"] or ""),
    }
    environment = {name: value for name, value in environment.items() if value or not name.startswith("PG")}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DatabaseError(f"{program}: {done.stderr.strip()[-500:]}")


def _count_postgres(cursor: CursorWrapper) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    counts = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 (our own tables)
        counts[name] = int(cursor.fetchone()[0])
    return counts


def _dump_postgres(folder: Path) -> tuple[Path, dict[str, int]]:
    """Counts and dump see the same moment: the dump joins the snapshot of the counting transaction."""
    file = folder / "database.dump"
    fresh = connection.copy()
    try:
        with fresh.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            counts = _count_postgres(cursor)
            name = str(connection.settings_dict["NAME"])
            _command("pg_dump", "-Fc", "--no-owner", f"--snapshot={snapshot}", f"--file={file}", name)
            cursor.execute("COMMIT")
    finally:
        fresh.close()
    return file, counts


@contextmanager
def _scratch_database() -> Iterator[str]:
    name = f"cantiere_verify_{secrets.token_hex(6)}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def count_postgres_dump(file: Path) -> dict[str, int]:
    """Rows of each table of a dump, by restoring it into a database made for that and dropped after."""
    with _scratch_database() as name:
        _command("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(file))
        scratch = connection.copy()
        scratch.settings_dict = {**connection.settings_dict, "NAME": name}
        try:
            with scratch.cursor() as cursor:
                return _count_postgres(cursor)
        finally:
            scratch.close()


def restore_postgres(file: Path) -> None:
    """Put a dump in place of what the database holds, all or nothing."""
    connection.close()
    _command(
        "pg_restore",
        "--no-owner",
        "--clean",
        "--if-exists",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={connection.settings_dict['NAME']}",
        str(file),
    )


def count(file: Path) -> dict[str, int]:
    """Rows of each table of a copy of either kind."""
    return count_sqlite(file) if file.suffix == ".sqlite3" else count_postgres_dump(file)
