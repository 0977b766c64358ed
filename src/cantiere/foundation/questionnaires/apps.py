"""The room in Django."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "cantiere.foundation.questionnaires"
    label = "questionnaires"
