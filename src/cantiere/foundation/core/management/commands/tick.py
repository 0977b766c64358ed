"""``cantiere tick``: give out scheduled work once, for those who have a clock of their own (cron)."""

from typing import Any

from django.core.management.base import BaseCommand

from cantiere.foundation.core import clock


class Command(BaseCommand):
    help = "Enqueues scheduled work that is due; harmless as often as you like."

    def handle(self, *_: Any, **options: Any) -> None:
        given = clock.tick()
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(given) or "Nothing is due.")
