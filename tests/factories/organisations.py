"""Organisations for tests."""

import itertools

from cantiere.foundation.organisations.actions import create
from cantiere.foundation.organisations.models import Organisation

_numbers = itertools.count(1)


def organisation(name: str = "", **details: object) -> Organisation:
    return create(by=None, name=name or f"Associazione {next(_numbers)}", **details)
