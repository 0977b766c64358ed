"""``cantiere restore``: look whether an archive is whole, or put it in place."""

import contextlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cantiere.foundation.core import personal_data, server
from cantiere.foundation.core.backup import archive, databases, restoring


class Command(BaseCommand):
    help = "Restores an archive; --verify only looks whether it could be."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", nargs="?", type=Path)
        parser.add_argument("--verify", action="store_true", help="unpack, count and compare; touch nothing")
        parser.add_argument("--into", type=Path, help="another data directory (SQLite)")
        parser.add_argument("--replace", action="store_true", help="set aside the data that is there")
        parser.add_argument(restoring.REPLAY, action="store_true", help="repeat the erasures of the journal")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["replay_only"]:
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write(f"{personal_data.replay()} people forgotten again.")
            return
        if options["archive"] is None or not options["archive"].is_file():
            raise CommandError("Which archive? Write its path.")
        try:
            with archive.opened(options["archive"].resolve(), settings.CANTIERE_BACKUP_PASSPHRASE) as opened:
                content, manifest = opened
                archive.verify(content, manifest)
                self._say(manifest)
                if not options["verify"]:
                    self._restore(content, manifest, options)
        except (archive.ArchiveError, databases.DatabaseError) as wrong:
            raise CommandError(f"{options['archive']}: {wrong}.") from wrong

    def _say(self, manifest: archive.Manifest) -> None:
        rows, files = sum(manifest.counts.values()), len(manifest.files)
        self.stdout.write(
            f"Whole: made {manifest.made_at} by {manifest.version}, {len(manifest.counts)} tables, "
            f"{rows} rows, {files} files."
        )
        if manifest.key != archive.key_mark():
            self.stdout.write("It was made with another secret key: people will have to sign in again.")

    def _restore(self, content: Path, manifest: archive.Manifest, options: dict[str, Any]) -> None:
        into = (options["into"] or Path(settings.DATA)).resolve()
        restoring.check_fits(manifest, into, replace=options["replace"])
        with contextlib.ExitStack() as stack:
            if server.single_process():
                try:
                    stack.enter_context(server.Hold(into))
                except server.AlreadyServedError as held:
                    raise CommandError(f"The process {held} serves {into}: stop it first.") from held
            aside = restoring.put_in_place(content, manifest, into)
            self.stdout.write(restoring.bring_up_to_date(into))
        if aside:
            self.stdout.write(f"What was there before is in {aside}: delete it once you are content.")
        self.stdout.write(f"Restored into {into}.")
