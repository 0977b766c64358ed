"""The room in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    name = "cantiere.results.opendata"
    label = "opendata"

    def ready(self) -> None:
        from cantiere.foundation.ui.navigation import Item, register

        register(Item(92, _("Open data"), "opendata:catalogue", "footer"))
