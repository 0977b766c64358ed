"""What keeps a block from running, as a sentence that says how to mend it; and numbers with their words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

WHY: dict[str, Promise] = {
    "no_prompt": _("Write the question people answer."),
    "few_options": _("Give at least two answers to choose from, one a line."),
    "no_statements": _("Write at least one statement, one a line."),
    "most_beyond": _("People may choose more answers than there are: lower the number."),
    "no_right": _("Say which answer is right."),
    "no_groups": _("Make the groups first: people need somewhere to sit."),
    "group_gone": _("One of the groups was removed: choose again."),
    "no_earlier_groups": _("No earlier block works in groups: move this one after it, or deal people anew."),
    "no_source": _("Choose the block it follows: it must come before this one."),
    "dots_without_board": _(
        "Dots are put on a board: give the board at least one area, or take the dots away."
    ),
    "nothing_to_gather": _(
        "Nothing to gather yet: put work in groups with a board, or a question for ideas, before this block."
    ),
    "nothing_to_weigh": _(
        "Nothing to vote on yet: put work in groups with a board, or a question for ideas, before this block."
    ),
}


def sentences(missing: Iterable[tuple[str, str]]) -> list[str]:
    """The sentences of what :func:`cantiere.engine.lab.checking.missing` found."""
    return [str(WHY[code]) for _field, code in missing]


def given(sort: str, dots: int) -> str:
    """What others gave for something said, in words: ideas are supported, what stands on a board has dots."""
    if sort in {"idea", "words"}:
        return ngettext("{n} upvote", "{n} upvotes", dots).format(n=dots)
    return ngettext("{n} dot", "{n} dots", dots).format(n=dots)


def weights(sort: str, people: int, dots: int) -> list[str]:
    """How many said something, where more than one did, and what others gave for it."""
    told = [ngettext("{n} person", "{n} people", people).format(n=people)] if people > 1 else []
    return [*told, given(sort, dots)] if dots else told
