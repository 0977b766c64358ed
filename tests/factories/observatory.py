"""Records and tools for tests, made through the actions unless many are needed."""

import itertools
from collections.abc import Iterable
from typing import Any

from cantiere.activities.observatory import actions
from cantiere.activities.observatory.actions import toolbox
from cantiere.activities.observatory.models import Extension, Record, RecordBody, Tool, ToolUse
from cantiere.foundation.places.models import Place
from cantiere.programmes.models import Activity, Programme
from tests.factories import programmes as make

_numbers = itertools.count(1)


def census(programme: Programme | None = None, *, public: bool = True, **fields: Any) -> Activity:
    """An activity of kind census."""
    return make.activity(programme or make.programme(public=public), kind="census", public=public, **fields)


def record(
    of: Activity | None = None,
    *,
    public: bool = True,
    on: Iterable[Place] = (),
    bodies: Iterable[str] = (),
    extra: int = 0,
    **details: Any,
) -> Record:
    """Public unless told otherwise; partners by name, days of extension and suspension together."""
    details = {"title": f"Processo {next(_numbers)}", "territories": list(on)} | details
    parts = actions.Parts(
        bodies=[RecordBody(name=name) for name in bodies],
        extensions=[Extension(kind="both", days=extra)] if extra else [],
    )
    made = actions.add_record(by=None, census=of or census(), details=details, parts=parts)
    if public:
        actions.publish_record(by=None, record=made)
    return Record.objects.select_related(*Record.address_related).get(pk=made.pk)


def tool(name: str = "", *, public: bool = True, **details: Any) -> Tool:
    """A method, public unless told otherwise."""
    details = {"kind": "method", "name": name or f"Metodo {next(_numbers)}"} | details
    made = toolbox.add_tool(by=None, details=details)
    if public:
        toolbox.publish_tool(by=None, tool=made)
    return Tool.objects.get(pk=made.pk)


def use(record: Record, tool: Tool, since: str = "planned", instead_of: Tool | None = None) -> ToolUse:
    """A process used a tool."""
    return ToolUse.objects.create(record=record, tool=tool, since=since, instead_of=instead_of)
