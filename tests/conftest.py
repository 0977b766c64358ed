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


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of one module: two at once would share one loop, and no other test may find it."""
    from playwright.sync_api import sync_playwright

    from tests.browser import CHROMIUM, launch

    if not CHROMIUM:
        pytest.skip("!! no Chromium here: what needs a browser is SKIPPED")
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()
