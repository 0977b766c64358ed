"""The room in Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "cantiere.foundation.ui"
    label = "ui"
