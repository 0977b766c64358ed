"""A real browser, and what every page must bear in it."""

import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
RULES = """axe.run({
    resultTypes: ['violations'],
    runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']},
})"""
# Chromium asks its maker about updates unless told not to.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What has the focus, what a person is told about it, and whether they see where it is.
FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, innerHeight / 2);
    const above = document.elementFromPoint(x, y);
    return {
        tag: at.tagName.toLowerCase(),
        name: [at.getAttribute('aria-label'), ...[...(at.labels || [])].map(one => one.textContent), at.textContent]
            .filter(Boolean).join(' ').replace(/\\s+/g, ' ').trim(),
        ring: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
        seen: above !== null && (at.contains(above) || above.contains(at)
            || [...(at.labels || [])].some(one => one.contains(above))),
    };
}"""

needs_browser = pytest.mark.skipif(not CHROMIUM, reason="!! no Chromium here: the journeys are SKIPPED")


def launch(playwright):
    """Debian's Chromium, headless."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def violations(page):
    """What axe finds against WCAG 2.2 AA: rule and first place of each."""
    if getattr(page, "without_script", False):
        with _twin(page) as twin:
            return violations(twin)
    page.evaluate(AXE.read_text())
    found = page.evaluate(RULES)["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


@contextmanager
def _twin(page):
    """The page of a window without script as it stands, where axe can run though the page's own scripts cannot."""
    kept, size = page.context.storage_state(), page.viewport_size
    context = page.context.browser.new_context(viewport=size, storage_state=kept, bypass_csp=True)
    html = page.content()

    def answer(route):
        if route.request.resource_type == "document":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    context.route("**/*", answer)
    twin = context.new_page()
    twin.goto(page.url)
    yield twin
    context.close()


def too_wide(page):
    """The elements that make a page scroll sideways, at most five; empty on a sound page."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
                .slice(-5).map(one => one.outerHTML.slice(0, 120)).concat('(sideways)')"""
    )


def too_small(page):
    """What a thumb has to hit and is lower than 44 pixels, boxes to tick 24, or narrower than 24; links within
    sentences need not be.
    """
    return page.evaluate(
        """() => [...document.querySelectorAll('main :is(a, button, summary, select, textarea, input, [role=tab])')]
            .filter(one => {
                const label = one.matches('[type=checkbox], [type=radio]') && one.labels[0];
                const target = label || one, box = target.getBoundingClientRect(), style = getComputedStyle(target);
                const there = box.width > 1 && box.height > 1 && style.visibility === 'visible';
                const inSentence = one.matches('a') && style.display === 'inline';
                return there && !inSentence && (box.height < (label ? 23.5 : 41.5) || box.width < 23.5);
            })
            .map(one => {
                const box = one.getBoundingClientRect();
                const name = (one.textContent.trim() || one.name || one.id).replace(/\\s+/g, ' ').slice(0, 40);
                return `${one.localName} «${name}» ${Math.round(box.width)} × ${Math.round(box.height)}`;
            })"""
    )


def faults(page):
    """All that is not as it must be on the page shown: accessibility, headings of the first level, width."""
    page.wait_for_load_state()  # a click ends when the next page begins to come, not when it is there
    headings = page.locator("h1").count()
    found = [*violations(page), *too_wide(page)]
    return found if headings == 1 else [*found, f"{headings} h1"]


def assert_sound(page):
    """Accessible, one heading of the first level, nothing scrolling sideways."""
    found = faults(page)
    assert found == [], (page.url, found)


class Keyboard:
    """A person who has only the keyboard, and must see at every stop where they are."""

    def __init__(self, page):
        self.page, self.stops = page, []

    def stop(self):
        """Where the focus is now; it must show."""
        at = self.page.evaluate(FOCUSED)
        assert at["ring"], (self.page.url, "no visible focus", at)
        assert at["seen"], (self.page.url, "the focus is hidden", at)
        self.stops.append(at["name"])
        return at

    def tab_to(self, name, *, tag=None, at_most=60):
        """Press Tab until something of this name has the focus, as a person does."""
        for _press in range(at_most):
            self.page.keyboard.press("Tab")
            at = self.stop()
            if re.search(name, at["name"], re.IGNORECASE) and tag in {None, at["tag"]}:
                return at
        raise AssertionError(f"{name} is not reached on {self.page.url}: {self.stops[-at_most:]}")

    def follow(self, name, **more):
        """Go to a link or a button, press Enter, and wait for the next page."""
        self.tab_to(name, **more)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, text):
        self.page.keyboard.type(text)
