"""Sheets of records to take home, with the columns that an import reads."""

from django.http import StreamingHttpResponse
from django.utils import timezone

from cantiere.activities.observatory.models import Census, Record
from cantiere.activities.observatory.models.record import RecordQuerySet
from cantiere.activities.observatory.queries import find
from cantiere.activities.observatory.queries.exports import HEADERS, WRITERS
from cantiere.activities.observatory.views.imports import attachment
from cantiere.activities.observatory.views.records import filters
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.core import sheets
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import limited


def _sheet(records: RecordQuerySet, form: str, name: str) -> StreamingHttpResponse:
    return attachment(WRITERS[form](records), form, f"{name}-{timezone.localdate():%Y-%m-%d}.{form}")


@requires("observatory.curate", Census)
def census_csv(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """All records of a census, drafts too."""
    return _sheet(Record.objects.of(census.activity), "csv", census.activity.slug)


@requires("observatory.curate", Census)
def census_xlsx(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """All records of a census, drafts too."""
    return _sheet(Record.objects.of(census.activity), "xlsx", census.activity.slug)


@requires("observatory.curate", Census)
def census_json(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """All records of a census, drafts too, for programs."""
    return _sheet(Record.objects.of(census.activity), "json", census.activity.slug)


@requires("observatory.curate", Census)
def census_model(_request: SignedIn, census: Census) -> StreamingHttpResponse:
    """A sheet to fill in: the columns, no rows."""
    return attachment(
        sheets.write_xlsx(HEADERS, [], name="Schede"), "xlsx", f"{census.activity.slug}-modello.xlsx"
    )


@public
@limited("export")
def records_xlsx(request: Request) -> StreamingHttpResponse:
    """The public records under the filters of the page, in a sheet that an import reads."""
    return _sheet(find.found(filters(request).question), "xlsx", "osservatorio")
