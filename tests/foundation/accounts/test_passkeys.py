"""Passkeys in a real browser with a virtual authenticator, under the site's own content policy."""

import re

import pytest
from allauth.mfa.models import Authenticator

from cantiere.foundation.core.models import Mail
from tests.browser import assert_sound, needs_browser
from tests.factories import accounts

pytestmark = [needs_browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CODES = re.compile(r"^\d{8}$", re.MULTILINE)


@pytest.fixture
def page(browser, live_server):
    """A window that reports every breach of the content policy and every error of a script."""
    context = browser.new_context(base_url=live_server.url, locale="it-IT")
    window = context.new_page()
    faults: list[str] = []
    window.on("pageerror", lambda error: faults.append(str(error)))
    window.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    yield window
    assert faults == []
    context.close()


@pytest.fixture
def authenticator(page):
    """A device with a fingerprint reader that always agrees."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    number = wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return wire, number


def arrive(page, path: str) -> None:
    """Wait for this very page (an address may name it as the one to go on to)."""
    page.wait_for_url(re.compile(rf"//[^/]+{re.escape(path)}$"))


def by_code(page, email: str) -> None:
    page.goto("/entra/")
    page.get_by_label("La tua e-mail").fill(email)
    page.get_by_role("button", name="Mandami il codice").click()
    page.get_by_label("Codice").fill(accounts.code_for(email))
    page.get_by_role("button", name="Entra", exact=True).click()


def add_passkey(page, name: str = "Computer dell’ufficio") -> list[str]:
    """Add one; gives the recovery codes that come with the first."""
    page.goto("/il-mio-conto/passkey/aggiungi/")
    page.get_by_label("Nome della passkey").fill(name)
    page.get_by_role("button", name="Aggiungi la passkey").click()
    page.wait_for_url(re.compile("codici|passkey/$"))
    return CODES.findall(page.inner_text("main"))


def sign_out(page) -> None:
    page.goto("/esci/")
    page.locator("main").get_by_role("button", name="Esci").click()
    arrive(page, "/")


def test_passkey_is_added_named_used_and_removed(page, authenticator):
    accounts.person(email="mara@example.org")
    by_code(page, "mara@example.org")

    codes = add_passkey(page)
    assert len(codes) == 10
    assert_sound(page)
    assert "nuova passkey" in Mail.objects.filter(to="mara@example.org").latest("pk").subject
    stored = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert not any(code in str(stored.data) for code in codes)

    page.goto("/il-mio-conto/passkey/")
    assert_sound(page)
    page.get_by_role("link", name="Cambia nome").click()
    page.get_by_label("Nome della passkey").fill("Telefono")
    page.get_by_role("button", name="Salva").click()
    page.get_by_text("Telefono").first.wait_for()

    sign_out(page)
    page.goto("/entra/?next=/il-mio-conto/accessi/")
    assert_sound(page)
    page.get_by_role("button", name="Usa una passkey").click()
    arrive(page, "/il-mio-conto/accessi/")

    page.goto("/il-mio-conto/passkey/")
    page.get_by_role("link", name="Togli").click()
    page.get_by_role("button", name="Togli").click()
    page.get_by_text("Non ne hai").wait_for()
    assert Authenticator.objects.count() == 0


def test_code_alone_is_not_enough_for_who_has_a_passkey(page, authenticator):
    accounts.person(email="mara@example.org")
    by_code(page, "mara@example.org")
    codes = add_passkey(page)
    sign_out(page)

    by_code(page, "mara@example.org")
    arrive(page, "/entra/secondo-passo/")
    assert_sound(page)
    page.goto("/il-mio-conto/")
    assert "/entra/" in page.url
    by_code(page, "mara@example.org")
    page.get_by_role("button", name="Usa una passkey").click()
    arrive(page, "/")
    assert page.get_by_role("link", name="Il tuo account").count()
    sign_out(page)

    by_code(page, "mara@example.org")
    page.get_by_label("Codice di riserva").fill(codes[3])
    page.get_by_role("button", name="Usa questo codice").click()
    arrive(page, "/")
    assert page.get_by_role("link", name="Il tuo account").count()
    sign_out(page)
    by_code(page, "mara@example.org")
    page.get_by_label("Codice di riserva").fill(codes[3])
    page.get_by_role("button", name="Usa questo codice").click()
    page.get_by_text("non va. Riprova").first.wait_for()


def test_passkey_confirms_a_sensitive_page(page, authenticator, monkeypatch):
    from cantiere.foundation.accounts.views import fresh

    accounts.person(email="mara@example.org")
    by_code(page, "mara@example.org")
    add_passkey(page)
    monkeypatch.setattr(fresh, "FRESH_FOR", 0)
    page.goto("/il-mio-conto/cancella/")
    assert_sound(page)
    monkeypatch.setattr(fresh, "FRESH_FOR", 900)
    page.get_by_role("button", name="Usa una passkey").click()

    arrive(page, "/il-mio-conto/cancella/")


def test_refused_passkey_is_told_in_words(page, authenticator):
    wire, number = authenticator
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    page.goto("/entra/")
    page.get_by_role("button", name="Usa una passkey").click()

    page.get_by_text("La passkey non è andata").wait_for(timeout=20_000)


def test_page_without_script_offers_no_passkey(browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="it-IT", java_script_enabled=False)
    page = context.new_page()
    page.goto("/entra/")

    assert page.get_by_role("button", name="Usa una passkey").count() == 0
    assert page.get_by_role("button", name="Mandami il codice").count() == 1
    context.close()
