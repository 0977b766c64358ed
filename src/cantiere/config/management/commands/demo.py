"""``cantiere demo``: places of two regions and four programmes, as a newcomer sees them."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cantiere.config.demonstration.load import load
from cantiere.foundation.accounts.demo import ACCOUNTS
from cantiere.foundation.places.models import Place

REGIONS = ("08", "09")  # Emilia-Romagna, Toscana


class Command(BaseCommand):
    help = "Loads the demonstration; what is already there stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.CANTIERE_DEMO:
            sys.exit("The demonstration is for CANTIERE_DEMO=1: its people and mail are open to everyone.")
        if Place.objects.filter(kind=Place.Kind.REGION, code__in=REGIONS).count() != len(REGIONS):
            self.stdout.write("▸ Municipalities of Emilia-Romagna and Toscana …")
            call_command("places", "load", region=list(REGIONS))
        self.stdout.write("▸ Programmes of the demonstration …")
        for programme in load():
            self.stdout.write(f"  {programme.title}")
        self.stdout.write("▸ Accounts (sign in with the address; the code arrives at /posta-di-prova/):")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:22} {account.name}, {account.part}")
