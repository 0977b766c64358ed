"""Kinds of public event, by the codes of the State's vocabulary.

Codes: OntoPiA, «public-event-types» (Agenzia per l'Italia digitale and others, CC BY 4.0), version of 2024:
those that concern participation, with names tidied up by us. Rows: code, Italian, English.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import get_language, gettext

DATA = Path(__file__).parent / "data" / "event_types.csv"
BASE = "https://w3id.org/italia/controlled-vocabulary/public-event-types/"


@cache
def types() -> Mapping[str, Mapping[str, str]]:
    """The names of each type by code, then by language."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row.pop("code"): row for row in csv.DictReader(file)}


def name(code: str) -> str:
    """What a type is called in the language of the moment; an unknown code is called nothing."""
    names = types().get(code, {})
    return names.get((get_language() or "it")[:2]) or names.get("it", "")


def choices() -> list[tuple[str, str]]:
    """For a form: the types in the order of the file, after none."""
    return [("", gettext("Just a meeting")), *((code, name(code)) for code in types())]
