"""Starts the mechanisms."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "cantiere.foundation.core"
    label = "core"

    def ready(self) -> None:
        """Import what rooms declare to the mechanisms: rules, personal data, scheduled work."""
        from cantiere.foundation.core import checks  # noqa: F401 (registers them)

        autodiscover_modules("permissions", "personal_data", "tasks")
