"""The two questionnaires of a census, as this house words them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models import Census
from cantiere.activities.observatory.models.vocabularies import Sheet

_FOLDER = Path(__file__).parents[1] / "questionnaires"
TITLES: Mapping[str, str | Promise] = {
    Sheet.FUNDED: _("Projects funded by the call"),
    Sheet.OTHER: _("Other experiences"),
}
MINUTES = {Sheet.FUNDED: 25, Sheet.OTHER: 20}
"""How long it takes with the papers at hand."""


def key_of(sheet: str) -> str:
    """The word by which the questionnaire is kept."""
    return f"census-{Sheet(sheet).value}"


@cache
def definition(sheet: str) -> Mapping[str, Any]:
    """The questionnaire as its file says."""
    found: Mapping[str, Any] = json.loads((_FOLDER / f"{Sheet(sheet).value}.json").read_text("utf-8"))
    return found


def sheets_of(census: Census) -> list[Sheet]:
    """Which of the two a census asks."""
    asked = ((Sheet.FUNDED, census.asks_funded), (Sheet.OTHER, census.asks_others))
    return [sheet for sheet, asks in asked if asks]
