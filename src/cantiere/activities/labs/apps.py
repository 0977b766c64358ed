"""The room in Django."""

from django.apps import AppConfig


class LabsConfig(AppConfig):
    name = "cantiere.activities.labs"
    label = "labs"

    def ready(self) -> None:
        from cantiere.activities.labs.actions.leading import call_back
        from cantiere.activities.labs.kind import LabKind
        from cantiere.activities.labs.live import LabHandler
        from cantiere.foundation.core import access
        from cantiere.foundation.live import handlers
        from cantiere.programmes.kinds import register

        register(LabKind())
        handlers.register(LabHandler())
        access.when_lost(call_back)
