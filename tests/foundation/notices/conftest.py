"""Topics that vanish after each test; no doors of other rooms."""

from collections.abc import Iterable

import pytest

from cantiere.foundation.core.access import Actor
from cantiere.foundation.notices import topics
from cantiere.foundation.ui import navigation

HIDDEN: set[tuple[int | None, int]] = set()


def names(ids: set[int]) -> dict[int, tuple[str, str]]:
    """Programmes 10 to 19 exist."""
    return {number: (f"Programma {number}", f"/programmi/{number}/") for number in ids if 10 <= number < 20}


def sight(person: Actor, ids: set[int]) -> Iterable[int]:
    """All may be seen but what a test hides."""
    return {number for number in ids if (person and person.pk, number) not in HIDDEN}


@pytest.fixture(autouse=True)
def _own_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "_sources", {})
    monkeypatch.setattr(navigation, "_items", {})
    HIDDEN.clear()
    topics.register("programme", names, visible_to=sight)


@pytest.fixture
def hidden() -> set[tuple[int | None, int]]:
    """Pairs of a person's number and a programme's that this person may not see."""
    return HIDDEN
