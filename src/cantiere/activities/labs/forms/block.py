"""A block of the run sheet: its words, and the plan of its kind."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from cantiere.activities.labs.forms.groups_plan import GroupsPlanForm
from cantiere.activities.labs.forms.plans import (
    BreakPlanForm,
    HarvestPlanForm,
    Place,
    PlanForm,
    PlenaryPlanForm,
    QuestionPlanForm,
    VotePlanForm,
)
from cantiere.activities.labs.models import Block
from cantiere.programmes.forms import DetailsForm, Together

PLAN_FORMS: dict[str, type[PlanForm]] = {
    Block.Kind.PLENARY: PlenaryPlanForm,
    Block.Kind.QUESTION: QuestionPlanForm,
    Block.Kind.GROUPS: GroupsPlanForm,
    Block.Kind.BREAK: BreakPlanForm,
    Block.Kind.HARVEST: HarvestPlanForm,
    Block.Kind.VOTE: VotePlanForm,
}


class BlockForm(DetailsForm[Block]):
    """What every block has; ``material`` and ``hands_on`` are for the team alone."""

    class Meta:
        model = Block
        fields = ("title", "goal", "minutes", "material", "hands_on")
        widgets = {
            "goal": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "minutes": forms.NumberInput({"class": "form-narrow", "min": 1, "inputmode": "numeric"}),
            "material": forms.Textarea(attrs={"rows": 4}),
            "hands_on": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
        }


class ShortBlockForm(DetailsForm[Block]):
    """What is changed in the run sheet itself, without leaving it."""

    class Meta:
        model = Block
        fields = ("title", "goal", "minutes")
        widgets = {
            "goal": forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
            "minutes": forms.NumberInput({"class": "form-narrow", "min": 1, "inputmode": "numeric"}),
        }


class BlockEditor(Together):
    """The words and the plan: one page, one sending."""

    def __init__(self, block: Block, place: Place, data: Any = None) -> None:
        self.words = BlockForm(data, row=block)
        self.plan: PlanForm = PLAN_FORMS[block.kind](data, plan=block.read_plan, place=place)
        super().__init__(self.words, self.plan)

    @classmethod
    def turned(cls, block: Block, place: Place, data: Any) -> "BlockEditor":
        """What was written so far, with the fields another choice asks for; nothing is checked or kept."""
        editor = cls(block, place, PLAN_FORMS[block.kind].turn(data.copy()))
        for part in [*editor.parts, *editor.rows()]:
            part._errors = ErrorDict()  # noqa: SLF001 (only to show)
        return editor

    def rows(self) -> Any:
        return self.plan.rows()
