"""What the page of a record says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import ngettext

from cantiere.activities.observatory.models import (
    BodyRole,
    ExtensionKind,
    Record,
    RecordBody,
    Sheet,
    ToolUse,
    Used,
)
from cantiere.activities.observatory.queries.figures import people
from cantiere.activities.observatory.queries.find import public_records
from cantiere.activities.observatory.queries.rows import Row, rows
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import can
from cantiere.foundation.places.models import Place

MOST_RELATED = 4
_Reach = Record.reach.through
Words = str | Promise


@dataclass(frozen=True)
class RecordView:
    """Everything the page of one record says to one reader."""

    record: Record
    territories: Sequence[Place]
    bodies: Sequence[RecordBody]
    uses: Sequence[ToolUse]
    same_theme: Sequence[Row]
    same_territory: Sequence[Row]
    may_curate: bool
    may_suggest: bool

    @cached_property
    def partners(self) -> list[RecordBody]:
        """Who else is in it, partners first."""
        return [body for body in self.bodies if body.role == BodyRole.PARTNER]

    @cached_property
    def other_bodies(self) -> list[RecordBody]:
        """Bodies with another part in it."""
        return [body for body in self.bodies if body.role != BodyRole.PARTNER]

    @cached_property
    def planned(self) -> list[ToolUse]:
        """Tools that were there from the beginning."""
        return [use for use in self.uses if use.since == Used.PLANNED]

    @cached_property
    def introduced(self) -> list[ToolUse]:
        """Tools that came with the changes."""
        return [use for use in self.uses if use.since == Used.INTRODUCED]

    @property
    def programme_url(self) -> str:
        """The programme here, where anyone may see it."""
        programme = self.record.programme
        return programme.get_absolute_url() if programme is not None and programme.is_public else ""

    @property
    def duration(self) -> str:
        return duration(self.record)

    @property
    def host(self) -> str:
        """The website as people say it."""
        return urlsplit(self.record.website).netloc.removeprefix("www.")

    @property
    def before(self) -> list[tuple[Words, str]]:
        """What it was about and what was planned, as far as it is told."""
        names = (
            "subject", "linked_procedure", "context", "objectives", "target_groups", "online_planned",
        )  # fmt: skip
        return self._told(*names)

    @property
    def after(self) -> list[tuple[Words, str]]:
        """What was expected, and whom to ask."""
        return self._told("expected_results", "public_contacts")

    def _told(self, *names: str) -> list[tuple[Words, str]]:
        told = ((name, getattr(self.record, name)) for name in names)
        return [(capfirst(str(_label(name))), text) for name, text in told if text]

    @property
    def changes_told(self) -> bool:
        """Whether anything is said of changes."""
        record = self.record
        return bool(record.changed or record.changes or record.change_cause or record.online_planned)

    @property
    def rules(self) -> list[tuple[Words, str]]:
        """Law, certification, who decides, what it cost: only what is told."""
        record = self.record
        told: list[tuple[Words, str]] = [
            (_label("nature"), record.get_nature_display()),
            (_label("certification_year"), str(record.certification_year or "")),
            (_label("reference_law"), record.reference_law),
            (_label("call"), _call(record)),
            (_label("responsible_office"), record.responsible_office),
            *((body.get_role_display(), body.name) for body in self.other_bodies),
            (_label("total_cost"), _euros(record.total_cost)),
            (_label("grant_amount"), _euros(record.grant_amount)),
            (_label("cofunding"), record.get_cofunding_display() if record.sheet == Sheet.FUNDED else ""),
            (_label("cofunding_share"), _plain(record.cofunding_share)),
        ]
        return [(label, value) for label, value in told if value]

    @property
    def apart(self) -> int:
        """Days between the stated end and the computed one, without sign."""
        return abs(self.record.days_apart)

    @property
    def estimated(self) -> str:
        return people(self.record.participants_estimated)

    @property
    def actual(self) -> str:
        return people(self.record.participants_actual)

    @property
    def stated(self) -> list[tuple[Words, str]]:
        """Answers with several states: not having said is shown too, where it matters to whoever reads."""
        record = self.record
        return [
            (_label("female_presence"), record.get_female_presence_display()),
            (_label("gender_prevalence"), record.get_gender_prevalence_display()),
            (_label("worklife_reconciliation"), record.get_worklife_reconciliation_display()),
        ]


def _label(name: str) -> Words:
    return Record._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _call(record: Record) -> str:
    """The call with its year, unless its name says the year already."""
    year = str(record.call_year or "")
    return record.call if year in record.call else f"{record.call} {year}".strip()


def _plain(number: Decimal | None) -> str:
    return "" if number is None else number_format(number.normalize() + 0, use_l10n=True)


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else f"{number_format(amount, 2, force_grouping=True)} €"


def record_view(record: Record, person: Person | None) -> RecordView:
    """Read the page of a record; twelve queries for a visitor."""
    territories = list(record.territories.select_related("parent"))
    return RecordView(
        record=record,
        territories=territories,
        bodies=list(record.bodies.select_related("organisation")),
        uses=list(record.uses.select_related("tool", "instead_of")),
        same_theme=_same_theme(record),
        same_territory=_same_territory(record, territories),
        may_curate=can(person, "observatory.curate_record", record),
        may_suggest=can(person, "observatory.suggest", record),
    )


def _same_theme(record: Record) -> list[Row]:
    """Others on the theme: first those at the same level of participation, then the nearest in time."""
    if not record.theme:
        return []
    level = Case(
        When(participation_level=record.participation_level, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    others = public_records().exclude(pk=record.pk).filter(theme=record.theme)
    return rows(others.order_by(level, "-year", "title", "pk")[:MOST_RELATED])


def _same_territory(record: Record, territories: Iterable[Place]) -> list[Row]:
    """Others on the same places, or in the same area or province: the more they share, the nearer."""
    keys = set(record.reach.exclude(kind=Place.Kind.REGION).values_list("pk", flat=True))
    keys |= {place.pk for place in territories}
    if not keys:
        return []
    others = public_records().order_by().exclude(pk=record.pk)
    # Those on the very places are the nearest and few; a whole province is asked only where they do not do.
    here = set(others.filter(territories__in=territories).values_list("pk", flat=True))
    shared, enough = _Reach.objects.filter(place__in=keys), len(here) >= MOST_RELATED
    order = _nearest(
        shared.filter(record__in=here) if enough else shared.filter(record__in=others.values("pk"))
    )
    return sorted(rows(Record.objects.filter(pk__in=order)), key=lambda other: order.index(other.pk))


def _nearest(shared: QuerySet[Any]) -> list[int]:
    """The records that share most places, of equals the latest."""
    counted = shared.values_list("record").annotate(shared=Count("pk"))
    ordered = counted.order_by(F("shared").desc(), "-record__year", "record__title", "record")
    return [pk for pk, _shared in ordered[:MOST_RELATED]]


def duration(record: Record) -> str:
    """How long it was meant to last, and what was added: «6 mesi + 83 giorni di proroga e sospensione»."""
    told = []
    if record.planned_months:
        months = ngettext("%(n)s month", "%(n)s months", record.planned_months)
        told.append(months % {"n": record.planned_months})
    extra = record.extra_days
    if extra:
        told.append(_added(record, extra))
    return " + ".join(told)


def _added(record: Record, days: int) -> str:
    kinds = {each.kind for each in record.extensions.all()}
    if kinds == {ExtensionKind.EXTENSION}:
        words = ngettext("%(n)s day of extension", "%(n)s days of extension", days)
    elif kinds == {ExtensionKind.SUSPENSION}:
        words = ngettext("%(n)s day of suspension", "%(n)s days of suspension", days)
    else:
        words = ngettext(
            "%(n)s day of extension and suspension", "%(n)s days of extension and suspension", days
        )
    return words % {"n": days}
