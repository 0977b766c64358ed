"""Audiences and sources that vanish after each test; no doors of other rooms."""

import pytest

from cantiere.foundation.search import audiences, sources
from cantiere.foundation.ui import navigation


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audiences, "_resolvers", {})
    monkeypatch.setattr(sources, "_sources", [])
    monkeypatch.setattr(navigation, "_items", {})
