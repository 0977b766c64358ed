"""The room in Django."""

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "cantiere.activities.observatory"
    label = "observatory"

    def ready(self) -> None:
        from cantiere.activities.observatory.kind import CensusKind
        from cantiere.programmes.kinds import register

        register(CensusKind())
