"""Cells that a spreadsheet would compute leave with an apostrophe in front, and come back without.

A cell that begins with ``= + - @``, a tab or a line end (also after spaces and unseen signs, also written
full width) can do harm in the spreadsheet of whoever opens it. An apostrophe in front is what spreadsheets
themselves use to say «this is text». Cells that begin with apostrophes before such a sign get one more, so
that taking one off gives exactly what stood there.
"""

import re

_UNSEEN = "\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_DANGEROUS = re.compile(f"'*(?:[\t\r\n]|[{_UNSEEN}]*[{_SIGNS}])")


def guard(text: str) -> str:
    """What may stand in a file for others: computed by nobody."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """What stood there before :func:`guard`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text
