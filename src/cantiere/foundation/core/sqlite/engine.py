"""Puts the bundled SQLite in place of the system's.

Versions 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections reset the log at
once (sqlite.org, "WAL-reset bug"); distributions still ship them.
"""

import sys

SAFE_VERSION = (3, 51, 3)


def use_bundled_sqlite() -> None:
    """Make ``import sqlite3`` give the newer library, where a build of it is installed."""
    try:
        import pysqlite3
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def empty_log() -> None:
    """Write the log into the database and cut it off, so that what was deleted is not left lying in it."""
    from django.db import connection

    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
