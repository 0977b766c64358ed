"""Contributions for tests."""

import itertools
from typing import Any

from cantiere.programmes.models import Activity, Programme
from cantiere.thread.contributions import actions, codes
from cantiere.thread.contributions.models import Contribution, Receipt, Theme
from tests.factories import programmes as make
from tests.factories.accounts import person

_numbers = itertools.count(1)


def activity(*, public: bool = True, of: Programme | None = None, **fields: Any) -> Activity:
    """A page, public unless told otherwise."""
    return make.activity(of or make.programme(), kind="page", public=public, **fields)


def said(text: str = "", **fields: Any) -> actions.Said:
    number = next(_numbers)
    return actions.Said(**{"key": f"k{number}", "text": text or f"Una cosa da dire {number}."} | fields)


def contribution(text: str = "", *, of: Activity | None = None, **fields: Any) -> Contribution:
    """Published in a public activity, unless told otherwise."""
    return actions.contribute(activity=of or activity(), said=said(text, **fields))


def theme(programme: Programme, name: str = "", **fields: Any) -> Theme:
    details = {"name": name or f"Tema {next(_numbers)}"} | fields
    return actions.add_theme(by=person(), programme=programme, details=details)


def receipt() -> tuple[Receipt, str]:
    """A receipt with its code."""
    code = codes.new_code()
    return actions.open_receipt(code=code), code
