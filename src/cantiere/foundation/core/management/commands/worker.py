"""``cantiere worker``: jobs in a process of their own, beside others."""

import contextlib
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cantiere.foundation.core import server
from cantiere.foundation.core.jobs.worker import QUEUES, Worker


class Command(BaseCommand):
    help = "Runs jobs until told to stop. On SQLite «cantiere serve» does it itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = ",".join(f"{name}={count}" for name, count in QUEUES.items())
        parser.add_argument("--queues", default=words, help=f"threads for each queue (default {words})")
        parser.add_argument("--lease", type=int, default=60, help="seconds until a silent worker loses a job")

    def handle(self, *_: Any, **options: Any) -> None:
        queues = _queues(options["queues"])
        with contextlib.ExitStack() as stack:
            if server.single_process():
                try:
                    stack.enter_context(server.Hold(Path(settings.DATA)))
                except server.AlreadyServedError as held:
                    raise CommandError(f"The process {held} serves here and runs the jobs itself.") from held
            stop = server.stop_on_signals()
            self.stdout.write(f"Working on {options['queues']}.")
            self.stdout.flush()
            Worker(queues, lease=timedelta(seconds=options["lease"])).run(stop)
        self.stdout.write("Stopped.")


def _queues(words: str) -> dict[str, int]:
    queues: dict[str, int] = {}
    for word in words.split(","):
        name, _, count = word.partition("=")
        if name.strip() not in QUEUES or not (count or "1").isdigit() or count == "0":
            raise CommandError(f"--queues: write for example mail=2,default=1 (of {', '.join(QUEUES)}).")
        queues[name.strip()] = int(count or "1")
    return queues
