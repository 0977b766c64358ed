"""The room in Django."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cantiere.programmes.models import Activity, Programme


class ContributionsConfig(AppConfig):
    name = "cantiere.thread.contributions"
    label = "contributions"

    def ready(self) -> None:
        """Hang what was said on the pages of programmes and activities, and give it as open data."""
        from cantiere.foundation.search import sources
        from cantiere.programmes import additions
        from cantiere.thread.contributions import datasets
        from cantiere.thread.contributions.queries import findable

        sources.register(findable.everything_public)
        additions.add_data(datasets.SOURCE)
        additions.add_part(additions.Part(40, "contributions/_of_programme.html", _part))
        additions.add_activity_door(
            additions.AddedDoor(
                "contributions:of_activity", gettext_lazy("Contributions"), "contributions.write"
            )
        )
        additions.add_programme_door(
            additions.AddedDoor(
                "contributions:themes", gettext_lazy("Themes"), "contributions.code", "it-bookmark"
            )
        )
        additions.watch(_watch)
        additions.object_to_removing(_objection)


def _part(programme: "Programme") -> "Mapping[str, object] | None":
    from cantiere.thread.contributions import queries

    counts = queries.counts(programme)
    return {"counts": counts, "themes": queries.by_theme(programme)} if counts.total else None


def _watch(activity: "Activity") -> None:
    from cantiere.thread.contributions import actions

    actions.appeared_or_disappeared(activity=activity)


def _objection(activity: "Activity") -> Promise | None:
    from cantiere.thread.contributions.models import Contribution

    if not Contribution.objects.filter(activity=activity).exists():
        return None
    return gettext_lazy("People said something in it: their words would be lost. Keep it, even as a draft.")
