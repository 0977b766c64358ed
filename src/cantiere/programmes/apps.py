"""The room in Django."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cantiere.foundation.accounts.models import Person


class ProgrammesConfig(AppConfig):
    name = "cantiere.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Say what an invitation to a team means, and where the workspace is."""
        from cantiere.foundation.accounts.invitations import Offer, register
        from cantiere.foundation.core import access
        from cantiere.foundation.ui import navigation
        from cantiere.programmes import actions, invitations

        def accept(person: "Person", target: str) -> str:
            return actions.join_team(person=person, target=target)

        def works_here(request: "HttpRequest") -> bool:
            return access.can(access.actor(request), "programmes.open_workspace")

        words = gettext_lazy("Workspace")
        navigation.register(navigation.Item(70, words, "programmes:workspaces", "person", works_here))
        register(invitations.KIND, Offer(describe=invitations.describe, accept=accept))
