"""The room in Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "cantiere.activities.meetings"
    label = "meetings"

    def ready(self) -> None:
        from cantiere.activities.meetings.kind import MeetingKind, PageKind
        from cantiere.programmes.kinds import register

        register(MeetingKind())
        register(PageKind())
