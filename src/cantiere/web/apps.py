"""The room in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.ui.navigation import Item, register


class WebConfig(AppConfig):
    name = "cantiere.web"
    label = "web"

    def ready(self) -> None:
        """Doors of the site that no other room opens."""
        register(Item(0, _("Home"), "web:home"))
        register(Item(90, _("How it works"), "web:about", "footer"))
        register(Item(95, _("Sources and licences"), "web:credits", "footer"))
