"""The room in Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "cantiere.foundation.live"
    label = "live"
