"""The room in Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "cantiere.activities.meetings"
    label = "meetings"
