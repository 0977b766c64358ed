"""``cantiere search --rebuild``."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from cantiere.foundation.search import actions
from cantiere.foundation.search.models import Entry


class Command(BaseCommand):
    help = "Count what can be found; with --rebuild, index everything anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Index everything anew from its source.")

    def handle(self, *, rebuild: bool, **_options: object) -> None:
        if rebuild:
            written, gone = actions.rebuild()
            actions.forget_unused_words()
            self.stdout.write(f"{written} entries written, {gone} removed.")
        self.stdout.write(f"{Entry.objects.count()} entries can be found.")
