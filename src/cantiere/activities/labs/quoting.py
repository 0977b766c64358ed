"""Words of people in the minutes: a link to the contribution, whose text is read where it stands.

Minutes hold ``[…](/contributi/12/)`` and nothing of what was said, so that what its author corrects or takes
back is so in the minutes too. Whoever edits them reads the first words, whoever reads them the whole.
"""

import re
from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from cantiere.thread.contributions.models import Contribution

_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\((?:https?://[^\s()/]+)?/contributi/([0-9]{1,18})/?\)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&=:])")
NOTHING = "…"


def quote(contribution: Contribution) -> str:
    """A contribution as minutes hold it."""
    return f"[{NOTHING}]({reverse('contributions:contribution', args=[contribution.pk])})"


def emptied(minutes: str) -> str:
    """What is kept of minutes that somebody wrote: the words of others are left out."""
    return _put(minutes, lambda _number: NOTHING)


def for_writing(minutes: str) -> str:
    """Minutes as the team edits them: with the first words of each."""
    rows = _rows(minutes)
    return _put(minutes, lambda number: _bare(rows[number].short) if number in rows else NOTHING)


def for_reading(minutes: str) -> str:
    """Minutes as they are read: with the whole text of each, where everyone may read it."""
    rows = _rows(minutes)
    return _put(minutes, lambda number: _told(rows, number))


def _told(rows: Mapping[int, Contribution], number: int) -> str:
    row = rows.get(number)
    if row is None or not row.published:
        return _("a text that is not published")
    if row.is_withdrawn:
        return _("who said this took it back")
    return escaped(row.text)


def escaped(text: str) -> str:
    """Words as Markdown shows them and nothing else, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _bare(words: str) -> str:
    return words.replace("[", "(").replace("]", ")").replace("\\", "")


def _rows(minutes: str) -> dict[int, Contribution]:
    return Contribution.objects.in_bulk({int(found[2]) for found in _LINK.finditer(minutes)})


def _put(minutes: str, words: Callable[[int], str]) -> str:
    def link(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"[{words(number)}]({reverse('contributions:contribution', args=[number])})"

    return _LINK.sub(link, minutes)
