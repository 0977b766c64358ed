"""``cantiere permissions``: the table of all rules, as ``docs/permissions.md`` holds it."""

import inspect
from typing import Any

from django.core.management.base import BaseCommand

from cantiere.foundation.core import access

HEAD = """# Permissions

Every address names one of these rules, or says that anyone may call it; a test walks all addresses. Whoever
may not see a thing gets the same answer as if it did not exist.

This page is written by `cantiere permissions`; a test holds it against the code.

| rule | who may | room |
|---|---|---|"""


class Command(BaseCommand):
    help = "Prints every rule of access with its sentence and its room."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **_options: Any) -> None:
        self.stdout.write(HEAD)
        for name, decide in access.rules().items():
            sentence = " ".join((inspect.getdoc(decide) or "").split())
            room = decide.__module__.removeprefix("cantiere.").removesuffix(".permissions")
            self.stdout.write(f"| `{name}` | {sentence} | {room.replace('.', '/')} |")
