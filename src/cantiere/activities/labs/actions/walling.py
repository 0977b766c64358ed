"""The wall: what stands on the boards of the groups, brought before everybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cantiere.activities.labs.actions.chair import REFUSALS, Chair
from cantiere.engine.board_content import BoardContent
from cantiere.engine.lab import GroupsPlan, HarvestPlan, LabState
from cantiere.engine.lab.judging import MOST_ON_A_WALL
from cantiere.engine.lab.layout import board_of, headings
from cantiere.engine.live import State
from cantiere.foundation.live.boards import queries as boards

Item = dict[str, Any]


def gather(*, chair: Chair, block: str) -> int:
    """Put clusters and loose notes of a block's boards on the wall, those with most dots first.

    ``block`` is the work in groups, or the gathering that comes after it. Gathered again, the wall is made
    anew. Gives how many things stand on it.
    """
    source = chair.asks(lambda state: _source(state, block))
    if source is None:
        raise ValidationError(_("There are no boards to gather here."))
    written = boards.contents(chair.room)
    items = [
        item
        for key, name in source.boards.items()
        if key in written
        for item in _items(_without(written[key], source.elsewhere), name)
    ]
    if not items:
        raise ValidationError(_("Nothing stands on the boards yet."))
    items.sort(key=lambda item: -item["dots"])
    kept = [{name: item[name] for name in ("ref", "text", "group", "count")} for item in items]
    chair.does("wall", source.block, items=kept[:MOST_ON_A_WALL])
    return min(len(kept), MOST_ON_A_WALL)


def take_off(*, chair: Chair, block: str, ref: str) -> None:
    """Take one thing off the wall; the board keeps it."""
    source = chair.asks(lambda state: _source(state, block))
    if source is None:
        raise ValidationError(REFUSALS["block"])
    items = chair.asks(lambda state: [dict(item) for item in state.own.wall.get(source.block, ())])
    chair.does("wall", source.block, items=[item for item in items if str(item["ref"]) != ref])


@dataclass(frozen=True)
class _Source:
    """The block whose boards are meant: their keys with the names of their groups.

    ``elsewhere`` are areas that other blocks brought to the same boards; a block without areas of its own
    means all that stands there.
    """

    block: str
    boards: Mapping[str, str]
    elsewhere: frozenset[str]


def _source(state: State[LabState], block: str) -> _Source | None:
    script = state.own.script
    step = script.blocks.get(block)
    if step is not None and isinstance(step.plan, HarvestPlan):
        step = script.blocks.get(step.plan.of)
    if step is None or not isinstance(step.plan, GroupsPlan):
        return None
    named = {board_of(script, step.key, table.key): table.name for table in script.tables_of(step.plan)}
    named.pop("", None)
    if not named:
        return None
    brought = headings(script, next(iter(named))) if step.plan.areas else {}
    elsewhere = frozenset(area for area, (key, _title) in brought.items() if key != step.key)
    return _Source(step.key, {key: name if "." in key else "" for key, name in named.items()}, elsewhere)


def _without(content: BoardContent, areas: Collection[str]) -> BoardContent:
    """What stands outside of these areas."""
    return replace(
        content,
        notes=tuple(note for note in content.notes if note.area not in areas),
        clusters=tuple(cluster for cluster in content.clusters if cluster.area not in areas),
    )


def _items(content: BoardContent, group: str) -> list[Item]:
    """Clusters with as many people as wrote their notes, then the notes that stand alone."""
    authors: dict[str, set[str]] = {}
    for note in content.notes:
        if note.cluster:
            authors.setdefault(note.cluster, set()).add(note.by)
    dots = content.dots
    found = [
        {
            "ref": cluster.id,
            "text": cluster.title or _("(no title)"),
            "group": group,
            "count": len(authors.get(cluster.id, ())),
            "dots": dots[cluster.id]
            + sum(dots[note.id] for note in content.notes if note.cluster == cluster.id),
        }
        for cluster in content.clusters
    ]
    return found + [
        {"ref": note.id, "text": note.text, "group": group, "count": 1, "dots": dots[note.id]}
        for note in content.notes
        if not note.cluster and note.text.strip()
    ]
