"""The sample pages in a real browser: accessibility in every palette, small screens, no script."""

import pytest

from tests.browser import needs_browser, violations

pytestmark = [pytest.mark.journey, needs_browser, pytest.mark.usefixtures("pages")]


@pytest.mark.parametrize("palette", ["appennino", "siena", "vivaio", "ardesia", "mosto"])
def test_no_palette_breaks_accessibility(browser, address, settings, palette):
    settings.CANTIERE_PALETTE = palette
    page = browser.new_page(locale="it-IT", viewport={"width": 1280, "height": 900})
    for place in ("/p/?errors", "/stanza/", "/niente/"):
        page.goto(address + place)
        assert violations(page) == [], place
    page.close()


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("place", ["/p/?errors", "/stanza/", "/niente/"])
def test_nothing_scrolls_sideways(browser, address, place, width):
    page = browser.new_page(locale="it-IT", viewport={"width": width, "height": 800})
    page.goto(address + place)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_page_asks_only_this_site_and_obeys_its_policy(browser, address):
    page = browser.new_page(locale="it-IT")
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + "/p/?errors", wait_until="networkidle")
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []
    page.close()


def test_the_menu_opens_without_script_and_closes_with_escape(browser, address):
    page = browser.new_context(
        java_script_enabled=False, locale="it-IT", viewport={"width": 390, "height": 800}
    ).new_page()
    page.goto(address + "/p/")
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.close()


def test_errors_take_the_focus(browser, address):
    page = browser.new_page(locale="it-IT")
    page.goto(address + "/p/?errors", wait_until="networkidle")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.close()


def test_the_first_stop_of_the_keyboard_is_the_way_to_the_content(browser, address):
    page = browser.new_page(locale="it-IT")
    page.goto(address + "/p/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Vai al contenuto"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('content').contains(document.activeElement)")
    page.close()
