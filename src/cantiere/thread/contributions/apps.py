"""The room in Django."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "cantiere.thread.contributions"
    label = "contributions"

    def ready(self) -> None:
        """Hang what was said on the pages of programmes and activities."""
        from cantiere.foundation.search import sources
        from cantiere.thread.contributions.queries import findable

        sources.register(findable.everything_public)
