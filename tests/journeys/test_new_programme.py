"""A team member makes a programme from a template, is told what is missing, and publishes it."""

import re
from datetime import timedelta

import pytest

from tests.browser import assert_sound, needs_browser
from tests.journeys.conftest import today

pytestmark = [pytest.mark.journey, needs_browser]

TODAY = today()


def _complete(page, what):
    """Follow one of the things to do."""
    page.get_by_role("link", name=re.compile(f"^Completa ?: {what}")).click()
    page.wait_for_load_state()


def _create(page):
    page.goto("/gestione/")
    page.get_by_role("link", name="Crea un programma").first.click()
    page.get_by_role("link", name="Quattro fasi").click()
    assert_sound(page)
    page.get_by_label("Titolo").fill("Valle Aperta")
    page.get_by_role("button", name="Crea il programma").click()
    page.get_by_role("link", name="In una frase: Questo campo è obbligatorio.").wait_for()
    assert_sound(page)
    page.get_by_label("In una frase").fill(
        "Chi vive nella valle decide insieme come usare il vecchio mulino."
    )
    page.get_by_role("button", name="Crea il programma").click()
    page.wait_for_url("**/gestione/programmi/valle-aperta/")
    page.get_by_text("Lo vede solo il gruppo, finché non lo pubblichi.").wait_for()
    assert_sound(page)


def _fill_what_is_missing(page):
    home = "**/gestione/programmi/valle-aperta/**"
    _complete(page, "Di’ per quale territorio")
    page.get_by_label("Territorio").fill("Bomporto\nBastiglia")
    page.get_by_label("Primo giorno").fill(str(TODAY))
    page.get_by_role("button", name="Salva").click()
    page.wait_for_url(home)

    page.goto("/gestione/programmi/valle-aperta/enti/")
    page.get_by_role("combobox", name="Ente (obbligatorio)").fill("Unione Comuni del Sorbara")
    page.get_by_role("button", name="Aggiungi", exact=True).click()
    page.locator("main").get_by_text("Unione Comuni del Sorbara").first.wait_for()

    page.goto("/gestione/programmi/valle-aperta/obiettivi/nuovo/")
    page.get_by_label("Obiettivo (obbligatorio)").fill("Ridare vita al mulino")
    page.get_by_role("button", name="Salva").click()
    page.wait_for_url(home)

    page.get_by_role("link", name="Modifica Esplorazione").click()
    page.get_by_label("Inizio previsto").fill(str(TODAY))
    page.get_by_role("button", name="Salva").click()


def _prepare_the_meeting(page):
    page.goto("/gestione/programmi/valle-aperta/")
    page.get_by_role("link", name="Incontro di apertura", exact=True).click()
    page.get_by_label("Titolo").fill("Festa di apertura al mulino")
    page.get_by_label("In una frase").fill("Ci troviamo al mulino e diciamo che cosa ci piacerebbe farne.")
    page.get_by_label("Giorno (obbligatorio)").fill(str(TODAY + timedelta(days=9)))
    page.get_by_label("Dalle").fill("18:00")
    page.get_by_label("Alle (obbligatorio)", exact=True).fill("20:00")
    page.get_by_label("Luogo").fill("Mulino vecchio, via dell’Argine 1")
    page.get_by_label("Comune", exact=True).fill("Bomporto")
    page.get_by_label("Posti").fill("40")
    page.get_by_role("button", name="Salva").click()
    page.wait_for_load_state()
    assert_sound(page)


def test_a_team_makes_a_programme_and_publishes_it(visit):
    team, anyone = visit(by="carla@example.org"), visit()
    _create(team)

    team.goto("/gestione/programmi/valle-aperta/pubblica/")
    team.get_by_role("heading", name="Mancano 5 cose").wait_for()
    assert team.get_by_role("button", name="Pubblica il programma").count() == 0
    assert_sound(team)

    team.goto("/gestione/programmi/valle-aperta/")
    _fill_what_is_missing(team)
    _prepare_the_meeting(team)

    team.goto("/programmi/valle-aperta/")
    team.get_by_role("heading", name="Valle Aperta", level=1).wait_for()
    assert_sound(team)
    assert anyone.goto("/programmi/valle-aperta/").status == 404
    assert anyone.goto("/incontri/incontro-di-apertura-2/").status == 404

    team.goto("/gestione/programmi/valle-aperta/pubblica/")
    team.get_by_role("heading", name="C’è tutto").wait_for()
    team.get_by_role("button", name="Pubblica il programma").click()
    team.wait_for_load_state()
    team.goto("/gestione/programmi/valle-aperta/pubblica/")
    team.get_by_role("button", name="Pubblica quella pronta").click()
    team.wait_for_load_state()
    assert_sound(team)

    for address in ("/programmi/", "/"):
        anyone.goto(address)
        anyone.locator("main").get_by_role("link", name="Valle Aperta").first.wait_for()
    anyone.goto("/cerca/?q=valle+appertta")
    anyone.locator("main").get_by_role("link", name="Valle Aperta", exact=True).click()
    anyone.get_by_role("heading", name="Valle Aperta", level=1).wait_for()
    anyone.locator("main").get_by_role("link", name="Festa di apertura al mulino").first.click()
    anyone.get_by_text("Restano 40 posti su 40.").wait_for()
    assert_sound(anyone)
