"""The plan of work in groups: who sits where, and the board they work on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cantiere.activities.labs import methods
from cantiere.activities.labs.forms.plans import NUMBER, Place, PlanForm
from cantiere.activities.labs.sentences import WHY
from cantiere.engine.lab import GroupsPlan, Plan
from cantiere.engine.lab.layout import MOST_AREAS, SIDE, columns_for, laid_out
from cantiere.engine.lab.script import BALANCED, BY_HAND, CHOSEN, ROTATE, SAME, TRAITS, Area

TURN, ADD_AREA, USE_BOARD = "turn", "area", "board"


class AreaForm(forms.Form):
    """A part of the board; an empty title leaves it out. Where it lies travels along unseen."""

    key = forms.RegexField(r"^[a-z0-9]{1,8}$", required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    prompt = forms.CharField(
        label=_("What belongs there"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-short"}),
    )
    x = forms.IntegerField(min_value=0, max_value=SIDE, required=False, widget=forms.HiddenInput)
    y = forms.IntegerField(min_value=0, max_value=SIDE, required=False, widget=forms.HiddenInput)
    w = forms.IntegerField(min_value=1, max_value=SIDE, required=False, widget=forms.HiddenInput)
    h = forms.IntegerField(min_value=1, max_value=SIDE, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("prompt") and not cleaned.get("title"):
            self.add_error("title", _("Give the area a title, or empty what belongs there to leave it out."))
        return cleaned


Areas = forms.formset_factory(
    AreaForm, extra=0, max_num=MOST_AREAS, absolute_max=MOST_AREAS, validate_max=True
)


class GroupsPlanForm(PlanForm):
    """Work in groups: of each way of making them only the fields that matter."""

    turns = "assign"
    ALWAYS = ("tables", "arrange", "shared", "shape", "dots", "method", "board")
    FIELDS: ClassVar[Mapping[str, Sequence[str]]] = {
        BALANCED: ("spread", *ALWAYS),
        CHOSEN: ("size", *ALWAYS),
        BY_HAND: ALWAYS,
        ROTATE: ("of", "goes_on", *ALWAYS),
        SAME: ("of", "goes_on", *ALWAYS),
    }

    assign = forms.ChoiceField(
        label=_("Who sits where"),
        choices=[
            (BALANCED, _("Dealt by the computer, in groups of the same size")),
            (CHOSEN, _("Each person chooses a group")),
            (BY_HAND, _("You seat people from the desk")),
            (ROTATE, _("People change table and meet others than before")),
            (SAME, _("As they sat in an earlier block")),
        ],
        widget=forms.RadioSelect,
    )
    of = forms.ChoiceField(label=_("The groups of which block"), required=False)
    goes_on = forms.BooleanField(
        label=_("each table goes on with the board it has"),
        required=False,
        help_text=_(
            "People find what those before wrote; the areas of this block come above. Otherwise new boards."
        ),
    )
    spread = forms.MultipleChoiceField(
        label=_("Spread over the groups"),
        choices=[
            ("place", _("municipalities")),
            ("actor", _("kinds of actor: citizens, firms, public bodies")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As far as people said it when they joined: ask for it on the page “Prepare”."),
    )
    size = forms.IntegerField(
        label=_("Seats at each table"),
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(NUMBER),
        help_text=_("0: as many as want to."),
    )
    tables = forms.MultipleChoiceField(
        label=_("Which groups work"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to use all of them."),
    )
    board = forms.ChoiceField(label=_("A board that others have tried"), required=False)
    arrange = forms.ChoiceField(
        label=_("How the areas lie"),
        choices=[
            ("", _("As they are")),
            ("grid", _("In a grid")),
            ("columns", _("One beside the other")),
            ("rows", _("One below the other")),
        ],
        required=False,
    )
    shared = forms.BooleanField(
        label=_("one board for all groups"),
        required=False,
        help_text=_("Otherwise each group has its own. One board bears thirty people."),
    )
    shape = forms.BooleanField(
        label=_("everybody may move the others' notes and group them"),
        required=False,
        help_text=_("Otherwise each person moves their own, and the facilitator all."),
    )
    dots = forms.IntegerField(
        label=_("Dots for each person"),
        min_value=0,
        max_value=20,
        widget=forms.NumberInput(NUMBER),
        help_text=_("To say what matters most. 0: no dots."),
    )
    method = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    before: GroupsPlan

    def __init__(self, data: Any = None, *, plan: Plan, place: Place) -> None:
        own = cast("GroupsPlan", plan)
        first = [vars(area) for area in own.areas] if data is None else None
        self.areas = Areas(data, initial=first, prefix="areas")
        self.areas.extra = 0 if data is not None or own.areas else 1
        super().__init__(data, plan=plan, place=place)
        if "of" in self.fields:
            following = replace(own, assign=(data or {}).get("assign") or own.assign)
            self.offer_sources(following, WHY["no_earlier_groups"])
        cast("forms.MultipleChoiceField", self.fields["tables"]).choices = list(place.tables.items())
        boards = [(each.key, each.name) for each in methods.methods() if each.board]
        cast("forms.ChoiceField", self.fields["board"]).choices = [("", _("None")), *boards]
        if not place.tables:
            del self.fields["tables"]

    @classmethod
    def turn(cls, data: Any) -> Any:
        """One more area, or the areas of a board, as the button that was pressed says."""
        pressed = data.get(TURN, "")
        told = str(data.get("areas-TOTAL_FORMS", ""))
        total = min(int(told) if told.isdecimal() else 0, MOST_AREAS)
        if pressed == ADD_AREA:
            total = min(total + 1, MOST_AREAS)
        elif pressed == USE_BOARD and (board := methods.board_of(data.get("board", ""))):
            total, data["method"] = len(board), data["board"]
            for number, area in enumerate(board):
                for name, value in vars(area).items():
                    data[f"areas-{number}-{name}"] = str(value)
        data["areas-TOTAL_FORMS"] = str(total)
        return data

    def rows(self) -> Iterable[forms.Form]:
        return cast("list[forms.Form]", self.areas.forms)

    def clean(self) -> dict[str, Any]:
        if not self.areas.is_valid():
            for error in self.areas.non_form_errors():
                self.add_error(None, error)
        return super().clean()

    def built(self, given: Mapping[str, Any]) -> GroupsPlan:
        return replace(
            self.before,
            assign=given["assign"],
            of=given.get("of", ""),
            goes_on=given.get("goes_on", False),
            spread=tuple(given["spread"]) if "spread" in given else TRAITS,
            size=given.get("size") or 0,
            tables=tuple(given.get("tables", ())),
            areas=self._laid_out(given["arrange"]),
            shared=given["shared"],
            shape=given["shape"],
            dots=given["dots"],
            method=given["method"],
        )

    def _laid_out(self, arrange: str) -> tuple[Area, ...]:
        """The areas that have a title; where one came or went they lie in a grid, unless told otherwise."""
        rows = [form.cleaned_data for form in self.areas.forms if form.cleaned_data.get("title")]
        taken = {row["key"] for row in rows}
        free = (key for number in range(1, 2 * MOST_AREAS + 1) if (key := f"a{number}") not in taken)
        areas = []
        for row in rows:
            where = {side: row[side] for side in "xywh" if row.get(side) is not None}
            areas.append(Area(row["key"] or next(free), row["title"], row["prompt"], **where))
        if not arrange and not any(self._came_or_went(form.cleaned_data) for form in self.areas.forms):
            return tuple(areas)
        columns = {"columns": len(areas), "rows": 1}.get(arrange, columns_for(len(areas)))
        return laid_out(areas, max(columns, 1))

    @staticmethod
    def _came_or_went(row: Mapping[str, Any]) -> bool:
        return bool(row.get("w") and row.get("h")) != bool(row.get("title"))
