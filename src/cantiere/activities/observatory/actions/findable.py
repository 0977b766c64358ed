"""Keeping the index of the site true about records and tools."""

from django.db import transaction

from cantiere.activities.observatory.models import Record, Tool
from cantiere.activities.observatory.queries.found import findable_record, key_of
from cantiere.activities.observatory.queries.toolbox import findable_tool
from cantiere.foundation.search import actions as search


@transaction.atomic
def show_record_in_search(record: Record) -> None:
    """Findable as it stands now, or no longer."""
    if record.is_public and record.census.is_public:
        search.index(**findable_record(record))
    else:
        search.remove(key=key_of(record.pk))


@transaction.atomic
def show_tool_in_search(tool: Tool) -> None:
    """Findable as it stands now, or no longer."""
    if tool.published_at is not None:
        search.index(**findable_tool(tool))
    else:
        search.remove(key=f"tool:{tool.pk}")
