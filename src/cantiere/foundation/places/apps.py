"""The room in Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "cantiere.foundation.places"
    label = "places"
