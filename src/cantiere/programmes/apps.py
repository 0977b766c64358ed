"""The room in Django."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from cantiere.foundation.accounts.models import Person


class ProgrammesConfig(AppConfig):
    name = "cantiere.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Say what an invitation to a team means."""
        from cantiere.foundation.accounts.invitations import Offer, register
        from cantiere.programmes import actions, invitations

        def accept(person: "Person", target: str) -> str:
            return actions.join_team(person=person, target=target)

        register(invitations.KIND, Offer(describe=invitations.describe, accept=accept))
