"""A real browser, and what every page must bear in it."""

import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
RULES = "axe.run({runOnly: {type: 'tag', values: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22a','wcag22aa']}})"
# Chromium asks its maker about updates unless told not to.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

needs_browser = pytest.mark.skipif(not CHROMIUM, reason="!! no Chromium here: the journeys are SKIPPED")


def launch(playwright):
    """Debian's Chromium, headless."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def violations(page):
    """What axe finds against WCAG 2.2 AA: rule and first place of each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(RULES)["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def assert_sound(page):
    """Accessible, one heading of the first level, nothing scrolling sideways."""
    assert violations(page) == [], page.url
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
