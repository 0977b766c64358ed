"""A laboratory from its desk to its results: who leads, a screen, phones, a keyboard, somebody without script."""

import re

import pytest

from tests.browser import Keyboard, assert_sound, needs_browser
from tests.journeys.evening import close, harvest_and_publish, join, open_laboratory, press, write_note

pytestmark = [pytest.mark.journey, needs_browser]

LAB = "laboratorio-1-che-territorio-vogliamo-essere"
NOW = "/partecipa/PASSA2/ora/"


def _answer_by_keyboard(page):
    keys = Keyboard(page)
    keys.tab_to("Parola 1")
    keys.type("tenaci")
    keys.tab_to("^Invia$", tag="button")
    page.keyboard.press("Enter")
    page.get_by_text("Registrato").first.wait_for()


def _play_a_word(desk, screen, phones, keyboard, plain):
    """A question to everybody; what is said is seen on the screen at once."""
    press(desk, "Comincia: Benvenuto")
    press(desk, "Avanti: Una parola")
    press(desk, "Apri la domanda")
    for phone, word in zip(phones, ("laboriose", "aperte"), strict=True):
        phone.get_by_label("Parola 1").fill(word)
        phone.get_by_role("button", name="Invia").click()
        phone.get_by_text("Registrato").first.wait_for()
        assert_sound(phone)
    _answer_by_keyboard(keyboard)
    plain.goto(NOW)
    plain.get_by_label("Parola 1").fill("laboriose")
    plain.get_by_role("button", name="Invia").click()
    plain.get_by_role("button", name="Cambia la risposta").wait_for()
    assert_sound(plain)
    screen.get_by_text("laboriose").first.wait_for()
    assert_sound(screen)
    press(desk, "Chiudi le risposte")
    press(desk, "Mostra i risultati")


def _work_at_tables(desk, phones):
    """Everybody is sent to a table; what a table writes comes before everybody and is weighed."""
    press(desk, "Avanti: Forze, debolezze")
    press(desk, "Forma i gruppi")
    for phone, text in zip(phones, ("La meccanica di precisione", "Il lambrusco"), strict=True):
        phone.get_by_role("heading", name=re.compile("Tavolo")).first.wait_for()
        write_note(phone, text)
        assert_sound(phone)
    assert_sound(desk)
    press(desk, "Via: 35 minuti")
    press(desk, "Richiama tutti in plenaria")
    press(desk, "Avanti: Pausa")
    press(desk, "Avanti: I tavoli raccontano")
    press(desk, "Raccogli le lavagne")
    press(desk, "Avanti: Che cosa conta")
    press(desk, "Apri la domanda")
    phones[0].get_by_role("checkbox", name="Il lambrusco").check()
    phones[0].get_by_role("button", name="Invia").click()
    phones[0].get_by_text("Registrato").first.wait_for()
    press(desk, "Chiudi le risposte")
    press(desk, "Mostra i risultati")


def test_a_laboratory_from_the_desk_to_what_came_out(visit):
    desk, screen = visit(by="bruno@example.org"), visit(width=1920, height=1080)
    phones = [visit(width=390, height=844), visit(width=360, height=740)]
    keyboard, plain = visit(), visit(width=390, script=False)

    assert open_laboratory(desk, screen, LAB) == "PASSA2"
    for page, name in zip([*phones, keyboard, plain], ("Anna", "Bice", "Ciro", "Dora"), strict=True):
        join(page, "PASSA2", name)

    _play_a_word(desk, screen, phones, keyboard, plain)
    _work_at_tables(desk, phones)

    close(desk)
    phones[0].get_by_text("Il laboratorio è finito").first.wait_for()
    assert_sound(phones[0])
    harvest_and_publish(desk, LAB)

    visitor = visit(width=390)
    visitor.goto(f"/laboratori/{LAB}/risultati/")
    visitor.get_by_text("Il lambrusco").first.wait_for()
    assert_sound(visitor)


def test_what_came_out_of_an_evening_that_was_held(visit):
    for page in (visit(), visit(width=390, script=False)):
        page.goto("/laboratori/prova-di-collegamento-si-lavora-anche-da-lontano/risultati/")
        page.get_by_text("La meccanica di precisione").first.wait_for()
        assert_sound(page)
