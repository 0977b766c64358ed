"""The sample pages in a real browser: accessibility in every palette, small screens, no script."""

import shutil
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[3] / "frontend/node_modules/axe-core/axe.min.js"
RULES = "axe.run({runOnly: {type: 'tag', values: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22a','wcag22aa']}})"

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.usefixtures("pages"),
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def address(pages, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    server = make_server("127.0.0.1", 0, WSGIHandler(), Server, Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)


@pytest.mark.parametrize("palette", ["appennino", "siena", "vivaio", "ardesia", "mosto"])
def test_no_palette_breaks_accessibility(browser, address, settings, palette):
    settings.CANTIERE_PALETTE = palette
    page = browser.new_page(locale="it-IT", viewport={"width": 1280, "height": 900})
    for place in ("/p/?errors", "/stanza/", "/niente/"):
        page.goto(address + place)
        page.evaluate(AXE.read_text())
        found = page.evaluate(RULES)["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], place
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
