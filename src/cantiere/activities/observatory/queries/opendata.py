"""The public records as rows that others may reuse: in codes for programs, in words for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cantiere.activities.observatory.models import (
    BodyRole,
    Changed,
    Level,
    Origin,
    ProponentKind,
    Record,
    Sheet,
    Source,
    Status,
    Theme,
    Used,
    YesNo,
)
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.models.vocabularies import GenderPrevalence
from cantiere.activities.observatory.queries.figures import few
from cantiere.engine.answers import Cell, Column, Dataset, Reach
from cantiere.programmes.models import Activity

SLICE = 500
SEVERAL = "; "
Words = str | Promise
# Name, type, what it holds, and how a person calls it where that is not the name of the field.
COLUMNS: Sequence[tuple[str, str, Words, Words]] = (
    ("address", "string", _("Web page of the record, which stays"), _("Page of the record")),
    ("title", "string", _("Title of the process"), ""),
    (
        "sheet",
        "string",
        _("funded: project funded by the call; other: other experience"),
        _("Questionnaire"),
    ),
    ("identifier", "string", _("Identifier given by the source"), ""),
    ("status", "string", _("planned, running, suspended, concluded or cancelled"), ""),
    ("call", "string", _("Call that funded it"), ""),
    ("call_year", "integer", _("Year of that call"), ""),
    ("proponent", "string", _("Who proposed it, as the source names it"), ""),
    ("proponent_kind", "string", _("public_body, association, firm or group"), ""),
    ("partners", "string", _("Partners, divided by semicolons"), pgettext_lazy("record", "Partners")),
    (
        "territory_codes",
        "string",
        _("Codes of its territories (ISTAT; words for areas), divided by semicolons"),
        _("Codes of the territories"),
    ),
    ("territories", "string", _("Names of its territories, divided by semicolons"), _("Territories")),
    ("lng", "number", _("Longitude of the first territory, in degrees (WGS 84)"), _("Longitude")),
    ("lat", "number", _("Latitude of the first territory, in degrees (WGS 84)"), _("Latitude")),
    (
        "theme",
        "string",
        _("environment, territory, welfare, information_society, institutions or economy"),
        "",
    ),
    ("specific_topic", "string", _("What exactly it is about"), ""),
    ("participation_level", "string", _("information, consultation, codesign or empowerment"), ""),
    ("year", "integer", _("Year for which it counts: of its start, or of its call"), _("Year")),
    ("started_on", "date", _("Start, as the source states it"), ""),
    ("ended_on", "date", _("End, as the source states it"), ""),
    ("planned_months", "integer", _("Planned duration, in months"), ""),
    (
        "extra_days",
        "integer",
        _("Days of extension and suspension, added up"),
        _("Days of extension and suspension"),
    ),
    ("participants_estimated", "string", _("Estimated participants; “<5” stands for fewer than five"), ""),
    ("participants_actual", "string", _("Counted participants; “<5” stands for fewer than five"), ""),
    ("female_presence", "string", _("Women among them: yes, no or unstated"), ""),
    ("gender_prevalence", "string", _("female, male, equal or unstated"), ""),
    ("origin", "string", _("under_way before the changes, new, or unstated"), ""),
    (
        "changed",
        "string",
        _("phases, design, times, professionals, partners or costs, divided by semicolons"),
        "",
    ),
    (
        "tools_planned",
        "string",
        _("Tools and methods planned from the beginning, divided by semicolons"),
        _("Tools planned"),
    ),
    (
        "tools_introduced",
        "string",
        _("Tools and methods introduced with the changes, divided by semicolons"),
        _("Tools introduced"),
    ),
    ("website", "string", _("Website of the process"), ""),
    ("source", "string", _("census, curated or imported"), _("How it came here")),
    ("source_note", "string", _("Where what it says comes from"), ""),
    ("verified_on", "date", _("Day on which it was last verified"), ""),
    (
        "invented",
        "boolean",
        _("Whether it is an invented example of the demonstration"),
        _("Invented example"),
    ),
)
SPOKEN: Mapping[str, type[Choices]] = {
    "sheet": Sheet,
    "status": Status,
    "proponent_kind": ProponentKind,
    "theme": Theme,
    "participation_level": Level,
    "female_presence": YesNo,
    "gender_prevalence": GenderPrevalence,
    "origin": Origin,
    "changed": Changed,
    "source": Source,
}


def names() -> list[str]:
    """The columns, for programs."""
    return [name for name, *_rest in COLUMNS]


def headings() -> list[str]:
    """The columns, for people."""
    return [str(head) or _field_name(name) for name, _type, _text, head in COLUMNS]


def _field_name(name: str) -> str:
    return capfirst(str(Record._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def rows(records: RecordQuerySet) -> Iterator[Sequence[Cell]]:
    """One row a record in the order of :data:`COLUMNS`; few people are not counted out.

    The keys are read at once, the rest in slices, each by a query of its own: whoever takes it away slowly
    holds nobody up, and what is hidden meanwhile is not told.
    """
    related = ("territories", "bodies", "extensions", "uses__tool")
    told = Record.objects.public().defer("folded", "context").prefetch_related(*related)
    keys = list(records.values_list("pk", flat=True))
    for start in range(0, len(keys), SLICE):
        some = keys[start : start + SLICE]
        found = told.in_bulk(some)
        yield from (_row(found[pk]) for pk in some if pk in found)


def spoken(row: Sequence[Cell]) -> list[Cell]:
    """A row in the words of the language in use instead of codes."""
    return [_say(name, cell) for name, cell in zip(names(), row, strict=True)]


def _say(name: str, cell: Cell) -> Cell:
    choices = SPOKEN.get(name)
    if choices is None or not isinstance(cell, str) or not cell:
        return cell
    labels = dict(choices.choices)
    return _joined(str(labels.get(code, code)) for code in cell.split(SEVERAL))


def _row(record: Record) -> Sequence[Cell]:
    places = list(record.territories.all())
    first: Any = next((place for place in places if place.lat is not None), None)
    return (
        f"{settings.URL}{record.get_absolute_url()}", record.title, record.sheet, record.identifier,
        record.status, record.call, record.call_year, record.proponent, record.proponent_kind,
        _joined(body.name for body in record.bodies.all() if body.role == BodyRole.PARTNER),
        _joined(place.code for place in places), _joined(place.name for place in places),
        first and _degrees(first.lng), first and _degrees(first.lat),
        record.theme, record.specific_topic, record.participation_level, record.year,
        record.started_on, record.ended_on, record.planned_months, record.extra_days,
        few(record.participants_estimated), few(record.participants_actual),
        record.female_presence, record.gender_prevalence, record.origin, _joined(record.changed),
        _tools(record, Used.PLANNED), _tools(record, Used.INTRODUCED),
        record.website, record.source, record.source_note, record.verified_on, record.is_demonstration,
    )  # fmt: skip


def _degrees(value: float) -> Decimal:
    return Decimal(str(round(value, 5)))


def _tools(record: Record, since: str) -> str:
    return _joined(sorted(use.tool.name for use in record.uses.all() if use.since == since))


def _joined(words: Iterable[str]) -> str:
    return SEVERAL.join(words)


def datasets(activity: Activity) -> list[Dataset]:
    """Open: the records that a public census gathered and that are published."""

    def read() -> Iterable[Sequence[Cell]]:
        return rows(Record.objects.of(activity).public()) if activity.is_public else ()

    return [
        Dataset(
            key="records",
            title=str(_("Records of participatory processes")),
            columns=[Column(name, kind, str(text)) for name, kind, text, _head in COLUMNS],
            rows=read,
            reach=Reach.OPEN,
            text=str(
                _("Participatory processes: who proposed them, where, about what, when, with which tools.")
            ),
            position=("lng", "lat"),
        )
    ]
