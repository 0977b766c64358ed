"""Somebody nominates another from a phone; the other agrees; the team publishes; everyone finds them on the map."""

import re

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]
MAP = "/mappe-innovatori/mappa-degli-innovatori/"


def link_in(text):
    """The first secret link of a letter."""
    return re.search(r"https?://[^/\s]+(/(?:segnalazioni|la-mia-scheda|messaggi)/[\w-]{43}/)", text)[1]


def test_nominated_by_another_agrees_and_is_published(visit, mail_to):
    phone = visit(width=390, height=844, script=False)
    phone.goto(MAP)
    assert_sound(phone)
    phone.get_by_role("link", name="Segnala un innovatore").click()
    phone.wait_for_url("**/segnala/")
    assert_sound(phone)
    phone.get_by_role("button", name="Segnala", exact=True).click()
    phone.get_by_role("alert").wait_for()
    assert_sound(phone)
    phone.get_by_label("Nome di chi segnali").fill("Tecla Rondini")
    phone.get_by_role("combobox", name="Comune").fill("Marliana")
    phone.get_by_label("Che cosa fa, in una riga").fill("Fa lampade con le canne del padule.")
    phone.get_by_label("Come conosci").fill("Ha acceso la nostra festa.")
    phone.get_by_role("textbox", name="La sua e-mail", exact=True).fill("tecla@example.org")
    phone.get_by_label("Il tuo nome").fill("Nino")
    phone.get_by_label("La tua e-mail").fill("nino.segnala@example.org")
    phone.get_by_role("button", name="Segnala", exact=True).click()
    phone.wait_for_url("**/grazie/**")
    assert_sound(phone)

    phone.goto(link_in(mail_to("nino.segnala@example.org", "Conferma")))
    phone.get_by_role("heading", name="Tecla Rondini").wait_for()
    assert_sound(phone)
    phone.get_by_role("button", name="Confermo").click()
    phone.get_by_role("heading", name="Grazie: è fatta").wait_for()

    letter = mail_to("tecla@example.org", "segnalato te")
    assert "Nino" not in letter
    tecla = visit(width=390, height=844)
    secret = link_in(letter)
    tecla.goto(secret)
    assert_sound(tecla)
    tecla.get_by_label("La tua storia").fill("Taglio le canne a febbraio, quando sono secche.")
    tecla.get_by_label("Che cosa offri").fill("Un laboratorio di lampade")
    tecla.get_by_role("checkbox", name="Artigianato e manifattura").check()
    tecla.get_by_role("checkbox", name="Mi si può scrivere").check()
    tecla.get_by_role("button", name="Invia alla redazione").click()
    tecla.get_by_role("alert").wait_for()
    assert_sound(tecla)
    tecla.get_by_role("checkbox", name="Sono d’accordo").check()
    tecla.get_by_role("button", name="Invia alla redazione").click()
    tecla.get_by_text("La redazione la sta leggendo").wait_for()
    assert_sound(tecla)
    assert tecla.goto("/innovatori/tecla-rondini/").status == 404

    desk = visit(by="bruno@example.org")
    desk.goto(f"/gestione{MAP}schede/")
    assert_sound(desk)
    desk.get_by_role("link", name="Tecla Rondini").click()
    assert_sound(desk)
    desk.locator("main").get_by_role("button", name="Pubblica", exact=True).click()
    desk.wait_for_url("**/schede/")
    mail_to("tecla@example.org", "Ora sei sulla mappa")
    mail_to("nino.segnala@example.org", "Tecla Rondini è sulla mappa")

    visitor = visit(width=390, height=844)
    visitor.goto(f"{MAP}?q=lampada")
    assert_sound(visitor)
    visitor.get_by_role("link", name="Tecla Rondini").click()
    visitor.get_by_role("heading", name="Tecla Rondini", level=1).wait_for()
    assert_sound(visitor)
    assert "tecla@example.org" not in visitor.content()
    visitor.get_by_role("link", name="Contatta Tecla Rondini").click()
    assert_sound(visitor)
    visitor.get_by_label("Il tuo nome").fill("Lea")
    visitor.get_by_label("La tua e-mail").fill("lea.scrive@example.org")
    visitor.get_by_label("Messaggio").fill("Ne vorrei due per la biblioteca.")
    visitor.get_by_role("button", name="Vai avanti").click()
    visitor.goto(link_in(mail_to("lea.scrive@example.org", "Conferma")))
    assert_sound(visitor)
    visitor.get_by_role("button", name="Invia il messaggio").click()
    assert "Ne vorrei due" in mail_to("tecla@example.org", "Lea ti scrive")

    tecla.goto(secret)
    assert_sound(tecla)
    tecla.get_by_role("link", name="Toglimi e cancella").click()
    assert_sound(tecla)
    tecla.get_by_role("button", name="Cancella", exact=True).click()
    tecla.wait_for_url("**" + MAP)
    assert visitor.goto("/innovatori/tecla-rondini/").status == 404
    visitor.goto(MAP)
    assert visitor.get_by_role("link", name="Tecla Rondini").count() == 0
