"""All entries of a map as a sheet, for the team."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cantiere.activities.innovators import datasets
from cantiere.activities.innovators.models import InnovatorMap
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.sheets.writing import write_csv, write_xlsx

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sheet(chunks: Iterator[bytes], own: InnovatorMap, ending: str) -> StreamingHttpResponse:
    """A file to download, piece by piece, which nobody on the way may keep."""
    answer = StreamingHttpResponse(chunks, content_type=TYPES[ending])
    name = content_disposition_header(as_attachment=True, filename=f"{own.activity.slug}.{ending}")
    answer["Content-Disposition"] = name or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires("innovators.curate", InnovatorMap)
@require_safe
def team_csv(request: Request, innovator_map: InnovatorMap) -> StreamingHttpResponse:  # noqa: ARG001 (a view)
    """As CSV."""
    columns = [column.description for column in datasets.team_columns()]
    return sheet(write_csv(columns, datasets.team_rows(innovator_map)), innovator_map, "csv")


@requires("innovators.curate", InnovatorMap)
@require_safe
def team_xlsx(request: Request, innovator_map: InnovatorMap) -> StreamingHttpResponse:  # noqa: ARG001 (a view)
    """As a spreadsheet."""
    columns = [column.description for column in datasets.team_columns()]
    return sheet(write_xlsx(columns, datasets.team_rows(innovator_map)), innovator_map, "xlsx")
