"""Live questions: what an answer may be, and what many answers say together."""

from cantiere.engine.voting.questions import Question, RefusedError, clean, marks
from cantiere.engine.voting.results import Line, Result, Tally, result, shift

__all__ = ["Line", "Question", "RefusedError", "Result", "Tally", "clean", "marks", "result", "shift"]
