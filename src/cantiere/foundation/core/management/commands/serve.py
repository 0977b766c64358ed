"""``cantiere serve``: the site, its jobs and its clock in one process."""

import contextlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cantiere.foundation.core import checks, personal_data, server


class Command(BaseCommand):
    help = "Serves the site with its jobs and its clock; refuses an unsafe configuration."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=urlsplit(settings.URL).port or 8000)
        parser.add_argument("--no-jobs", action="store_true", help="leave the jobs to «cantiere worker»")

    def handle(self, *_: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        with contextlib.ExitStack() as stack:
            self._hold(stack)
            if refused := checks.refusals(host):
                raise CommandError("Cantiere does not start.\n" + "\n".join(f"· {line}" for line in refused))
            if missing := server.missing_migrations():
                raise CommandError(
                    f"The database is older than the program ({len(missing)} steps). Run «cantiere setup»."
                )
            try:
                bound = stack.enter_context(server.listen(host, port))
            except server.PortTakenError as taken:
                raise CommandError(f"Something else listens at {taken}. Choose another --port.") from taken
            personal_data.write_journal()
            server.serve(
                bound,
                settings.ASGI_APPLICATION.replace(".application", ":application"),
                settings.ASGI_PROTOCOLS,
                lambda: self._say(port),
                jobs=not options["no_jobs"],
            )
        self.stdout.write("Stopped.")

    def _hold(self, stack: contextlib.ExitStack) -> None:
        if not server.single_process():
            return
        try:
            stack.enter_context(server.Hold(Path(settings.DATA)))
        except server.AlreadyServedError as held:
            raise CommandError(
                f"Another process ({held}) already serves {settings.DATA}. SQLite wants one: "
                "stop it, or use PostgreSQL by DATABASE_URL."
            ) from held

    def _say(self, port: int) -> None:
        address = settings.URL
        if checks.is_loopback(urlsplit(address).hostname or ""):
            address = f"http://localhost:{port}"
        self.stdout.write(f"{settings.CANTIERE_NAME} is at {address}")
        self.stdout.flush()
