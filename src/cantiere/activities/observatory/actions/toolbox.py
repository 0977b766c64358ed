"""Methods and digital tools: written, published, loaded."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cantiere.activities.observatory.actions.findable import show_tool_in_search
from cantiere.activities.observatory.models import Tool
from cantiere.activities.observatory.queries.toolbox import names_of
from cantiere.engine.words import fold
from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import log
from cantiere.foundation.core.edit import apply, free_slug

FIELDS = frozenset(
    {
        "kind",
        "name",
        "other_names",
        "good_for",
        "description",
        "group_min",
        "group_max",
        "duration",
        "needs",
        "caution",
        "website",
        "replaces",
    }
)
STARTING_SET = Path(__file__).parents[1] / "data" / "toolbox.toml"


@transaction.atomic
def add_tool(*, by: Person | None, details: Mapping[str, Any]) -> Tool:
    """A tool not yet published."""
    tool = Tool(slug=free_slug(Tool, str(details["name"])))
    _write(tool, details)
    log.record(by=by, verb="observatory.add_tool", target=tool)
    return tool


@transaction.atomic
def edit_tool(*, by: Person | None, tool: Tool, details: Mapping[str, Any]) -> list[str]:
    """Change what is named; the names of what changed."""
    changed = _write(tool, details)
    log.record(by=by, verb="observatory.edit_tool", target=tool, changed=changed)
    return changed


@transaction.atomic
def publish_tool(*, by: Person | None, tool: Tool) -> None:
    """Let everyone see it."""
    if tool.published_at is None:
        tool.published_at = timezone.now()
        tool.save(update_fields=["published_at"])
        show_tool_in_search(tool)
        log.record(by=by, verb="observatory.publish_tool", target=tool)


@transaction.atomic
def take_back_tool(*, by: Person, tool: Tool) -> None:
    """Hide it again; the records keep saying that they used it."""
    tool.published_at = None
    tool.save(update_fields=["published_at"])
    show_tool_in_search(tool)
    log.record(by=by, verb="observatory.take_back_tool", target=tool)


@transaction.atomic
def load_toolbox(*, by: Person | None) -> tuple[int, int]:
    """The tools an installation begins with; those of the same name stay as they are.

    Gives how many were added and how many were there.
    """
    given = tomllib.loads(STARTING_SET.read_text(encoding="utf-8"))["tool"]
    known = {tool.name: tool for tool in Tool.objects.all()}
    new = [each for each in given if each["name"] not in known]
    for each in new:
        details = {name: each[name] for name in FIELDS & each.keys() - {"replaces"}}
        details["other_names"] = "\n".join(each.get("other_names", []))
        known[each["name"]] = add_tool(by=by, details=details)
    for each in new:
        tool = known[each["name"]]
        tool.replaces.add(*(known[name] for name in each.get("replaces", []) if name in known))
        tool.replaced_by.add(*(known[name] for name in each.get("replaced_by", []) if name in known))
        publish_tool(by=by, tool=tool)
    return len(new), len(given) - len(new)


def _write(tool: Tool, details: Mapping[str, Any]) -> list[str]:
    changed = apply(tool, details, allowed=FIELDS)
    folded = fold(" ".join([*names_of(tool), tool.good_for]))
    if folded != tool.folded:
        tool.folded = folded
        tool.save(update_fields=["folded"])
    if tool.published_at is not None:
        show_tool_in_search(tool)
    return changed
