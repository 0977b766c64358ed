"""``cantiere toolbox load``: the methods and tools an installation begins with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cantiere.activities.observatory.actions.toolbox import load_toolbox


class Command(BaseCommand):
    help = "Loads the starting set of methods and tools; what is already there stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One thing to do so far."""
        parser.add_argument("what", choices=["load"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        added, there = load_toolbox(by=None)
        self.stdout.write(f"{added} tools added, {there} were there.")
