"""What an expression is worth, given the answers so far. Nothing a parsed expression does can fail."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cantiere.engine.questionnaire.expressions.coercion import (
    Value,
    answer_of,
    date_text,
    number_of,
    text_of,
    truth_of,
)
from cantiere.engine.questionnaire.expressions.tree import Ast
from cantiere.engine.questionnaire.patterns import matches

_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Known:
    answers: Mapping[str, Any]
    own: Any
    today: date


def evaluate(tree: Ast, answers: Mapping[str, Any], *, today: date, own: Any = None) -> Value:
    """A bool, a float or a string; ``own`` is the answer that ``.`` speaks of."""
    return _value(tree, _Known(answers, own, today))


def truth(tree: Ast, answers: Mapping[str, Any], *, today: date, own: Any = None) -> bool:
    """Whether an expression holds."""
    return truth_of(evaluate(tree, answers, today=today, own=own))


def _value(tree: Ast, known: _Known) -> Value:
    if "ref" in tree:
        return answer_of(known.answers.get(tree["ref"]))
    if "own" in tree:
        return answer_of(known.own)
    if "op" in tree:
        return _operation(tree["op"], tree["args"], known)
    if "call" in tree:
        return _call(tree["call"], tree["args"], known)
    return answer_of(tree["value"])


def _operation(operator: str, arguments: list[Ast], known: _Known) -> Value:
    if operator == "and":
        return all(truth_of(_value(each, known)) for each in arguments)
    if operator == "or":
        return any(truth_of(_value(each, known)) for each in arguments)
    if operator == "neg":
        return -number_of(_value(arguments[0], known))
    left, right = (_value(each, known) for each in arguments)
    if operator in {"=", "!="}:
        return _equal(left, right) == (operator == "=")
    return _BINARY[operator](number_of(left), number_of(right))


def _equal(left: Value, right: Value) -> bool:
    """Truth against truth if one is a bool, numbers if one is a number, texts otherwise."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth_of(left) == truth_of(right)
    if isinstance(left, float) or isinstance(right, float):
        return number_of(left) == number_of(right)
    return left == right


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _left_over(left: float, right: float) -> float:
    """With the sign of the left side, as XPath and JavaScript have it."""
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


_BINARY: dict[str, Callable[[float, float], Value]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _left_over,
}


def _call(name: str, arguments: list[Ast], known: _Known) -> Value:
    if name == "if":
        chosen = 1 if truth_of(_value(arguments[0], known)) else 2
        return _value(arguments[chosen], known)
    if name == "coalesce":
        first = _value(arguments[0], known)
        return first if text_of(first) else _value(arguments[1], known)
    if name == "today":
        return known.today.isoformat()
    return _FUNCTIONS[name](*(_value(each, known) for each in arguments))


def _codes(value: Value) -> list[str]:
    return [code for code in _SPACES.split(text_of(value)) if code]


def _whole(value: Value) -> float:
    number = number_of(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(value: Value) -> float:
    """Halves go up, as in XPath."""
    number = number_of(value)
    return float(math.floor(number + 0.5)) if math.isfinite(number) else number


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "not": lambda value: not truth_of(value),
    "true": lambda: True,
    "false": lambda: False,
    "boolean": truth_of,
    "number": number_of,
    "string": text_of,
    "selected": lambda value, code: text_of(code).strip() in _codes(value),
    "count-selected": lambda value: float(len(_codes(value))),
    "string-length": lambda value: float(len(text_of(value))),
    "concat": lambda *values: "".join(map(text_of, values)),
    "contains": lambda value, part: text_of(part) in text_of(value),
    "starts-with": lambda value, part: text_of(value).startswith(text_of(part)),
    "date": date_text,
    "int": _whole,
    "round": _round,
    "regex": lambda value, pattern: matches(text_of(pattern), text_of(value)),
}
