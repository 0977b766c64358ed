"""What every test may use."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def fresh_cache() -> Iterator[None]:
    """Each test begins with untouched limits."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
