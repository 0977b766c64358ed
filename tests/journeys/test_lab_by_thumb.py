"""The team's pages of a laboratory in one hand: 360 pixels, a thumb, nothing scrolling sideways."""

import re

import pytest

from tests.browser import assert_sound, needs_browser, too_small
from tests.journeys.evening import desk_of, prepare, press

pytestmark = [pytest.mark.journey, needs_browser]
OLD = "/gestione/laboratori/prova-di-collegamento-si-lavora-anche-da-lontano"


def _fits(page, address):
    """A page is sound, and all that stands by itself is large enough to be hit."""
    page.goto(address)
    page.wait_for_load_state()
    assert_sound(page)
    assert too_small(page) == [], page.url


def test_the_team_prepares_leads_and_gathers_on_a_phone(visit):
    page = visit(width=360, height=740, by="bruno@example.org", touch=True)
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    slug = prepare(page, "Un caffè in una mano", method="World café", tables=3)
    lab = f"/gestione/laboratori/{slug}/"
    page.goto(f"{lab}scaletta/")
    block = page.get_by_role("link", name=re.compile("Piano Primo giro")).get_attribute("href")
    for address in (
        "",
        "scaletta/",
        "metodi/",
        "metodi/scheda/?metodo=world-cafe",
        "gruppi/",
        "fogli/",
        "regia/",
    ):
        _fits(page, lab + address)
    _fits(page, block)

    page.goto(desk_of(slug))
    page.get_by_role("button", name="Comincia la prova").click()
    page.get_by_text("Le persone stanno entrando").wait_for()
    press(page, "Comincia:")
    press(page, "Avanti: Primo giro")
    press(page, "Forma i gruppi")
    page.get_by_text("Persona simulata").first.wait_for()
    desk = f"{lab}prova/"
    key = page.locator("a[href*='posti/?blocco=']").first.get_attribute("href").partition("=")[2]
    for address in ("", "persone/", f"posti/?blocco={key}", "tavolo/?gruppo=t1", "chiudi/"):
        _fits(page, desk + address)
    page.get_by_role("button", name="Chiudi la prova").click()

    for address in ("raccolta/", "verbale/", "verbale/ricomponi/", "cancella/"):
        _fits(page, f"{OLD}/{address}")
