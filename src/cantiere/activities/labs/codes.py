"""Codes that are typed from a wall: what was written, and what may have been meant."""

import itertools

from cantiere.activities.labs.models.lab import CODE_LENGTH, CODE_SIGNS

# Signs that are read for one another on a screen far away.
ALIKE = ("0OQD", "1ILJ7T", "2Z", "5S", "6G", "8B", "UV", "MN")
MOST_MEANT = 200


def heard(written: str) -> str:
    """A code as it is kept: without spaces and hyphens, in capitals."""
    return "".join(sign for sign in written[:40] if not sign.isspace() and sign not in "-–—._").upper()


def meant(code: str) -> list[str]:
    """The codes that may be meant by one that nobody has; none where they would be too many."""
    if len(code) != CODE_LENGTH:
        return []
    readings = [[sign for sign in dict.fromkeys(read + _alike(read)) if sign in CODE_SIGNS] for read in code]
    number = 1
    for each in readings:
        number *= len(each)
    return ["".join(signs) for signs in itertools.product(*readings)] if 0 < number <= MOST_MEANT else []


def _alike(sign: str) -> str:
    return "".join(group for group in ALIKE if sign in group)
