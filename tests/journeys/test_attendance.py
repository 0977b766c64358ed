"""At the door: who facilitates shows the code on a phone, a participant types it, and is counted."""

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]


def test_a_code_at_the_door_counts_who_came(visit, sign_in, hold_meeting):
    team = visit(by="bruno@example.org")
    slug = hold_meeting(team, "Ritrovo di oggi", in_days=0, seats=20)
    team.goto("/gestione/programmi/comunita-di-pratiche-partecipative-dellemilia-romagna/gruppo/")
    team.get_by_label("E-mail").fill("dario@example.org")
    team.get_by_role("radio", name="Facilita").check()
    team.get_by_label("Dove", exact=True).select_option("Ritrovo di oggi")
    team.get_by_role("button", name="Aggiungi al gruppo").click()
    team.get_by_text("Dario Riva").first.wait_for()

    door = visit(width=390, height=844, by="dario@example.org")
    door.goto(f"/gestione/attivita/{slug}/iscrizioni/")
    door.get_by_text("0 presenti oggi").wait_for()
    assert_sound(door)
    door.get_by_role("link", name="Codice all’ingresso").first.click()
    code = door.locator(".door-code").inner_text().strip()
    door.locator(".door-picture").evaluate("picture => picture.decode()")
    assert_sound(door)

    guest = visit(width=390, height=844)
    guest.goto(f"/attivita/{slug}/presenza/")
    sign_in(guest, "moreno@example.org", name="Moreno", start=None)
    assert_sound(guest)
    guest.get_by_label("Codice all’ingresso").fill("00000" if code != "00000" else "11111")
    guest.get_by_role("button", name="Sono qui").click()
    guest.get_by_role("link", name="Non è il codice scritto all’ingresso").wait_for()
    assert_sound(guest)
    guest.get_by_label("Codice all’ingresso").fill(code)
    guest.get_by_role("button", name="Sono qui").click()
    guest.wait_for_url(f"**/incontri/{slug}/")
    guest.locator("main").get_by_text("Ci sei stato").or_(
        guest.locator("main").get_by_text("Grazie")
    ).first.wait_for()
    assert_sound(guest)

    door.goto(f"/gestione/attivita/{slug}/iscrizioni/")
    door.get_by_text("1 presente oggi").wait_for()
    door.get_by_role("button", name="+1 senza nome").click()
    door.get_by_text("1 senza nome oggi").wait_for()
    assert_sound(door)
