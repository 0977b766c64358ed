"""Loads the toolbox and the census of 2020 with its records, in bulk: all of it lies in the past."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cantiere.activities.observatory.actions.findable import show_record_in_search
from cantiere.activities.observatory.actions.records import derive
from cantiere.activities.observatory.actions.toolbox import load_toolbox
from cantiere.activities.observatory.models import (
    Census,
    Extension,
    Record,
    RecordBody,
    Source,
    Tool,
    ToolUse,
    Used,
)
from cantiere.activities.observatory.queries.reach import Reach
from cantiere.config.demonstration import passo, ripartecipiamo
from cantiere.config.demonstration.ripartecipiamo import Sheetful
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.organisations.models import Organisation
from cantiere.foundation.places.models import Place
from cantiere.programmes import actions
from cantiere.programmes.models import Activity, Programme

_Territories = Record.territories.through
_Reach = Record.reach.through
OPENED, CLOSED = datetime(2020, 5, 18, 9, 0), datetime(2020, 7, 10, 18, 0)  # noqa: DTZ001 (made aware below)


@transaction.atomic
def load(programme: Programme, by: Person) -> None:
    """The census in this programme; what is already there stays."""
    load_toolbox(by=by)
    if programme.activities.filter(title=ripartecipiamo.TITLE).exists():
        return
    census = _census(programme, by)
    _hang(census, by, list(ripartecipiamo.sheetfuls()))


def _census(programme: Programme, by: Person) -> Activity:
    details = {"title": ripartecipiamo.TITLE, "summary": ripartecipiamo.SUMMARY}
    made = actions.add_activity(by=by, programme=programme, kind_key="census", details=details)
    opens, closes = timezone.make_aware(OPENED), timezone.make_aware(CLOSED)
    Activity.objects.filter(pk=made.pk).update(
        opens=opens,
        closes=closes,
        starts_on=opens.date(),
        ends_on=closes.date(),
        place=Place.objects.filter(kind=Place.Kind.REGION, code="08", valid_to=None).first(),
        outcome=ripartecipiamo.OUTCOME,
        outcome_on=closes.date(),
        published_at=opens,
    )
    Census.objects.filter(pk=made.pk).update(
        introduction=ripartecipiamo.INTRODUCTION,
        call=ripartecipiamo.CALL,
        call_year=ripartecipiamo.CALL_YEAR,
    )
    return Activity.objects.select_related("programme").get(pk=made.pk)


def _hang(census: Activity, by: Person, given: Sequence[Sheetful]) -> None:
    places, reach = _places(given), Reach()
    bodies = {body.name: body for body in Organisation.objects.all()}
    programme = Programme.objects.filter(title=passo.PLAN.title, is_demonstration=True).first()
    for each in given:
        record = each.record
        record.pk, record._state.adding = None, True  # noqa: SLF001 (loaded twice in one process: two rows)
        record.census, record.curated_by, record.source = census, by, Source.CENSUS
        record.published_at = census.closes
        record.slug = slugify(record.title)[:80].strip("-")
        record.organisation = bodies.get(record.proponent)
        record.programme = programme if each is ripartecipiamo.PASSO else None
        derive(record, [places[where] for where in each.places], reach)
    Record.objects.bulk_create([each.record for each in given])
    _hang_rows(given, places, bodies, reach)
    made = Record.objects.filter(census=census).select_related("census__programme")
    for record in made.prefetch_related("territories"):
        show_record_in_search(record)


def _places(given: Sequence[Sheetful]) -> Mapping[tuple[str, str], Place]:
    codes = {code for each in given for _kind, code in each.places}
    return {
        (place.kind, place.code): place
        for place in Place.objects.current().filter(code__in=codes).select_related("parent")
    }


def _hang_rows(
    given: Sequence[Sheetful],
    places: Mapping[tuple[str, str], Place],
    bodies: Mapping[str, Organisation],
    reach: Reach,
) -> None:
    tools = {tool.name: tool for tool in Tool.objects.all()}
    territories, reached, partners, extensions, uses = [], [], [], [], []
    for each in given:
        record, keys = each.record, [places[where].pk for where in each.places]
        territories += [_Territories(record=record, place_id=pk) for pk in keys]
        reached += [_Reach(record=record, place_id=pk) for pk in reach.of(keys)]
        partners += [
            RecordBody(record=record, name=name, organisation=bodies.get(name)) for name in each.partners
        ]
        uses += [ToolUse(record=record, tool=tools[name], since=Used.PLANNED) for name in each.planned]
        uses += [
            ToolUse(record=record, tool=tools[name], since=Used.INTRODUCED, instead_of=tools.get(before))
            for name, before in each.introduced
        ]
        if each.extra is not None:
            kind, days = each.extra
            extensions.append(Extension(record=record, kind=kind, days=days))
    _Territories.objects.bulk_create(territories)
    _Reach.objects.bulk_create(reached)
    RecordBody.objects.bulk_create(partners)
    Extension.objects.bulk_create(extensions)
    ToolUse.objects.bulk_create(uses)
