"""A method of working together, as blocks of a run sheet ready to be used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cantiere.engine.lab.layout import columns_for, laid_out
from cantiere.engine.lab.script import Area, Plan


@dataclass(frozen=True)
class Step:
    """A block of a method; ``follows`` is the place in it of the step whose groups or notes it takes."""

    plan: Plan
    title: str
    goal: str
    minutes: int
    material: str = ""
    hands_on: str = ""
    follows: int | None = None


@dataclass(frozen=True)
class Method:
    """What it is good for, for how many, what one needs; ``board`` are the areas of its board, if any."""

    key: str
    name: str
    summary: str
    good_for: str
    people: str
    group_size: str
    materials: str
    steps: Sequence[Step]
    board: Sequence[Area] = ()

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(step.minutes for step in self.steps)


Recipe = Callable[[], Method]
"""A method is made when it is read, in the language of whoever reads it."""


def board(*areas: tuple[str, str], columns: int = 0) -> tuple[Area, ...]:
    """Areas of a board from titles and prompts, side by side; as near to squares as can be unless told."""
    rows = [Area(f"a{place}", title, prompt) for place, (title, prompt) in enumerate(areas, 1)]
    return laid_out(rows, columns or columns_for(len(rows)))
