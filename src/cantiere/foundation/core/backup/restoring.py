"""Putting an archive in place, and repeating the erasures that it does not know."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cantiere.foundation.core import personal_data
from cantiere.foundation.core.backup import databases
from cantiere.foundation.core.backup.archive import JOURNAL, MEDIA, ArchiveError, Manifest

SQLITE = "cantiere.sqlite3"
REPLAY = "--replay-only"


def check_fits(manifest: Manifest, into: Path, *, replace: bool) -> None:
    """Refuse what could not work or would destroy something."""
    if manifest.engine != connection.vendor:
        raise ArchiveError(f"it holds {manifest.engine}, and the settings say {connection.vendor}")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := set(manifest.migrations) - known:
        raise ArchiveError(f"it was made by a newer program (it knows {min(newer)})")
    if not replace and _is_there(into):
        raise ArchiveError("there is data already: --replace sets it aside and puts the archive in its place")


def _is_there(into: Path) -> bool:
    if connection.vendor == "sqlite":
        return (into / SQLITE).exists()
    return "core_job" in connection.introspection.table_names()


def put_in_place(content: Path, manifest: Manifest, into: Path) -> Path | None:
    """Move what was there aside (its folder is given) and the archive's content in."""
    into.mkdir(parents=True, exist_ok=True, mode=0o750)
    connections.close_all()
    aside = into / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S}"
    moved = [
        into / name for name in (SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm", MEDIA) if (into / name).exists()
    ]
    for path in moved:
        aside.mkdir(exist_ok=True, mode=0o700)
        path.rename(aside / path.name)
    if manifest.engine == "sqlite":
        shutil.copyfile(content / manifest.database, into / SQLITE)
    else:
        databases.restore_postgres(content / manifest.database)
    if (content / MEDIA).exists():
        shutil.copytree(content / MEDIA, into / MEDIA)
    _merge_journals(content / JOURNAL, into / JOURNAL)
    os.sync()
    return aside if moved else None


def _merge_journals(archived: Path, there: Path) -> None:
    """Every erasure that the archive, this installation, or the place itself knows of, once."""
    entries = {}
    for file in (archived, there, personal_data.journal()):
        entries.update({entry["id"]: entry for entry in personal_data.read_journal(file)})
    if entries:
        ordered = sorted(entries.values(), key=lambda entry: entry["at"])
        there.write_text("".join(json.dumps(entry) + "\n" for entry in ordered), encoding="utf-8")
        there.chmod(0o600)


def bring_up_to_date(into: Path) -> str:
    """Migrate the restored database and replay the erasures, in a process that has it as its own."""
    environment = {**os.environ, "CANTIERE_DATA": str(into), "CANTIERE_SECRET_KEY": settings.SECRET_KEY}
    environment.pop("CANTIERE_SECRET_KEY_FILE", None)
    command = [sys.executable, "-m", "cantiere.config", "restore", REPLAY]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ArchiveError(f"the erasures could not be repeated: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()
