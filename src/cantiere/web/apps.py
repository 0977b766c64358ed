"""The room in Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "cantiere.web"
    label = "web"
