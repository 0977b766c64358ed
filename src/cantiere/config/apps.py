"""The roof in Django, for its commands."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "cantiere.config"
    label = "config"
