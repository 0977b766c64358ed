"""Expressions as XLSForm writes them, parsed once to JSON that any interpreter can run."""

from cantiere.engine.questionnaire.expressions.coercion import day_of, text_of
from cantiere.engine.questionnaire.expressions.evaluation import evaluate, truth
from cantiere.engine.questionnaire.expressions.parsing import ExpressionError, parse
from cantiere.engine.questionnaire.expressions.printing import references, show, uses_own_value
from cantiere.engine.questionnaire.expressions.tree import Ast

__all__ = [
    "Ast",
    "ExpressionError",
    "day_of",
    "evaluate",
    "parse",
    "references",
    "show",
    "text_of",
    "truth",
    "uses_own_value",
]
