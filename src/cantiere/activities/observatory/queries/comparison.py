"""Records side by side: one row a question, and whether the answers differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cantiere.activities.observatory.models import BodyRole, Record, Used
from cantiere.activities.observatory.queries.figures import people
from cantiere.activities.observatory.queries.find import public_records
from cantiere.activities.observatory.queries.record import duration
from cantiere.foundation.core.codes import CodesField

FEWEST, MOST, LONGEST = 2, 4, 500
Words = str | Promise
Say = Callable[[Record], str]


@dataclass(frozen=True)
class Line:
    """What each record answers to one question."""

    label: str
    cells: Sequence[str]

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


def chosen(slugs: Sequence[str]) -> list[Record]:
    """The public records of these addresses in their order, each once, at most four; three queries or so."""
    wanted = list(dict.fromkeys(slugs))[: MOST * 5]
    rows = public_records().filter(slug__in=wanted)
    related = ("territories__parent", "bodies", "extensions", "uses__tool")
    by_slug = {row.slug: row for row in rows.prefetch_related(*related)}
    return [by_slug[slug] for slug in wanted if slug in by_slug][:MOST]


def lines(records: Sequence[Record]) -> list[Line]:
    """Every question that at least one of them answers."""
    found = [Line(str(label), [say(record) for record in records]) for label, say in _questions()]
    return [line for line in found if any(line.cells)]


def _questions() -> list[tuple[Words, Say]]:
    return [
        (_("Questionnaire"), lambda r: r.get_sheet_display()),
        _column("proponent"),
        _choice("proponent_kind"),
        (pgettext("record", "Partners"), _partners),
        (_("Territory"), _territory),
        _choice("theme"),
        _column("specific_topic"),
        _choice("participation_level"),
        _codes("participation_kinds"),
        _choice("status"),
        (_("Year"), lambda r: str(r.year or "")),
        (_("Duration"), duration),
        (_("Participants, counted"), lambda r: people(r.participants_actual)),
        (_("Participants, estimated"), lambda r: people(r.participants_estimated)),
        _choice("female_presence"),
        _column("objectives"),
        _column("online_planned"),
        _choice("origin"),
        _codes("changed"),
        _column("changes"),
        (_("Tools planned"), lambda r: _tools(r, Used.PLANNED)),
        (_("Tools introduced"), lambda r: _tools(r, Used.INTRODUCED)),
        _column("new_activities"),
    ]


def _label(name: str) -> str:
    return capfirst(str(Record._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _column(name: str) -> tuple[Words, Say]:
    return _label(name), lambda record: Truncator(getattr(record, name)).chars(LONGEST)


def _choice(name: str) -> tuple[Words, Say]:
    return _label(name), lambda record: str(getattr(record, f"get_{name}_display")())


def _codes(name: str) -> tuple[Words, Say]:
    field = Record._meta.get_field(name)
    assert isinstance(field, CodesField)
    return _label(name), lambda record: ", ".join(field.labels(getattr(record, name)))


def _partners(record: Record) -> str:
    return ", ".join(body.name for body in record.bodies.all() if body.role == BodyRole.PARTNER)


def _territory(record: Record) -> str:
    places = ", ".join(place.label for place in record.territories.all())
    return places or record.territory_note


def _tools(record: Record, since: str) -> str:
    return ", ".join(sorted(use.tool.name for use in record.uses.all() if use.since == since))
