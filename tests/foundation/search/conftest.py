"""Audiences and sources that vanish after each test."""

from collections.abc import Iterator

import pytest

from cantiere.foundation.search import audiences, sources


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(audiences, "_resolvers", {})
    monkeypatch.setattr(sources, "_sources", [])
    return
