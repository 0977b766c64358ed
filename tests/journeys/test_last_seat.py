"""Someone without an account, on a phone, takes the last seat; who comes later waits, and gets it in the end."""

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]

MEETING = "/incontri/laboratorio-facilitare-un-gruppo-a-distanza/"
FORM = "**/attivita/laboratorio-facilitare-un-gruppo-a-distanza/iscrizione/"


def test_the_last_seat_passes_on_to_who_waits(visit, sign_in, mail_to):
    first, second = visit(width=390, height=844), visit(width=390, height=844)

    first.goto(MEETING)
    first.get_by_text("Resta 1 posto su 24.").wait_for()
    first.get_by_role("link", name="Iscriviti").click()
    sign_in(first, "lia@example.org", name="Lia", start=None)
    first.wait_for_url(FORM)
    assert_sound(first)
    first.get_by_role("button", name="Iscriviti").click()
    first.wait_for_url("**" + MEETING)
    first.get_by_text("Hai un posto").first.wait_for()
    first.get_by_role("link", name="Entra nella videochiamata").wait_for()
    assert_sound(first)

    second.goto(MEETING)
    second.get_by_text("Nessun posto libero su 24.").wait_for()
    second.get_by_role("link", name="Entra in lista d’attesa").click()
    sign_in(second, "elio@example.org", name="Elio", start=None)
    second.wait_for_url(FORM)
    second.get_by_role("button", name="Entra in lista d’attesa").click()
    second.wait_for_url("**" + MEETING)
    second.get_by_text("Sei in lista d’attesa").first.wait_for()
    assert second.get_by_role("link", name="Entra nella videochiamata").count() == 0
    assert_sound(second)

    first.goto(MEETING)
    first.get_by_role("link", name="Lascia il posto").click()
    assert_sound(first)
    first.get_by_role("button", name="Lascia il posto").click()
    first.wait_for_url("**" + MEETING)
    assert first.get_by_role("link", name="Entra nella videochiamata").count() == 0

    assert "/posto-offerto/" in mail_to("elio@example.org", "C’è un posto per te")
    second.goto(MEETING)
    second.get_by_text("C’è un posto per te").first.wait_for()
    assert_sound(second)
    second.locator("main").get_by_role("link", name="Prendi il posto").or_(
        second.locator("main").get_by_role("button", name="Prendi il posto")
    ).first.click()
    if second.url.endswith("/posto-offerto/"):
        assert_sound(second)
        second.get_by_role("button", name="Prendi il posto").click()
    second.wait_for_url("**" + MEETING)
    second.get_by_text("Hai un posto").first.wait_for()
    second.get_by_role("link", name="Entra nella videochiamata").wait_for()
    assert_sound(second)
