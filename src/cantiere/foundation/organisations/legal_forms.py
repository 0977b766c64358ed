"""Legal forms of organisations: ISTAT's list as OntoPiA publishes it, cleaned, with English names of ours.

Forms of single persons (sole traders, professionals) are left out: a person is no organisation.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

GROUPS = {
    "local": _("Bodies of the territory"),
    "public": _("Other public bodies"),
    "nonprofit": _("Associations and foundations"),
    "business": _("Companies and cooperatives"),
}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / "data" / "legal_forms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def label(code: str) -> str:
    """The name of a form in the language in use; an unknown code names nothing."""
    language = "en" if (get_language() or "").startswith("en") else "it"
    return next((row[language] for row in _rows() if row["code"] == code), "")


def codes() -> frozenset[str]:
    """All codes."""
    return frozenset(row["code"] for row in _rows())


def choices() -> Iterable[tuple[object, list[tuple[str, str]]]]:
    """For a select, by group, in the order of the list: the commonest first."""
    return [
        (name, [(row["code"], label(row["code"])) for row in _rows() if row["group"] == group])
        for group, name in GROUPS.items()
    ]
