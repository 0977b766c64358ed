"""Plans of blocks: for each kind the questions that matter, and whether the block can run as written."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs.models import Block
from cantiere.activities.labs.sentences import WHY
from cantiere.engine.lab import Block as Step
from cantiere.engine.lab import Plan, PlenaryPlan, QuestionPlan, VotePlan
from cantiere.engine.lab.checking import missing, sources
from cantiere.engine.lab.options import LONGEST_OPTION, MOST_OPTIONS, kept, lines_of

NUMBER = {"class": "form-narrow", "inputmode": "numeric"}
LONGEST_PROMPT = 240


@dataclass(frozen=True)
class Place:
    """Where a block stands: the blocks before it, and the groups there are, by key their names."""

    earlier: Sequence[Step] = ()
    tables: Mapping[str, str] = field(default_factory=dict)

    def sources(self, plan: Plan) -> list[tuple[str, str]]:
        """For a form: the blocks that a plan may follow."""
        return [(block.key, block.title) for block in sources(plan, self.earlier)]


class PlanForm(forms.Form):
    """Checks what was written of a plan; :attr:`plan` is it, once it is valid.

    ``turns`` is the field whose choice decides which others are asked: they are in ``FIELDS`` by that choice.
    """

    turns: ClassVar[str] = ""
    FIELDS: ClassVar[Mapping[str, Sequence[str]]] = {}
    later: ClassVar[frozenset[str]] = frozenset({"no_groups"})
    """What may still be missing when the plan is written."""

    def __init__(self, data: Any = None, *, plan: Plan, place: Place) -> None:
        super().__init__(data, initial=self.first(plan))
        self.before, self.place = plan, place
        if self.turns:
            sent = str((data or {}).get(self.turns))
            asked = {self.turns, *self.FIELDS[sent if sent in self.FIELDS else getattr(plan, self.turns)]}
            for name in [name for name in self.fields if name not in asked]:
                del self.fields[name]

    @classmethod
    def turn(cls, data: Any) -> Any:
        """What was sent with a button that only changes which fields are asked, made ready to be shown."""
        return data

    def rows(self) -> Iterable[forms.Form]:
        """Repeated parts; none by default."""
        return ()

    def first(self, plan: Plan) -> dict[str, Any]:
        """The values of the fields as the plan has them."""
        return {name: getattr(plan, name) for name in self.base_fields if hasattr(plan, name)}

    def built(self, given: Mapping[str, Any]) -> Plan:
        """The plan that checked values make."""
        return replace(self.before, **given)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors or any(row.errors for row in self.rows()):
            return cleaned
        self.plan = self.built(cleaned)
        step = Step("", self.plan, "")
        for name, code in missing(step, self.place.earlier, self.place.tables):
            if code not in self.later:
                self.add_error(name if name in self.fields else None, str(WHY[code]))
        return cleaned

    def offer_sources(self, plan: Plan, nothing: Any) -> None:
        """Let ``of`` choose among the earlier blocks that fit."""
        offered = self.place.sources(plan)
        asked = cast("forms.ChoiceField", self.fields["of"])
        asked.choices = [("", _("Choose the block") if offered else nothing), *offered]


class BreakPlanForm(PlanForm):
    """A pause has no plan."""


class PlenaryPlanForm(PlanForm):
    """Everybody together."""

    speaker = forms.CharField(
        label=_("Who speaks"),
        max_length=160,
        required=False,
        help_text=_("People read it on their phones. Leave empty if it is you."),
    )
    before: PlenaryPlan


class QuestionPlanForm(PlanForm):
    """A live question: of each kind only the fields that matter."""

    turns = "asks"
    ALWAYS = ("prompt", "hidden")
    FIELDS: ClassVar[Mapping[str, Sequence[str]]] = {
        "ideas": (*ALWAYS, "most", "named", "moderated", "upvotes", "standing"),
        "words": (*ALWAYS, "most"),
        "single": (*ALWAYS, "options"),
        "multiple": (*ALWAYS, "options", "most"),
        "scale": (*ALWAYS, "steps", "low", "high"),
        "ranking": (*ALWAYS, "options"),
        "points": (*ALWAYS, "options"),
        "statements": (*ALWAYS, "options"),
        "quiz": (*ALWAYS, "options", "right"),
        "pin": ALWAYS,
    }
    asks = forms.ChoiceField(label=_("How people answer"), choices=Block.Asks.choices)
    prompt = forms.CharField(
        label=_("Question"),
        max_length=LONGEST_PROMPT,
        required=False,  # that it is missing is said by what a block needs to run
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
        help_text=_("As people read it on their phones and on the screen."),
    )
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line. Correcting the words of one keeps the votes it has."),
    )
    right = forms.IntegerField(
        label=_("Which line is the right answer"),
        min_value=1,
        required=False,
        widget=forms.NumberInput(NUMBER),
        help_text=_("1 is the first line."),
    )
    most = forms.IntegerField(
        label=_("At most, for each person"), min_value=1, max_value=20, widget=forms.NumberInput(NUMBER)
    )
    steps = forms.IntegerField(
        label=_("Steps of the scale"), min_value=2, max_value=10, widget=forms.NumberInput(NUMBER)
    )
    low = forms.CharField(label=_("Words beside the lowest step"), max_length=40, required=False)
    high = forms.CharField(label=_("Words beside the highest step"), max_length=40, required=False)
    hidden = forms.BooleanField(
        label=_("results stay hidden until you show them"),
        required=False,
        help_text=_("So nobody answers what the others answer."),
    )
    named = forms.BooleanField(label=_("names are shown beside the ideas"), required=False)
    moderated = forms.BooleanField(
        label=_("you read each idea before the others do"),
        required=False,
        help_text=_("Someone at the desk lets them through. Not needed among people who know each other."),
    )
    upvotes = forms.BooleanField(label=_("people support each other's ideas"), required=False)
    standing = forms.BooleanField(
        label=_("it stays at hand during the other blocks"),
        required=False,
        help_text=_("As questions to the speakers do."),
    )
    before: QuestionPlan

    def first(self, plan: Plan) -> dict[str, Any]:
        own = cast("QuestionPlan", plan)
        keys = [option.key for option in own.options]
        low, high = [*own.labels, "", ""][:2]
        return super().first(plan) | {
            "options": "\n".join(option.text for option in own.options),
            "right": keys.index(own.right[0]) + 1 if own.right and own.right[0] in keys else None,
            "low": low,
            "high": high,
        }

    def clean_options(self) -> list[str]:
        lines = lines_of(self.cleaned_data["options"])
        if len(lines) > MOST_OPTIONS:
            raise forms.ValidationError(_("At most 20 answers: people must read them on a phone."))
        if any(len(line) > LONGEST_OPTION for line in lines):
            raise forms.ValidationError(_("One of the answers is longer than 120 signs: shorten it."))
        if len({line.casefold() for line in lines}) < len(lines):
            raise forms.ValidationError(_("Two answers say the same: change or remove one."))
        return lines

    def built(self, given: Mapping[str, Any]) -> QuestionPlan:
        """Only what this kind of question asks; the rest as it is in a new plan."""
        fields: dict[str, Any] = {
            name: given[name]
            for name in (
                "asks",
                "prompt",
                "most",
                "steps",
                "hidden",
                "named",
                "moderated",
                "upvotes",
                "standing",
            )
            if name in given
        }
        options = kept(self.before.options, given.get("options") or [], lambda: f"o{secrets.token_hex(2)}")
        right = given.get("right")
        if "right" in given and right is not None and right <= len(options):
            fields["right"] = (options[right - 1].key,)
        labels = (given.get("low", ""), given.get("high", ""))
        return QuestionPlan(**fields, options=options, labels=labels if any(labels) else ())


class VotePlanForm(PlanForm):
    """Everybody weighs what came out of an earlier block."""

    of = forms.ChoiceField(label=_("What is weighed"), required=False)
    prompt = forms.CharField(
        label=_("Question"),
        max_length=LONGEST_PROMPT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
    )
    asks = forms.ChoiceField(
        label=_("How people vote"),
        choices=[("multiple", _("They choose some")), ("points", _("They share out a hundred points"))],
        widget=forms.RadioSelect,
    )
    most = forms.IntegerField(
        label=_("How many each person may choose"),
        min_value=1,
        max_value=20,
        widget=forms.NumberInput(NUMBER),
    )
    hidden = forms.BooleanField(label=_("results stay hidden until you show them"), required=False)
    before: VotePlan

    def __init__(self, data: Any = None, *, plan: Plan, place: Place) -> None:
        super().__init__(data, plan=plan, place=place)
        self.offer_sources(plan, WHY["nothing_to_weigh"])


class HarvestPlanForm(PlanForm):
    """What the groups found, or people wrote, comes before everybody."""

    of = forms.ChoiceField(label=_("What is gathered"), required=False)

    def __init__(self, data: Any = None, *, plan: Plan, place: Place) -> None:
        super().__init__(data, plan=plan, place=place)
        self.offer_sources(plan, WHY["nothing_to_gather"])
