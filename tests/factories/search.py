"""Things that can be found."""

from itertools import count
from typing import Any

from cantiere.foundation.search import actions
from cantiere.foundation.search.models import Entry

_numbers = count(1)


def make_entry(title: str = "Laboratorio di quartiere", text: str = "", **told: Any) -> Entry:
    """An entry written by the action; key and address are of the next number unless told."""
    number = next(_numbers)
    told = {"key": f"thing:{number}", "kind": "Meeting", "address": f"/thing/{number}/", **told}
    actions.index(title=title, text=text, **told)
    return Entry.objects.get(key=told["key"])
