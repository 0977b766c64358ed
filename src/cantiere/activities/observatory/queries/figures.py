"""Figures about people, told without telling of anyone."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

FEWEST = 5
PEOPLE = ("participants_estimated", "participants_actual")
"""The fields of a record that count people."""


def is_few(count: int | None) -> bool:
    """Whether so many people are too few to be told."""
    return count is not None and count < FEWEST


def people(count: int | None) -> str:
    """How many people in words: below five nobody is counted out; empty where it is not known."""
    if count is None:
        return ""
    if is_few(count):
        return _("fewer than 5")
    return number_format(count, force_grouping=True)


def few(count: int | None) -> str:
    """The same for machines: below five only that; empty where it is not known."""
    if count is None:
        return ""
    return f"<{FEWEST}" if is_few(count) else str(count)
