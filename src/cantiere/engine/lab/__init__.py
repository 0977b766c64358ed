"""Laboratories: a run sheet, what happens while it runs, and what each of those present sees of it."""

from cantiere.engine.lab.rules import LabRules
from cantiere.engine.lab.script import (
    Block,
    BreakPlan,
    GroupsPlan,
    HarvestPlan,
    Option,
    Plan,
    PlenaryPlan,
    QuestionPlan,
    Script,
    Table,
    VotePlan,
    plan_of,
)
from cantiere.engine.lab.state import Answers, Idea, LabState

__all__ = [
    "Answers",
    "Block",
    "BreakPlan",
    "GroupsPlan",
    "HarvestPlan",
    "Idea",
    "LabRules",
    "LabState",
    "Option",
    "Plan",
    "PlenaryPlan",
    "QuestionPlan",
    "Script",
    "Table",
    "VotePlan",
    "plan_of",
]
