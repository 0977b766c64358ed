"""The room in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "cantiere.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Join allauth's events, the doors of the pages and what people can be invited to."""
        from cantiere.foundation.accounts import actions, invitations, receivers  # noqa: F401
        from cantiere.foundation.ui import navigation

        navigation.register(navigation.Item(90, _("Your account"), "accounts:account", "person"))
        invitations.register(actions.INVITED_AS, actions.ROLE)
