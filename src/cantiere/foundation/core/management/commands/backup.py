"""``cantiere backup``: one archive, made while the site works, reopened before it counts."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cantiere.foundation.core.backup import archive, databases


class Command(BaseCommand):
    help = "Writes one archive of the database, the files and the journal of erasures, and checks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=None, help="the folder (default: backups in the data)")

    def handle(self, *_: Any, **options: Any) -> None:
        folder = (options["to"] or Path(settings.DATA) / "backups").resolve()
        started = time.monotonic()
        try:
            made = archive.make(folder, settings.CANTIERE_BACKUP_PASSPHRASE)
        except (archive.ArchiveError, databases.DatabaseError, OSError) as failed:
            raise CommandError(f"No backup was made: {failed}.") from failed
        size = made.stat().st_size / 1_000_000
        self.stdout.write(
            f"{made}\n{size:.1f} MB in {time.monotonic() - started:.1f} s, reopened and counted."
        )
        if not settings.CANTIERE_BACKUP_PASSPHRASE:
            self.stdout.write(
                "It is not encrypted: write CANTIERE_BACKUP_PASSPHRASE_FILE before it leaves this machine."
            )
