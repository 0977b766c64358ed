"""The room in Django."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from cantiere.foundation.core.access import Actor
    from cantiere.programmes.models import Activity


class InnovatorsConfig(AppConfig):
    name = "cantiere.activities.innovators"
    label = "innovators"

    def ready(self) -> None:
        """Register the kind; say what can be found and followed."""
        from cantiere.activities.innovators.kind import InnovatorMapKind
        from cantiere.activities.innovators.queries import found
        from cantiere.foundation.notices import topics
        from cantiere.foundation.places import additions as places
        from cantiere.foundation.search import sources
        from cantiere.programmes import additions
        from cantiere.programmes.kinds import register

        register(InnovatorMapKind())
        topics.register("innovator_map", found.names_of, found.seen_by)
        sources.register(found.everything_public)
        additions.watch(_watch)
        places.watch(_places_loaded)


def _places_loaded(by: "Actor") -> None:
    from cantiere.activities.innovators.actions.places import follow_places

    follow_places(by)


def _watch(activity: "Activity") -> None:
    from cantiere.activities.innovators.actions.appearing import appeared_or_disappeared

    appeared_or_disappeared(activity=activity)
