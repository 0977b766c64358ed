"""Questionnaires: what is asked, when a question applies, and what an answer is worth."""

from cantiere.engine.questionnaire.history import compare
from cantiere.engine.questionnaire.reading import from_json
from cantiere.engine.questionnaire.schema import (
    OTHER,
    Choice,
    Expression,
    Group,
    Kind,
    Question,
    Schema,
    SchemaError,
    digest,
    to_json,
)

__all__ = [
    "OTHER",
    "Choice",
    "Expression",
    "Group",
    "Kind",
    "Question",
    "Schema",
    "SchemaError",
    "compare",
    "digest",
    "from_json",
    "to_json",
]
