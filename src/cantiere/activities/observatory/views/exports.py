"""Sheets of records to take home, with the columns that an import reads."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.utils import timezone

from cantiere.activities.observatory.models import Census, Record
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries import find
from cantiere.activities.observatory.queries.exports import HEADERS, as_csv, as_json, as_xlsx
from cantiere.activities.observatory.views.imports import attachment
from cantiere.activities.observatory.views.records import filters
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core import sheets
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import limited


def _sheet(pieces: Iterable[bytes], form: str, name: str) -> StreamingHttpResponse:
    return attachment(pieces, form, f"{name}-{timezone.localdate():%Y-%m-%d}.{form}")


@requires("observatory.curate", Census)
def census_csv(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """All records of a census, drafts too."""
    return _sheet(as_csv(Record.objects.of(census.activity)), "csv", census.activity.slug)


@requires("observatory.curate", Census)
def census_xlsx(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """All records of a census, drafts too."""
    return _sheet(as_xlsx(Record.objects.of(census.activity)), "xlsx", census.activity.slug)


@requires("observatory.curate", Census)
def census_json(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """All records of a census, drafts too, for programs."""
    return _sheet(as_json(Record.objects.of(census.activity)), "json", census.activity.slug)


@requires("observatory.curate", Census)
def census_model(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """A sheet to fill in: the columns, no rows."""
    return attachment(
        sheets.write_xlsx(HEADERS, [], name="Schede"), "xlsx", f"{census.activity.slug}-modello.xlsx"
    )


@public
@limited("sheet")
def sheet_csv(request: Request) -> StreamingHttpResponse:
    """The public records under the filters of the page, in a sheet that an import reads."""
    return _sheet(as_csv(_found(request), for_all=True), "csv", "schede")


@public
@limited("sheet")
def sheet_xlsx(request: Request) -> StreamingHttpResponse:
    """The same for Excel."""
    return _sheet(as_xlsx(_found(request), for_all=True), "xlsx", "schede")


def _found(request: Request) -> RecordQuerySet:
    return find.found(filters(request).question)
