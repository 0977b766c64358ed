"""The room in Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cantiere.foundation.search"
    label = "search"
