"""Somebody takes their data along and leaves: nothing here knows them any more, and the seat goes to who waited."""

import json
import sqlite3

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]


def _tables_with(words, data):
    """The tables in which any cell holds these words."""
    database = sqlite3.connect(f"file:{data / 'cantiere.sqlite3'}?mode=ro", uri=True)
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = []
    for name in names:
        try:
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
        except sqlite3.OperationalError:  # a virtual table of a module this Python lacks
            continue
        if any(words in str(cell).lower() for row in rows for cell in row):
            found.append(name)
    database.close()
    return found


def test_an_account_goes_without_trace_and_the_seat_passes_on(visit, sign_in, hold_meeting, mail_to, served):
    slug = hold_meeting(visit(by="bruno@example.org"), "Una sedia sola", in_days=12, seats=1)
    leaving, waiting = visit(), visit(width=390, height=844)
    for page, email, name in (
        (leaving, "fosco.partente@example.org", "Fosco"),
        (waiting, "alba@example.org", "Alba"),
    ):
        page.goto(f"/attivita/{slug}/iscrizione/")
        sign_in(page, email, name=name, start=None)
        page.locator("main form").get_by_role("button").first.click()
        page.wait_for_url(f"**/incontri/{slug}/")
    waiting.get_by_text("Sei in lista d’attesa").first.wait_for()
    assert "accounts_person" in _tables_with("fosco.partente", served.data)

    leaving.goto("/il-mio-conto/dati/")
    assert_sound(leaving)
    with leaving.expect_download() as download:
        leaving.get_by_role("link", name="Scarica i miei dati").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert isinstance(json.loads(text), dict)
    assert [word in text for word in ("Fosco", "fosco.partente@example.org", "Una sedia sola")] == [True] * 3

    leaving.goto("/il-mio-conto/cancella/")
    leaving.get_by_label("Scrivi CANCELLA").fill("cancella tutto")
    leaving.get_by_role("button", name="Cancella il mio account").click()
    leaving.get_by_label("Scrivi CANCELLA").wait_for()
    assert_sound(leaving)
    leaving.get_by_label("Scrivi CANCELLA").fill("CANCELLA")
    leaving.get_by_role("button", name="Cancella il mio account").click()
    leaving.wait_for_url("**/arrivederci/")
    assert_sound(leaving)
    leaving.get_by_role("link", name="Accedi").first.wait_for()

    mail_to("alba@example.org", "C’è un posto per te")
    waiting.goto(f"/incontri/{slug}/")
    waiting.get_by_text("C’è un posto per te").first.wait_for()
    assert_sound(waiting)

    assert _tables_with("fosco", served.data) == []
    journal = served.data / "erasures.jsonl"
    assert journal.exists()
    assert "fosco" not in journal.read_text(encoding="utf-8").lower()
    assert "fosco" not in (served.data / "serve.log").read_text(errors="replace").lower()
