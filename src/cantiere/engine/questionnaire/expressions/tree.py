"""The shape of a parsed expression: JSON objects, so that it can be stored and run in a browser too.

========================================  ============================================================
``{"value": 3}`` ``{"value": "yes"}``     a number or a string
``{"ref": "age"}``                        the answer to another question, ``${age}``
``{"own": true}``                         the answer to the question itself, ``.``
``{"op": "and", "args": [..]}``           ``and`` ``or`` with two or more; the other operators with two
``{"op": "neg", "args": [..]}``           minus before one
``{"call": "selected", "args": [..]}``    a function of :data:`FUNCTIONS`
========================================  ============================================================
"""

from typing import Any

Ast = dict[str, Any]

# Name → fewest and most arguments.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "not": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "boolean": (1, 1),
    "number": (1, 1),
    "string": (1, 1),
    "selected": (2, 2),
    "count-selected": (1, 1),
    "string-length": (1, 1),
    "concat": (1, 20),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "if": (3, 3),
    "coalesce": (2, 2),
    "today": (0, 0),
    "date": (1, 1),
    "int": (1, 1),
    "round": (1, 1),
    "regex": (2, 2),
}

# How tightly each operator binds; all of them lean to the left.
BINDING: dict[str, int] = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
NEGATION = 7
FLAT = frozenset({"and", "or"})  # several in a row are one node
