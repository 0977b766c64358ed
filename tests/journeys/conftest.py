"""The product as people meet it: a real server process with the demonstration, a real browser."""

import html
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

expect.set_options(timeout=20_000)  # as long as the windows wait
CANTIERE = Path(sys.executable).parent / "cantiere"
COMMUNITY = "comunita-di-pratiche-partecipative-dellemilia-romagna"


def today():
    """The day it is for people in Italy."""
    return datetime.now(ZoneInfo("Europe/Rome")).date()


@dataclass(frozen=True)
class Served:
    """A running installation: its address and its data directory."""

    address: str
    data: Path


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """A served demonstration; it ends with the tests."""
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
        for _try in range(300):
            try:
                urllib.request.urlopen(address, timeout=5)
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise AssertionError((data / "serve.log").read_text())
        yield Served(address, data)
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def site(served):
    """Its address."""
    return served.address


def _listen(page, site):
    """Note what the page asks of others, and what it complains about."""
    page.elsewhere, page.complaints = [], []

    def said(message):
        # An answer of 4xx to the address itself is said by the browser too; the journeys look at answers.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            page.complaints.append(message.text)

    page.on(
        "request",
        lambda request: (
            request.url.startswith((site, "data:", "blob:")) or page.elsewhere.append(request.url)
        ),
    )
    page.on(
        "response",
        lambda answer: (
            answer.status < 400
            or answer.request.resource_type == "document"
            or page.complaints.append(f"{answer.status} {answer.url}")
        ),
    )
    page.on("console", said)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))


@pytest.fixture(scope="session")
def known():
    """What the browsers of people who signed in before keep, by address."""
    return {}


@pytest.fixture
def visit(browser, site, known, sign_in):
    """Open windows: ``visit(width=390, script=False, touch=True)``; each is a person of its own, ``by`` an address signed in."""
    contexts = []

    def open_window(*, width=1280, height=900, script=True, by=None, touch=False):
        context = browser.new_context(
            base_url=site, locale="it-IT", viewport={"width": width, "height": height}, java_script_enabled=script,
            timezone_id="Europe/Rome", storage_state=known.get(by), has_touch=touch,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.without_script = not script
        _listen(page, site)
        if by and by not in known:
            sign_in(page, by)
            known[by] = context.storage_state()
        return page

    yield open_window
    pages = [page for context in contexts for page in context.pages]
    elsewhere = [page.elsewhere for page in pages if getattr(page, "elsewhere", None)]
    complaints = [page.complaints for page in pages if getattr(page, "complaints", None)]
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert complaints == []


@pytest.fixture
def mail_to(site):
    """The newest message to an address whose subject has these words, read where a newcomer reads it."""

    def read(email, subject=""):
        for _try in range(60):
            with urllib.request.urlopen(f"{site}/posta-di-prova/", timeout=10) as answer:
                page = answer.read().decode()
            for article in re.findall(r"<article.*?</article>", page, re.DOTALL):
                text = html.unescape(re.sub(r"<[^>]+>", "", article))
                if re.search(rf"\b{re.escape(email)},", text) and subject in text:
                    return text
            time.sleep(0.25)
        raise AssertionError(f"No message «{subject}» to {email}")

    return read


@pytest.fixture
def code_for(mail_to):
    """The newest code sent to an address."""
    return lambda email: re.search(r"\b\d{4}-\d{4}\b", mail_to(email))[0]


@pytest.fixture
def sign_in(code_for):
    """Sign a window in by a code, as a person does; who is new says who they are and agrees."""

    def act(page, email, *, name="", start="/entra/"):
        if start:
            page.goto(start)
        page.get_by_label("La tua e-mail").fill(email)
        page.get_by_role("button", name="Mandami il codice").click()
        page.wait_for_url("**/entra/codice/")
        page.get_by_label("Codice").fill(code_for(email))
        page.get_by_role("button", name="Entra", exact=True).click()
        page.wait_for_url(lambda address: "/entra/codice/" not in address)
        if "/entra/benvenuto/" in page.url:
            page.get_by_label("Come ti chiamiamo").fill(name)
            page.get_by_role("checkbox", name="Ho letto").check()
            page.get_by_role("button", name="Crea il mio account").click()
            page.wait_for_url(lambda address: "/entra/benvenuto/" not in address)

    return act


@pytest.fixture
def hold_meeting():
    """Have the team's window add a meeting to the community and publish it; gives its slug."""

    def act(page, title, *, in_days, seats):
        page.goto(f"/gestione/programmi/{COMMUNITY}/attivita/nuova/")
        page.get_by_role("radio", name="Incontro").check()
        page.get_by_label("Titolo").fill(title)
        page.get_by_role("button", name="Aggiungi e continua").click()
        page.get_by_label("Giorno (obbligatorio)").fill(str(today() + timedelta(days=in_days)))
        page.get_by_label("Dalle").fill("00:01")
        page.get_by_label("Alle (obbligatorio)", exact=True).fill("23:59")
        page.get_by_label("Luogo").fill("Sala civica")
        page.get_by_label("Comune", exact=True).fill("Bomporto")
        page.get_by_label("Posti").fill(str(seats))
        page.get_by_role("button", name="Salva").click()
        slug = re.search(r"/gestione/incontri/([^/]+)/", page.url)[1]
        page.goto(f"/gestione/attivita/{slug}/pubblica/")
        page.locator("main").get_by_role("button", name="Pubblica").click()
        page.wait_for_load_state()
        return slug

    return act
