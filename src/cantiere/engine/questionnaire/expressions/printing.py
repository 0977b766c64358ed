"""From tree back to text, and what a tree speaks of."""

from collections.abc import Iterator

from cantiere.engine.questionnaire.expressions.coercion import text_of
from cantiere.engine.questionnaire.expressions.tree import BINDING, FLAT, NEGATION, Ast


def show(tree: Ast) -> str:
    """The expression as one would write it; parsing it gives the same tree."""
    return _show(tree, 0)


def _show(tree: Ast, least: int) -> str:
    if "ref" in tree:
        return f"${{{tree['ref']}}}"
    if "own" in tree:
        return "."
    if "call" in tree:
        return f"{tree['call']}({', '.join(_show(each, 0) for each in tree['args'])})"
    if "op" in tree:
        return _operation(tree["op"], tree["args"], least)
    value = tree["value"]
    if isinstance(value, str):
        return f'"{value}"' if "'" in value else f"'{value}'"
    return text_of(float(value))


def _operation(operator: str, arguments: list[Ast], least: int) -> str:
    if operator == "neg":
        binding, written = NEGATION, f"-{_show(arguments[0], NEGATION)}"
    else:
        binding = BINDING[operator]
        # The left side may be of the same strength, the right side must be stronger.
        first = binding + 1 if operator in FLAT else binding
        sides = [_show(arguments[0], first), *(_show(each, binding + 1) for each in arguments[1:])]
        written = f" {operator} ".join(sides)
    return f"({written})" if binding < least else written


def _nodes(tree: Ast) -> Iterator[Ast]:
    yield tree
    for child in tree.get("args", ()):
        yield from _nodes(child)


def references(tree: Ast) -> list[str]:
    """The questions an expression speaks of, each once, in order."""
    return list(dict.fromkeys(node["ref"] for node in _nodes(tree) if "ref" in node))


def uses_own_value(tree: Ast) -> bool:
    """Whether it speaks of the question's own answer, ``.``."""
    return any("own" in node for node in _nodes(tree))
