"""The room in Django."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest


class WebConfig(AppConfig):
    name = "cantiere.web"
    label = "web"

    def ready(self) -> None:
        """Doors of the site that no other room opens."""
        from cantiere.foundation.core import access
        from cantiere.foundation.ui.navigation import Item, register

        def looks_after(request: "HttpRequest") -> bool:
            return access.can(access.actor(request), "web.look_after")

        register(Item(0, _("Home"), "web:home"))
        register(Item(80, _("Platform"), "web:state", "person", looks_after))
        register(Item(90, _("How it works"), "web:about", "footer"))
        register(Item(95, _("Sources and licences"), "web:credits", "footer"))
