"""Methods of working together that others have tried, ready as blocks of a run sheet."""

from cantiere.activities.labs.methods import conversing, imagining, looking
from cantiere.activities.labs.methods.step import Method, Recipe, Step
from cantiere.engine.lab.script import Area

_RECIPES: dict[str, Recipe] = {
    "world-cafe": conversing.world_cafe,
    "1-2-4-all": conversing.one_two_four_all,
    "six-hats": conversing.six_hats,
    "swot": looking.swot,
    "empathy-map": looking.empathy_map,
    "stakeholder-map": looking.stakeholder_map,
    "journey": looking.journey,
    "how-might-we": imagining.how_might_we,
    "future-headlines": imagining.future_headlines,
    "impact-effort": imagining.impact_effort,
    "lotus": imagining.lotus,
    "canvas": imagining.canvas,
}


def methods() -> list[Method]:
    """All of them, in the order of the shelf."""
    return [recipe() for recipe in _RECIPES.values()]


def method(key: str) -> Method | None:
    """The one of this key."""
    recipe = _RECIPES.get(key)
    return recipe() if recipe is not None else None


def board_of(key: str) -> tuple[Area, ...]:
    """The areas of a method's board; none where it has none."""
    found = method(key)
    return tuple(found.board) if found is not None else ()


__all__ = ["Method", "Step", "board_of", "method", "methods"]
