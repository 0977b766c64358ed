"""``cantiere setup``: everything the program needs before it can serve; may be run again."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes or brings up to date the database, its cache table and the folders."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **options: Any) -> None:
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o750)
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True, mode=0o750)
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        if any("DatabaseCache" in cache["BACKEND"] for cache in settings.CACHES.values()):
            call_command("createcachetable", verbosity=options["verbosity"])
