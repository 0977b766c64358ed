"""What is wrong with an answer, in words: what, where, how to mend."""

from datetime import date

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cantiere.engine.questionnaire.answers import Problem
from cantiere.engine.questionnaire.schema import Kind, Question, Schema, Words
from cantiere.foundation.ui.dates import full_day


def language() -> str:
    """The language in use, without its country."""
    return (get_language() or "it").split("-", maxsplit=1)[0]


def text(schema: Schema, words: Words) -> str:
    """A text of a schema in the language in use."""
    return schema.text(words, language())


def written(value: object) -> str:
    """A number or an ISO date as people write it."""
    if isinstance(value, int | float):
        return number_format(value, use_l10n=True, force_grouping=False)
    try:
        return full_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def message(schema: Schema, problem: Problem) -> str:
    """A problem as a sentence."""
    question, params = schema.by_name[problem.question], problem.params
    if problem.code == "required":
        return _required(question)
    if problem.code == "constraint":
        return text(schema, question.constraint_message) or _("This does not fit: check it.")
    if problem.code == "long":
        return _too_long(params["most"], params["over"])
    if problem.code == "place":
        return str(params["message"])
    if problem.code in {"min", "max"}:
        return _outside(question, problem.code, written(params.get("least", params.get("most"))))
    return _sentences()[problem.code] % {name: written(value) for name, value in params.items()}


def _required(question: Question) -> str:
    if question.type in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
        return _("Choose an answer.")
    if question.type in {Kind.PLACE, Kind.PLACES}:
        return _("Write which place.")
    if question.type is Kind.DATE:
        return _("Write the day.")
    return _("An answer is needed here.")


def _too_long(most: int, over: int) -> str:
    told = ngettext(
        "You have written %(over)d character too many: there is room for %(most)d. Nothing was cut.",
        "You have written %(over)d characters too many: there is room for %(most)d. Nothing was cut.",
        over,
    )
    return told % {"over": over, "most": most}


def _outside(question: Question, code: str, bound: str) -> str:
    if question.type is Kind.DATE:
        told = _("Write a day from %(bound)s on.") if code == "min" else _("Write a day up to %(bound)s.")
    else:
        told = _("Write %(bound)s or more.") if code == "min" else _("Write %(bound)s or less.")
    return told % {"bound": bound}


def _sentences() -> dict[str, str]:
    return {
        "other": _("Write what you mean by “Other”."),
        "text": _("Write it as a text."),
        "url": _("Write an address of the web, for instance https://www.example.org."),
        "email": _("Write an e-mail address, for instance name@example.org."),
        "integer": _("Write a whole number in figures, for instance 25."),
        "decimal": _("Write a number in figures, for instance 12,5."),
        "figures": _("Write a number of at most %(most)s figures."),
        "date": _("Write the day, the month and the year, for instance 12/06/2026."),
        "choice": _("Choose one of the answers of the list."),
        "places": _("Write at most %(most)s places."),
        "unfinished": _("Look at this answer again and save the page."),
        "again": _("Look at this answer again and save the page."),
    }
