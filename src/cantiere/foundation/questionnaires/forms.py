"""One page of a questionnaire as a form: the schema says what stands in it, the engine what is right."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cantiere.engine.questionnaire import OTHER, Expression, Group, Kind, Question, Schema
from cantiere.engine.questionnaire.answers import Taken, applying, take, valid
from cantiere.engine.questionnaire.cleaning import seen
from cantiere.engine.questionnaire.expressions import day_of, text_of, truth
from cantiere.engine.questionnaire.schema import NUMBERS, PLACES, SEVERAL
from cantiere.foundation.places.forms import PlaceInput
from cantiere.foundation.questionnaires.models import Response
from cantiere.foundation.questionnaires.places import PlaceFinder, labels
from cantiere.foundation.questionnaires.words import message, text
from cantiere.foundation.ui.forms import DateInput

PREFIX = "q"
MOST_RADIOS = 8


class Raw(forms.Field):
    """A field that takes what was typed as it is: the engine judges it, for all fields together."""

    def __init__(self, *, required: bool, **options: Any) -> None:
        super().__init__(required=required, **options)
        self.localize = False

    def clean(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


@dataclass(frozen=True)
class Item:
    """What stands on a page: a field, or the words of a note."""

    field: BoundField | None = None
    title: str = ""
    text: str = ""


class PageForm(forms.Form):
    """The questions of a page that apply; ``raw`` is what was typed, ``taken`` what became of it."""

    template_name = "questionnaires/_form.html"

    def __init__(
        self,
        response: Response,
        group: Group,
        data: Mapping[str, Any] | None = None,
        *,
        again: Mapping[str, Any] | None = None,
        check: bool = False,
        new: Collection[str] = (),
    ) -> None:
        """``data`` as posted; ``again`` stands over what is saved; ``check`` tells what is wrong.

        Of ``new`` questions, which nobody has seen before, nothing is told yet.
        """
        self.new = frozenset(new)
        self.response, self.group, self.schema = response, group, response.schema
        self.today = timezone.localdate()
        self.places = labels(group.questions, response.answers)
        self.find = PlaceFinder(self.places)
        self.base = response.revision if data is None else _whole(data.get("revision"), response.revision)
        self.questions = self._shown_on(str(data.get("shown", "")).split() if data is not None else [])
        self.there = self._written(again or {})
        now = {f"{PREFIX}-{name}": value for name, value in self.there.items()}
        if data is None and (check or again or self._is_unfinished()):
            data = now
        super().__init__(data=cast("Any", data), initial=dict(self.there), prefix=PREFIX)
        self.taken: Taken | None = None
        known = valid(self.schema, response.answers, today=self.today)
        for question in self.questions:
            if question.type is not Kind.NOTE:
                self.fields[question.name] = self._field(question, known)
            if question.or_other:
                self.fields[question.other] = self._other(question)

    # What stands on the page ------------------------------------------------------------------

    def _shown_on(self, names: list[str]) -> list[Question]:
        """The questions that apply now, and those that did when the page was shown."""
        applies = applying(self.schema, self.response.answers, today=self.today)
        return [each for each in self.group.questions if each.name in applies or each.name in names]

    def _is_unfinished(self) -> bool:
        return any(name in self.response.unfinished for each in self.questions for name in each.names)

    def _written(self, again: Mapping[str, Any]) -> dict[str, Any]:
        """What stands in each field: typed just now, typed before and not accepted, or answered."""
        found: dict[str, Any] = {}
        for question in self.questions:
            for name in question.names:
                for source in (again, self.response.unfinished):
                    if name in source:
                        found[name] = source[name]
                        break
                else:
                    if name in self.response.answers:
                        found[name] = self._as_typed(question, self.response.answers[name])
        return found

    def _as_typed(self, question: Question, value: Any) -> Any:
        if question.type is Kind.PLACE:
            return self.places.get(value, "")
        if question.type is Kind.PLACES:
            return "\n".join(filter(None, (self.places.get(each) for each in value)))
        if question.type in NUMBERS:  # in every language the comma is read as the decimal sign
            return text_of(float(value)).replace(".", ",")
        return value

    def _field(self, question: Question, known: Mapping[str, Any]) -> Raw:
        needed = question.required
        if isinstance(needed, Expression):
            needed = truth(needed.ast, known, today=self.today)
        return Raw(
            required=needed,
            label=text(self.schema, question.label),
            help_text=" ".join(filter(None, (self._hint(question), self._room(question)))),
            widget=self._widget(question),
            disabled=question.read_only,
        )

    def _hint(self, question: Question) -> str:
        """The question's own words, ended as a sentence."""
        words = text(self.schema, question.hint).rstrip()
        return f"{words}." if words and words[-1] not in ".!?…:" else words

    def _room(self, question: Question) -> str:
        """What must be known before one writes, unless the question's own words say it."""
        if question.max_length:
            most = number_format(question.max_length, force_grouping=True)
            return _("At most %(most)s characters.") % {"most": most}
        return _("One place a line.") if question.type is Kind.PLACES and not question.hint else ""

    def _widget(self, question: Question) -> forms.Widget:
        if question.type is Kind.SELECT_ONE:
            return self._select(question)
        if question.type is Kind.SELECT_MULTIPLE:
            return forms.CheckboxSelectMultiple(choices=self._choices(question))
        if question.type is Kind.TEXT:
            long = question.appearance == "multiline"
            return forms.Textarea(attrs={"rows": 5}) if long else forms.TextInput()
        made: dict[Kind, Callable[[], forms.Widget]] = {
            Kind.INTEGER: lambda: forms.TextInput({"inputmode": "numeric", "class": "form-narrow"}),
            Kind.DECIMAL: lambda: forms.TextInput({"inputmode": "decimal", "class": "form-narrow"}),
            Kind.DATE: lambda: self._day(question),
            Kind.URL: lambda: forms.URLInput({"autocomplete": "url"}),
            Kind.EMAIL: lambda: forms.EmailInput({"autocomplete": "email"}),
            Kind.PLACE: lambda: PlaceInput(kinds=question.kinds),
            Kind.PLACES: lambda: forms.Textarea(attrs={"rows": 4, "class": "form-short"}),
        }
        return made[question.type]()

    def _day(self, question: Question) -> forms.Widget:
        """A calendar; words that are no day stand in a plain field, for a calendar would not show them."""
        there = self.there.get(question.name, "")
        return DateInput() if not there or day_of(str(there)) else forms.TextInput({"class": "form-narrow"})

    def _select(self, question: Question) -> forms.Widget:
        choices = self._choices(question)
        if _is_menu(self.schema, question):
            return forms.Select(choices=[("", _("Choose")), *choices])
        if not question.required:
            choices = [*choices, ("", _("No answer"))]
        return forms.RadioSelect(choices=choices)

    def _choices(self, question: Question) -> list[tuple[str, str]]:
        choices = [(one.code, text(self.schema, one.label)) for one in self.schema.choices(question)]
        return [*choices, (OTHER, _("Other"))] if question.or_other else choices

    def _other(self, question: Question) -> Raw:
        label = _("If you chose “Other”, what is it? (%(question)s)") % {
            "question": text(self.schema, question.label)
        }
        return Raw(required=False, label=label, widget=forms.TextInput(), disabled=question.read_only)

    # What is read -----------------------------------------------------------------------------

    def items(self) -> Iterator[Item]:
        """Fields and notes, in the order of the schema."""
        for question in self.questions:
            if question.type is Kind.NOTE:
                yield Item(title=text(self.schema, question.label), text=text(self.schema, question.hint))
            for name in question.names:
                yield Item(field=self[name])

    @property
    def shown(self) -> str:
        """The names that travel with the form, so that an empty answer differs from none."""
        return " ".join(question.name for question in self.questions)

    @property
    def revision(self) -> int:
        """The revision of the response on which what is shown stands."""
        return self.base

    @property
    def raw(self) -> dict[str, Any]:
        """What was typed, by name; of several answers a list."""
        found: dict[str, Any] = {}
        for question in self.questions:
            for name in () if question.read_only else question.names:
                value = self.fields[name].widget.value_from_datadict(
                    cast("Any", self.data), cast("Any", self.files), self.add_prefix(name)
                )
                several = question.type in SEVERAL - PLACES and name == question.name
                found[name] = list(value or []) if several else value if value is not None else ""
        return found

    def clean(self) -> dict[str, Any]:
        """Have the engine judge the page, and tell what is wrong beside each field."""
        self.taken = take(
            self.schema,
            self.group,
            self.raw,
            answers=self.response.answers,
            unfinished=self.response.unfinished,
            today=self.today,
            find=self.find,
        )
        for problem in self.taken.problems:
            if problem.question in self.fields and problem.question not in self.new:
                self.add_error(problem.question, message(self.schema, problem))
        return self.cleaned_data

    @property
    def differing(self) -> list[str]:
        """The questions whose answers here are not those that are saved."""
        saved = PageForm(self.response, self.group, check=True)
        return [
            question.name
            for question in self.questions
            if any(_plain(self.raw.get(name)) != _plain(saved.raw.get(name)) for name in question.names)
        ]

    @property
    def more(self) -> list[str]:
        """The questions of this page that apply only now."""
        return self.taken.more if self.taken else []


def field_id(schema: Schema, name: str) -> str:
    """The id of the first thing to fill in of an answer."""
    question = schema.by_name[name]
    boxes = question.type is Kind.SELECT_MULTIPLE or (
        question.type is Kind.SELECT_ONE and not _is_menu(schema, question)
    )
    return f"id_{PREFIX}-{name}{'_0' if boxes and name == question.name else ''}"


def _is_menu(schema: Schema, question: Question) -> bool:
    """Whether one chooses from a menu, rather than among buttons."""
    many = len(schema.codes(question)) > MOST_RADIOS and not question.appearance
    return many or question.appearance == "minimal"


def _plain(raw: Any) -> Any:
    """What was typed, its line ends alike."""
    return raw if isinstance(raw, list) else seen(raw).strip()


def _whole(value: Any, otherwise: int) -> int:
    written_number = str(value or "")
    is_number = written_number.isascii() and written_number.isdigit() and len(written_number) < 10
    return int(written_number) if is_number else otherwise
