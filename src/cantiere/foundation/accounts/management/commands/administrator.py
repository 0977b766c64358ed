"""``cantiere administrator ADDRESS``: make somebody administrator, or let them in again."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cantiere.foundation.accounts import actions, addresses


class Command(BaseCommand):
    help = "Makes the person at an address administrator; with an account if there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="e-mail address, where the sign-in code will arrive")
        parser.add_argument(
            "--forget-passkeys", action="store_true", help="remove passkeys and recovery codes that were lost"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            email = addresses.valid(options["address"])
        except ValidationError as wrong:
            raise CommandError(wrong.messages[0]) from wrong
        person = actions.appoint(email=email)
        self.stdout.write(f"{person.email} is an administrator and signs in with a code sent there.")
        if options["forget_passkeys"]:
            self.stdout.write(
                f"Passkeys and recovery codes removed: {actions.forget_passkeys(person=person)}."
            )
