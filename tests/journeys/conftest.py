"""The product as people meet it: a real server process with the demonstration, a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser import launch

CANTIERE = Path(sys.executable).parent / "cantiere"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a served demonstration; it ends with the tests."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    data = tmp_path_factory.mktemp("data")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CANTIERE_") and name != "DATABASE_URL"
    } | {"CANTIERE_DATA": str(data), "CANTIERE_DEMO": "1", "CANTIERE_URL": address}
    for step in ("setup", "demo"):
        subprocess.run([CANTIERE, step], env=environment, check=True, capture_output=True)
    log = (data / "serve.log").open("w")
    server = subprocess.Popen(
        [CANTIERE, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    try:
        for _try in range(150):
            try:
                urllib.request.urlopen(address, timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise AssertionError((data / "serve.log").read_text())
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture
def visit(browser, site):
    """Open windows: ``visit(width=390, script=False)``; each is a person of its own."""
    contexts = []

    def open_window(*, width=1280, height=900, script=True):
        context = browser.new_context(
            base_url=site, locale="it-IT", viewport={"width": width, "height": height}, java_script_enabled=script,
            timezone_id="Europe/Rome",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.elsewhere = []
        page.on(
            "request",
            lambda request: request.url.startswith((site, "data:")) or page.elsewhere.append(request.url),
        )
        return page

    yield open_window
    for context in contexts:
        assert [page.elsewhere for page in context.pages if page.elsewhere] == []
        context.close()


@pytest.fixture
def code_for(browser, site):
    """The newest code sent to an address, read where a newcomer reads it."""

    def read(email):
        page = browser.new_page(base_url=site)
        for _try in range(40):
            page.goto("/posta-di-prova/")
            mail = page.locator("article, li", has_text=email).first
            if mail.count() and (
                found := re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.inner_text(), re.MULTILINE)
            ):
                page.close()
                return found[1]
            time.sleep(0.25)
        raise AssertionError(f"No code for {email} in {page.inner_text('main')[:2000]}")

    return read


@pytest.fixture
def sign_in(code_for):
    """Sign a window in by a code, as a person does."""

    def act(page, email):
        page.goto("/entra/")
        page.get_by_label("e-mail", exact=False).first.fill(email)
        page.get_by_role("button", name=re.compile("codice|continua|avanti", re.IGNORECASE)).first.click()
        page.wait_for_url(re.compile("codice"))
        page.get_by_label("codice", exact=False).first.fill(code_for(email))
        page.get_by_role("button", name=re.compile("entra|conferma", re.IGNORECASE)).first.click()

    return act
