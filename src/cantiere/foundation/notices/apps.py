"""The room in Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "cantiere.foundation.notices"
    label = "notices"
