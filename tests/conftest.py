"""What every test may use."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("CANTIERE_DATA", ".data/test")
os.environ.setdefault("CANTIERE_SECRET_KEY", "only-for-tests-" + "x" * 50)


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Each test begins with untouched limits."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
