"""Boards of a run sheet: which blocks work on the same, and where its areas lie, in a grid of 1000 by 1000.

A board is named after the block it begins in, and its table unless all share it. A later block that goes on
with it adds its areas above those that stand there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, isqrt

from cantiere.engine.lab.script import Area, GroupsPlan, Script

SIDE = 1000
MOST_AREAS = 12


def _layers(script: Script, block: str) -> Iterator[tuple[str, GroupsPlan]]:
    """A block of work in groups, then those whose boards go on in it, back to the first."""
    seen: set[str] = set()
    while block not in seen:
        seen.add(block)
        step = script.blocks.get(block)
        if step is None or not isinstance(step.plan, GroupsPlan):
            return
        yield block, step.plan
        if not step.plan.goes_on:
            return
        block = step.plan.of


def areas_of(script: Script, block: str) -> tuple[Area, ...]:
    """The areas of the boards in a block, its own first; none where people just talk."""
    layers = [areas for key, plan in _layers(script, block) if (areas := _own(key, plan))]
    shares = len(layers)
    return tuple(
        replace(area, y=(SIDE * place + area.y) // shares, h=area.h // shares)
        for place, areas in enumerate(layers)
        for area in areas
    )


def _own(key: str, plan: GroupsPlan) -> list[Area]:
    """The areas a block brings; beside those of others each is named after its block."""
    return [replace(area, key=f"{key}.{area.key}") if plan.goes_on else area for area in plan.areas]


def board_of(script: Script, block: str, table: str) -> str:
    """The key of the board of a table in a block; empty where there is none."""
    layers = list(_layers(script, block))
    if not any(plan.areas for _key, plan in layers):
        return ""
    begun, plan = layers[-1]
    return begun if plan.shared else f"{begun}.{table}"


def blocks_on(script: Script, board: str) -> dict[str, GroupsPlan]:
    """The blocks that work on a board, in the order of the run sheet."""
    _begun, dot, table = board.partition(".")
    return {
        key: step.plan
        for key, step in script.blocks.items()
        if isinstance(step.plan, GroupsPlan)
        and (not dot or table in {each.key for each in script.tables_of(step.plan)})
        and board
        and board_of(script, key, table) == board
    }


def headings(script: Script, board: str) -> dict[str, tuple[str, str]]:
    """What the areas of a board are called, and which block brought them, by their key."""
    return {
        area.key: (key, area.title)
        for key, plan in blocks_on(script, board).items()
        for area in _own(key, plan)
    }


def columns_for(count: int) -> int:
    """Columns that keep so many areas near to squares: 4 in two, 5 and 6 in three."""
    return max(isqrt(count - 1) + 1, 1) if count else 1


def laid_out(areas: Sequence[Area], columns: int) -> tuple[Area, ...]:
    """The same areas side by side, row by row; those of the last row share its width."""
    rows = ceil(len(areas) / columns) if areas else 0
    placed: list[Area] = []
    for row in range(rows):
        line = areas[row * columns : (row + 1) * columns]
        top, bottom = SIDE * row // rows, SIDE * (row + 1) // rows
        for place, area in enumerate(line):
            left, right = SIDE * place // len(line), SIDE * (place + 1) // len(line)
            placed.append(replace(area, x=left, y=top, w=right - left, h=bottom - top))
    return tuple(placed)
