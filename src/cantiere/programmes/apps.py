"""The room in Django."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "cantiere.programmes"
    label = "programmes"
