"""What every test may use."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def fresh_cache(settings) -> Iterator[None]:
    """Each test begins with untouched limits, in Italian, and pages are made anew."""
    from django.core.cache import cache
    from django.utils import translation

    settings.KEEP_PAGES = 0
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()
    yield
    cache.clear()
