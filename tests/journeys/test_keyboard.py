"""Somebody who has only the keyboard finds a meeting, signs in and takes a seat, and always sees where they are."""

import pytest

from tests.browser import Keyboard, assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]


def test_taking_a_seat_by_keyboard_alone(visit, code_for):
    page = visit()
    keys = Keyboard(page)
    page.goto("/")
    keys.tab_to("Vai al contenuto", at_most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"

    page.goto("/")
    keys.tab_to("Cerca nel sito", tag="input")
    keys.type("ripartire dopo un cambiamento")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.follow("ripartire dopo un cambiamento", tag="a")
    keys.follow("^Iscriviti", tag="a")

    keys.tab_to("La tua e-mail", tag="input")
    keys.type("nessun indirizzo")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "e-mail" in keys.stop()["name"]  # the mistake has the focus
    assert_sound(page)

    page.keyboard.press("Tab")
    keys.tab_to("La tua e-mail", tag="input")
    page.keyboard.press("Control+A")
    keys.type("tea@example.org")
    keys.follow("Mandami il codice", tag="button")
    code = code_for("tea@example.org")
    if "Codice" not in keys.stop()["name"]:
        keys.tab_to("Codice", tag="input")
    keys.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    keys.tab_to("Come ti chiamiamo", tag="input")
    keys.type("Tea")
    keys.follow("Crea il mio account", tag="button")
    keys.stop()  # she did not agree yet: told so, where the focus is
    assert_sound(page)
    keys.tab_to("Ho letto", tag="input")
    page.keyboard.press("Space")
    keys.follow("Crea il mio account", tag="button")
    page.wait_for_url("**/iscrizione/")

    keys.tab_to("Qualcosa che dobbiamo sapere", tag="textarea")
    keys.type("Uso solo la tastiera")
    keys.follow("^Iscriviti", tag="button")
    page.get_by_text("Hai un posto").first.wait_for()
    assert_sound(page)

    keys.follow("Avvisi", tag="a")
    keys.tab_to("Una volta|Subito|Mai", tag="input")
    page.keyboard.press("ArrowDown")
    chosen = keys.stop()["name"]
    keys.follow("^Salva", tag="button")
    assert page.get_by_role("radio", name=chosen).is_checked()
    assert_sound(page)


def test_the_menu_of_a_phone_by_keyboard(visit):
    page = visit(width=390, height=844)
    keys = Keyboard(page)
    page.goto("/")
    keys.tab_to("^Menu", tag="button")
    page.keyboard.press("Enter")
    keys.tab_to("^Calendario", tag="a", at_most=8)
    page.keyboard.press("Escape")
    assert keys.stop()["name"] == "Menu"
    page.keyboard.press("Space")
    keys.follow("^Calendario", tag="a", at_most=8)
    assert page.url.endswith("/calendario/")
    assert_sound(page)
