"""Figures about people, told without telling of anyone."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

FEWEST = 5


def people(count: int | None) -> str:
    """How many people in words: below five nobody is counted out; empty where it is not known."""
    if count is None:
        return ""
    if count < FEWEST:
        return _("fewer than 5")
    return number_format(count, force_grouping=True)
