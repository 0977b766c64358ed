"""``cantiere audit --verify``: whether the log of acts is as it was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cantiere.foundation.core import log
from cantiere.foundation.core.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = "Counts what the audit log holds; --verify compares it with its seals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verify", action="store_true")

    def handle(self, *_: Any, **options: Any) -> None:
        self.stdout.write(f"{AuditEntry.objects.count()} acts, {AuditSeal.objects.count()} seals.")
        if not options["verify"]:
            return
        broken = log.verify()
        if broken is not None:
            raise CommandError(
                f"The acts up to number {broken.up_to} were changed after {broken.at:%Y-%m-%d %H:%M}."
            )
        last = AuditSeal.objects.order_by("-up_to").first()
        self.stdout.write(f"Every seal fits. Last digest: {last.digest if last else 'none yet'}")
