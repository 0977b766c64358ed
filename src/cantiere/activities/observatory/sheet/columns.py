"""The columns, in the order of the sheet; headers are Italian, as those who fill it in are."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cantiere.activities.observatory.models import (
    Changed,
    CoFunding,
    GenderPrevalence,
    Level,
    Nature,
    Origin,
    ParticipationKind,
    ProponentKind,
    Record,
    Sheet,
    Status,
    Theme,
    YesNo,
)
from cantiere.activities.observatory.sheet.parts import People, Places, Stretches, Uses
from cantiere.activities.observatory.sheet.words import ANSWERS, HEADERS, listed
from cantiere.engine.words import fold
from cantiere.foundation.core.sheets import cells

PROBLEMS = "Problemi"
"""The column added to rows that were not taken; it is never read."""


_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def key(header: str) -> str:
    """A header as it is compared: letters and digits, what stands in brackets left out."""
    folded = fold(header)
    return "".join(sign for sign in _BRACKETS.sub("", folded) or folded if sign.isalnum())


@dataclass(frozen=True)
class Column:
    """One column: ``name`` is a field of the record, or a part of it (``bodies.partner``)."""

    name: str
    header: str
    converter: Callable[[], cells.Converter]
    help: str | Promise = ""
    required: bool = False

    @property
    def synonyms(self) -> tuple[str, ...]:
        """What else people call it."""
        return _HEADERS.get(self.name, ())


_HEADERS = listed(HEADERS)
_ANSWERS = listed(ANSWERS)


def _text(name: str, header: str, *, required: bool = False, help: str | Promise = "") -> Column:  # noqa: A002 (Django's word)
    field = Record._meta.get_field(name)
    assert isinstance(field, models.Field)
    converter = cells.Text(field.max_length or 0, lines=isinstance(field, models.TextField))
    return Column(name, header, lambda: converter, help, required)


def _one(name: str, header: str, choices: type[models.TextChoices]) -> Column:
    also = {word: code for code in choices.values for word in _ANSWERS.get(f"{name}.{code}", ())}
    converter = cells.Choice(choices.choices, also=also)
    return Column(name, header, lambda: converter, _options(choices))


def _yes(name: str, header: str, choices: type[models.TextChoices]) -> Column:
    converter = cells.yes_no(choices.choices, yes="yes", no="no")
    return Column(name, header, lambda: converter, _options(choices))


def _codes(name: str, header: str, choices: type[models.TextChoices]) -> Column:
    converter = cells.Choices(cells.Choice(choices.choices))
    return Column(name, header, lambda: converter, _options(choices))


def _number(name: str, header: str, **limits: Any) -> Column:
    return Column(name, header, lambda: cells.Number(**limits))


def _people(name: str, header: str) -> Column:
    return Column(name, header, People)


def _year(name: str, header: str) -> Column:
    return _number(name, header, least=1900, most=2100)


def _day(name: str, header: str, *, months: bool = False) -> Column:
    return Column(name, header, lambda: cells.Day(months=months), _("A day, like 12/06/2020."))


def _bodies(role: str, header: str) -> Column:
    one = cells.Text(200)
    words = _("Several names divided by semicolons.")
    return Column(f"bodies.{role}", header, lambda: cells.Several(one.read), words)


def _uses(since: str, header: str) -> Column:
    return Column(f"uses.{since}", header, Uses, _("Names of the toolbox divided by semicolons."))


def _options(choices: type[models.TextChoices]) -> Promise:
    return format_lazy("; ".join(["{}"] * len(choices)), *choices.labels)


COLUMNS: tuple[Column, ...] = (
    Column(
        "slug",
        "Codice della scheda",
        lambda: cells.Text(80),
        _("Given by the export: it tells which record a row is about. Leave it empty for new ones."),
    ),
    _text(
        "identifier",
        "Identificativo",
        help=_(
            "The number or word by which its source knows it: rows with the same one are the same record."
        ),
    ),
    _text("title", "Titolo del processo", required=True),
    _one("sheet", "Tipo di scheda", Sheet),
    _one("status", "Stato di avanzamento", Status),
    _one("nature", "Natura del processo", Nature),
    _year("certification_year", "Anno della certificazione"),
    _text("reference_law", "Norma di riferimento"),
    _text("call", "Bando"),
    _year("call_year", "Anno del bando"),
    _text("proponent", "Soggetto proponente"),
    _one("proponent_kind", "Tipo di proponente", ProponentKind),
    _bodies("decision_holder", "Titolari della decisione"),
    _bodies("partner", "Partner"),
    _bodies("supporter", "Sostenitori"),
    _bodies("supplier", "Fornitori"),
    _bodies("beneficiary", "Beneficiari dei contributi"),
    _text("responsible_office", "Struttura responsabile del processo"),
    Column(
        "territories",
        "Territorio",
        Places,
        _("Names or ISTAT codes of municipalities, unions, provinces, regions; semicolons between."),
    ),
    _text("territory_note", "Territorio, a parole"),
    _one("theme", "Ambito tematico", Theme),
    _text("specific_topic", "Tematica specifica"),
    _one("participation_level", "Livello di partecipazione", Level),
    _codes("participation_kinds", "Tipo di partecipazione", ParticipationKind),
    _text("subject", "Oggetto del processo"),
    _text("linked_procedure", "Procedimento collegato"),
    _text("context", "Contesto"),
    _text("objectives", "Obiettivi"),
    _text("expected_results", "Risultati attesi"),
    _text("target_groups", "Destinatari"),
    _day("started_on", "Data di inizio", months=True),
    _day("ended_on", "Data di fine"),
    _number("planned_months", "Durata prevista in mesi", most=240, signs="mesi|mese"),
    Column(
        "extensions",
        "Proroghe e sospensioni",
        Stretches,
        _("One a line: kind | days | asked on | granted on | act | reason; the last four if known."),
    ),
    _number("total_cost", "Costo complessivo", places=2, most=9_999_999_999),
    _number("grant_amount", "Importo finanziato dal bando", places=2, most=9_999_999_999),
    _yes("cofunding", "Cofinanziamento di altri soggetti", CoFunding),
    _number("cofunding_share", "Percentuale di cofinanziamento", places=2, most=100, signs="%"),
    _people("participants_estimated", "Partecipanti stimati"),
    _people("participants_actual", "Partecipanti effettivi"),
    _text("participants_note", "Chi ha partecipato"),
    _yes("female_presence", "Presenza femminile", YesNo),
    _one("gender_prevalence", "Prevalenza di genere", GenderPrevalence),
    _yes("worklife_reconciliation", "Conciliazione tempi di vita e lavoro", YesNo),
    _text("online_planned", "Attività online già previste"),
    _one("origin", "Già in essere o nuovo", Origin),
    _text("change_cause", "Causa dei cambiamenti"),
    _codes("changed", "Che cosa è cambiato", Changed),
    _text("changes", "Principali cambiamenti"),
    _text("new_activities", "Nuove attività, strumenti e risorse"),
    _uses("planned", "Strumenti previsti dall’inizio"),
    _uses("introduced", "Strumenti introdotti con i cambiamenti"),
    Column("website", "Sito web", cells.Address),
    _text("public_contacts", "Contatti pubblici"),
    _text("source_note", "Fonte"),
    _day("verified_on", "Data di verifica"),
)
BY_NAME = {column.name: column for column in COLUMNS}
_BY_KEY = {key(word): column.name for column in reversed(COLUMNS) for word in column.synonyms} | {
    key(column.header): column.name for column in COLUMNS
}


def propose(headers: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """For each header the column it probably is, or ``""``; no column twice.

    ``remembered`` tells what the key of a header meant before; that wins over what headers are usually
    called, and the sheet's own headers win over both.
    """
    own = {key(column.header): column.name for column in COLUMNS}
    meant = _BY_KEY | {each: name for each, name in remembered.items() if name in BY_NAME or not name} | own
    meant[key(PROBLEMS)] = ""
    taken: set[str] = set()
    proposed = [""] * len(headers)
    # Those that bear the very name first: «Partecipanti» must not take the place of «Partecipanti effettivi».
    for at, header in sorted(enumerate(headers), key=lambda each: key(each[1]) not in own):
        name = meant.get(key(header), "")
        if name and name not in taken:
            taken.add(name)
            proposed[at] = name
    return proposed


def learnt(mapping: Mapping[str, str], remembered: Mapping[str, str]) -> dict[str, str]:
    """What the keys of these headers mean from now on: of several with one key, the first that has a column.

    ``""`` is to leave it out. A header whose usual column was given to another one says nothing of the next
    sheet.
    """
    meant: dict[str, str] = {}
    for header, column in mapping.items():
        if column:
            meant.setdefault(key(header), column)
    taken = set(meant.values())
    for header in mapping:
        if propose([header], remembered)[0] not in taken:
            meant.setdefault(key(header), "")
    return meant
