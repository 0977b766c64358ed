"""The room in Django."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from cantiere.foundation.core.access import Actor
    from cantiere.programmes.models import Activity


class ObservatoryConfig(AppConfig):
    name = "cantiere.activities.observatory"
    label = "observatory"

    def ready(self) -> None:
        """Register the kind; open the door; say what can be found."""
        from cantiere.activities.observatory.kind import CensusKind
        from cantiere.activities.observatory.queries import found
        from cantiere.foundation.places import additions as places
        from cantiere.foundation.search import sources
        from cantiere.foundation.ui import navigation
        from cantiere.programmes import additions
        from cantiere.programmes.kinds import register

        register(CensusKind())
        navigation.register(navigation.Item(30, gettext_lazy("Observatory"), "observatory:records"))
        sources.register(found.everything_public)
        additions.watch(_watch)
        places.watch(_places_loaded)


def _places_loaded(by: "Actor") -> None:
    from cantiere.activities.observatory.actions.places import follow_places

    follow_places(by)


def _watch(activity: "Activity") -> None:
    from cantiere.activities.observatory.actions.publishing import appeared_or_disappeared

    appeared_or_disappeared(census=activity)
