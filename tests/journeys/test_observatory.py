"""A visitor looks into the observatory: narrows, compares, counts, takes the data away; with and without script."""

import csv
import re
from pathlib import Path

import pytest

from tests.browser import Keyboard, assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]

PASSO = "PASSO: patto di sviluppo strategico per le imprese dell’Unione del Sorbara"
CENSUS = "censimento=ripartecipiamo"
SENTENCE = "67 processi in 9 province, 20 nati durante l’emergenza"


@pytest.mark.parametrize(
    ("width", "script"), [(1280, True), (390, True), (390, False), (320, False)], ids=str
)
def test_a_visitor_narrows_reads_compares_and_counts(visit, width, script):
    page = visit(width=width, script=script)
    page.goto("/")
    if width < 1000:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Osservatorio", exact=True).first.click()
    page.get_by_role("heading", name=re.compile("^6[0-9] processi in 9 province, 20 nati")).wait_for()
    assert_sound(page)
    page.goto(f"/osservatorio/?{CENSUS}")
    page.get_by_role("heading", name=SENTENCE).wait_for()
    assert_sound(page)

    page.get_by_label("Parole nelle schede").fill("PATTO per le impresa")
    page.get_by_role("button", name="Cerca").last.click()
    page.get_by_role("heading", name=re.compile("^[1-9] process")).wait_for()
    assert "testo=PATTO" in page.url
    assert_sound(page)
    page.locator("main").get_by_role("link", name=PASSO).click()
    page.get_by_text("6 mesi + 83 giorni di proroga e sospensione").first.wait_for()
    page.get_by_text("giovedì 12 novembre 2020").wait_for()
    page.get_by_text("finiscono 3 giorni prima della fine indicata").wait_for()
    assert page.get_by_text("Scheda dimostrativa").count() == 0
    assert_sound(page)
    page.locator("main").get_by_role("link", name="Jamboard").click()
    page.get_by_text("Non più disponibile dal 2024").first.wait_for()
    assert_sound(page)

    page.goto("/osservatorio/")
    boxes = page.get_by_role("checkbox", name=re.compile("^Confronta"))
    for box in (boxes.nth(0), boxes.nth(2)):
        box.check()
    page.get_by_role("button", name="Confronta le schede scelte").click()
    page.get_by_role("heading", name="Schede a confronto", level=1).wait_for()
    assert page.get_by_text("sono diversi").count() > 3
    assert page.get_by_text("uguale per tutti").count() > 1
    assert_sound(page)

    page.goto(f"/osservatorio/statistiche/?{CENSUS}")
    published = [67, 40, 27, 55, 12, 9, 9, 20, 27]  # the figures told in 2020, each with its base
    assert [int(n) for n in re.findall(r"\d+", page.locator(".headlines").inner_text())] == published
    assert_sound(page)
    page.locator(".headlines").get_by_role("link", name="12", exact=True).click()
    page.get_by_role("heading", name=re.compile("^12 processi")).wait_for()
    assert_sound(page)
    page.go_back()
    page.locator(".headlines").get_by_role("link", name="20", exact=True).click()
    page.get_by_role("heading", name=re.compile("^20 processi .* 20 nati")).wait_for()


def test_the_invented_records_say_so(visit):
    page = visit(width=390)
    page.goto("/osservatorio/?testo=mulino")
    page.locator(".record-row h3 a").first.click()
    page.get_by_text("Scheda dimostrativa: ente e processo inventati.").wait_for()
    assert_sound(page)


def test_what_is_shown_is_taken_away(visit):
    page = visit()
    page.goto(f"/osservatorio/?scheda-tipo=bando&{CENSUS}")
    page.get_by_role("heading", name=re.compile("^40 processi")).wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV (dati aperti)").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert len(rows) == 40
    assert {row["Questionario"] for row in rows} == {"Progetto finanziato dal bando"}


def test_with_the_keyboard_alone(visit):
    page = visit()
    page.goto("/osservatorio/statistiche/?tema=ambiente")
    keys = Keyboard(page)
    keys.follow("^1?\\d+$|^\\d+: ", tag="a")
    page.wait_for_url("**/osservatorio/?**tema=ambiente**")
    keys = Keyboard(page)
    keys.tab_to("Togli|Ambiente", tag="a")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/osservatorio/", r"/osservatorio/(schede/|\?.*punto=)"),
        ("/mappe-innovatori/mappa-degli-innovatori/", "/innovatori/[a-z]"),
    ],
    ids=["records", "innovators"],
)
def test_the_map_by_keyboard_alone(visit, address, found):
    """Through marks that stand for several, to a page: no mouse, and it shows where one is."""
    page = visit()
    page.goto(address)
    page.wait_for_selector(".map-cluster")
    keys = Keyboard(page)
    keys.tab_to("Salta la mappa", tag="a", at_most=80)
    keys.tab_to(".", tag="button", at_most=4)
    for _step in range(12):
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if page.locator(".map-card").count():
            break
    else:
        raise AssertionError("the marks lead nowhere")
    assert_sound(page)
    page.keyboard.press("Escape")
    keys.stop()  # back on the mark
    page.keyboard.press("Enter")
    page.locator(".map-card").wait_for()
    keys.stop()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(found))
    assert_sound(page)


def test_a_curator_writes_a_late_record(visit):
    page = visit(by="carla@example.org")
    page.goto("/censimenti/ripartecipiamo/")
    page.locator(".team-bar").get_by_role("link", name="Schede").click()
    page.get_by_role("link", name="Pubblicate (67)").wait_for()
    assert_sound(page)
    page.get_by_role("link", name="Scrivi una scheda a mano").click()
    page.get_by_label("Titolo del processo").fill("Un orto in ritardo")
    page.get_by_role("button", name="Comincia la scheda").click()
    page.get_by_role("heading", name="Un orto in ritardo", level=1).wait_for()
    assert_sound(page)
    page.get_by_label("Territorio", exact=True).fill("Bomporto")
    page.get_by_label("Nome", exact=False).first.fill("Associazione Orto in piazza")
    page.get_by_role("button", name="Salva e guarda").click()
    page.get_by_text("Anteprima: la scheda non è ancora pubblicata.").wait_for()
    page.get_by_text("Bomporto (MO)").first.wait_for()
    assert_sound(page)

    phone = visit(width=390, height=844, script=False, by="carla@example.org")
    phone.goto("/gestione/censimenti/ripartecipiamo/schede/?stato=bozze")
    phone.get_by_role("checkbox", name="Un orto in ritardo").check()
    assert_sound(phone)
    phone.get_by_role("button", name="Pubblica le schede segnate").click()
    phone.get_by_text("1 scheda ora è pubblica.").wait_for()
    assert_sound(phone)
    phone.goto("/osservatorio/?testo=orto+in+ritardo")
    phone.locator("main").get_by_role("link", name="Un orto in ritardo").wait_for()
    phone.goto("/gestione/censimenti/ripartecipiamo/schede/?testo=orto+in+ritardo")
    phone.get_by_role("link", name=re.compile("^Modifica ?: Un orto in ritardo")).click()
    phone.get_by_role("button", name="Nascondi la scheda").click()
    phone.get_by_text("Nascosta: ora la vede solo chi la cura.").wait_for()
