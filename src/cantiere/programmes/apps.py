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
        """Open the doors; say what can be found and followed, and what an invitation to a team means."""
        from cantiere.foundation.accounts.invitations import Offer, register
        from cantiere.foundation.core import access
        from cantiere.foundation.notices import topics
        from cantiere.foundation.search import sources
        from cantiere.foundation.ui import navigation
        from cantiere.programmes import actions, invitations
        from cantiere.programmes.queries import found

        def accept(person: "Person", target: str) -> str:
            return actions.join_team(person=person, target=target)

        def works_here(request: "HttpRequest") -> bool:
            return access.can(access.actor(request), "programmes.open_workspace")

        navigation.register(navigation.Item(10, gettext_lazy("Programmes"), "programmes:programmes"))
        navigation.register(navigation.Item(20, gettext_lazy("Calendar"), "programmes:calendar"))
        mine = gettext_lazy("My activities")
        navigation.register(navigation.Item(60, mine, "programmes:mine", "person"))
        words = gettext_lazy("Workspace")
        navigation.register(navigation.Item(70, words, "programmes:workspaces", "person", works_here))
        topics.register("programme", found.names_of, found.seen_by)
        sources.register(found.everything_public)
        register(invitations.KIND, Offer(describe=invitations.describe, accept=accept))
