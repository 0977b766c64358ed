"""The room in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cantiere.foundation.accounts"
    label = "accounts"
