"""The room in Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "cantiere.foundation.organisations"
    label = "organisations"
