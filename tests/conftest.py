"""What every test may use."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def fresh_cache(settings) -> Iterator[None]:
    """Each test begins with untouched limits, and pages are made anew."""
    from django.core.cache import cache

    settings.KEEP_PAGES = 0
    cache.clear()
    yield
    cache.clear()
