"""A hybrid laboratory: a table that works on paper, a table in the hall, people who connect from home."""

import io

import pytest
from PIL import Image

from tests.browser import assert_sound, needs_browser
from tests.journeys.evening import (
    close,
    desk_of,
    harvest_and_publish,
    join,
    open_laboratory,
    prepare,
    press,
    table_of,
    write_note,
)

pytestmark = [pytest.mark.journey, needs_browser]
CALL = "https://video.example.org/da-casa"


def _photo():
    """A note as a phone takes it."""
    content = io.BytesIO()
    Image.new("RGB", (3000, 4000), (250, 230, 120)).save(content, "JPEG")
    return {"name": "IMG_0042.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def _set_tables(desk, slug):
    """The first table works on paper, the last one meets by video."""
    desk.goto(f"/gestione/laboratori/{slug}/gruppi/")
    desk.get_by_label("Nome").nth(0).fill("Tavolo di carta")
    desk.get_by_role("checkbox", name="lavora su carta").nth(0).check()
    desk.get_by_label("Nome").nth(2).fill("Da casa")
    desk.get_by_label("link della sua videochiamata").nth(2).fill(CALL)
    desk.get_by_role("button", name="Salva").click()
    desk.wait_for_load_state()
    assert_sound(desk)


def _at_the_paper_table(desk, slug):
    """Whoever sits there types what is written, and photographs what is drawn."""
    desk.goto(f"{desk_of(slug)}tavolo/?gruppo=t1")
    desk.get_by_label("Una nota per riga").fill("La piazza è buia\nManca un posto per i ragazzi")
    desk.get_by_role("button", name="Mettile sulla lavagna").click()
    desk.get_by_text("2 note sono sulla lavagna").wait_for()
    desk.locator(".note", has_text="La piazza è buia").first.wait_for()
    desk.get_by_label("Nuova nota").first.fill("Il disegno della piazza")
    desk.locator(".board-file input[type=file]").set_input_files(_photo())
    picture = desk.locator(".note", has_text="Il disegno della piazza").locator("img.note-photo")
    picture.wait_for()
    size = picture.evaluate("async one => (await one.decode(), [one.naturalWidth, one.naturalHeight])")
    assert size == [1200, 1600]
    desk.locator(".board-file input[type=file]").set_input_files(_photo())
    drawn = desk.locator(".note", has=desk.locator("img.note-photo"))
    drawn.nth(1).wait_for()
    assert drawn.filter(has_text="dalla sala, tavolo di carta").count() == 2  # not of whoever took the photo
    assert_sound(desk)


def _type_what_a_photo_says(desk, slug):
    """The one of which nobody had time to type the words is not lost."""
    desk.goto(f"/gestione/laboratori/{slug}/raccolta/")
    picture = desk.get_by_role("img", name="Foto della nota su carta")
    assert picture.count() == 1
    assert picture.evaluate("async one => (await one.decode(), one.naturalWidth)") == 1200
    assert_sound(desk)
    desk.get_by_label("Che cosa dice").fill("Una fontana al centro")
    desk.get_by_role("button", name="Salva quello che hai scritto").click()
    desk.get_by_text("1 nota trascritta").wait_for()


def test_a_hybrid_laboratory_with_a_table_on_paper(visit):
    desk, screen = visit(by="bruno@example.org"), visit(width=1920, height=1080)
    hall, home = visit(width=360, height=740), visit()
    slug = prepare(desk, "La piazza di tutti", method="Titoli dal futuro", tables=3, call=CALL)
    _set_tables(desk, slug)
    code = open_laboratory(desk, screen, slug)
    join(hall, code, "Anna")
    join(home, code, "Bruno da casa", afar=True)
    press(desk, "Comincia:")
    desk.locator(".desk-step-now").wait_for()  # else the step would be asked for by a page of before
    desk.locator(".desk-step", has_text="Scriviamo la prima pagina").get_by_role("button").click()
    press(desk, "Forma i gruppi")
    home.get_by_role("heading", name="Da casa", level=2).wait_for()
    assert home.get_by_role("link", name="Apri la videochiamata").get_attribute("href") == CALL
    notes = visit(by="bruno@example.org", width=390, height=844)
    notes.goto(f"/gestione/laboratori/{slug}/note/")
    notes.get_by_role("heading", name="Da casa", level=2).wait_for()
    write_note(home, "Da casa si vede il centro vuoto")
    assert_sound(home)
    notes.get_by_text("Da casa si vede il centro vuoto").wait_for()
    assert_sound(notes)
    hall.get_by_role("heading", name="Tavolo").first.wait_for()
    assert table_of(hall) != "Da casa"
    assert hall.get_by_role("link", name="Apri la videochiamata").count() == 0
    _at_the_paper_table(desk, slug)
    desk.goto(desk_of(slug))
    press(desk, "Via:")
    press(desk, "Richiama tutti in plenaria")
    press(desk, "Avanti: Che cosa portano i tavoli")
    press(desk, "Raccogli le lavagne")
    for text in ("La piazza è buia", "Il disegno della piazza", "Da casa si vede il centro vuoto"):
        screen.get_by_text(text).first.wait_for()
    assert_sound(screen)
    press(desk, "Avanti:")
    desk.get_by_role("link", name="Inserisci le risposte").click()
    desk.get_by_label("Persone che si sono espresse").fill("6")
    desk.get_by_label("La piazza è buia").fill("5")
    desk.get_by_label("Lo dice").select_option(label="Tavolo di carta")
    desk.get_by_role("button", name="Inserisci", exact=True).click()
    desk.get_by_text("Inserit").first.wait_for()
    assert_sound(desk)
    desk.goto(desk_of(slug))
    close(desk)
    _type_what_a_photo_says(desk, slug)
    harvest_and_publish(desk, slug)
    visitor = visit(width=390, script=False)
    visitor.goto(f"/laboratori/{slug}/risultati/")
    visitor.get_by_text("Manca un posto per i ragazzi").first.wait_for()
    visitor.get_by_text("Una fontana al centro").first.wait_for()
    assert_sound(visitor)
