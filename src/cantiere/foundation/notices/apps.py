"""The room in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "cantiere.foundation.notices"
    label = "notices"

    def ready(self) -> None:
        """Add the door beside one's own account."""
        from cantiere.foundation.ui import navigation

        navigation.register(navigation.Item(80, _("Notices"), "notices:mine", "person"))
