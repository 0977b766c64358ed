"""What people do in a laboratory, one step each, for the journeys that follow whole evenings."""

import csv
import io
import re
from itertools import combinations

from tests.browser import assert_sound
from tests.journeys.conftest import COMMUNITY, today


def prepare(page, title, *, method, tables, call=""):
    """Have the team's window prepare a laboratory of today by a method of the shelf; gives its slug.

    With a ``call`` it is held in the hall and online.
    """
    page.goto(f"/gestione/programmi/{COMMUNITY}/attivita/nuova/")
    page.get_by_role("radio", name="Laboratorio").check()
    page.get_by_label("Titolo").fill(title)
    page.get_by_role("button", name="Aggiungi e continua").click()
    page.get_by_label("Giorno (obbligatorio)").fill(str(today()))
    page.get_by_label("Dalle").fill("00:01")
    page.get_by_label("Alle (obbligatorio)", exact=True).fill("23:59")
    if call:
        page.get_by_role("radio", name="In presenza e online", exact=True).check()
        page.get_by_label("Collegamento della videochiamata").fill(call)
    page.get_by_label("Luogo").fill("Sala civica")
    page.get_by_label("Comune", exact=True).fill("Bomporto")
    page.get_by_role("button", name="Salva").click()
    slug = re.search(r"/gestione/laboratori/([^/]+)/", page.url)[1]
    page.goto(f"/gestione/laboratori/{slug}/gruppi/")
    page.get_by_label("Quanti gruppi").fill(str(tables))
    page.get_by_role("button", name="Crea i gruppi").click()
    page.get_by_label("Nome").nth(tables - 1).wait_for()
    page.goto(f"/gestione/laboratori/{slug}/metodi/")
    page.get_by_role("link", name=method).click()
    assert_sound(page)
    page.get_by_role("button", name="Aggiungi alla scaletta").click()
    page.wait_for_url("**/scaletta/**")
    assert_sound(page)
    page.goto(f"/gestione/attivita/{slug}/pubblica/")
    page.locator("main").get_by_role("button", name="Pubblica").click()
    page.wait_for_load_state()
    return slug


def desk_of(slug):
    return f"/gestione/laboratori/{slug}/regia/"


def open_laboratory(desk, screen, slug):
    """The desk opens it; the screen gets its own address, which needs no account. Gives the code to join."""
    desk.goto(desk_of(slug))
    assert_sound(desk)
    desk.get_by_role("button", name="Apri il laboratorio").click()
    desk.get_by_text("Le persone stanno entrando").wait_for()
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Schermo della sala", exact=True).click()
    opened.value.wait_for_url("**/schermo/*-*/")
    screen.goto(opened.value.url)
    return re.search(r"/schermo/([^-]+)-", opened.value.url)[1]


def join(page, code, name, *, sound=True, afar=False):
    """By the code that hangs in the hall, without an account."""
    page.goto(f"/partecipa/{code}/")
    if sound:
        assert_sound(page)
    page.get_by_label("Nome").first.fill(name)
    if afar:
        page.get_by_label("Mi collego a distanza").check()
    page.get_by_role("button", name="Entra").click()
    page.wait_for_url(f"**/partecipa/{code}/ora/")


def press(desk, words, *, by_key=False):
    """The one thing to do now, by somebody who reads before they press: a double press does one thing.

    ``by_key`` with the focus where it is.
    """
    button = desk.locator(".desk-primary").first.filter(has_text=words)
    button.wait_for()
    desk.wait_for_timeout(500)
    if by_key:
        desk.keyboard.press("Enter")
    else:
        button.click()


def write_note(page, text):
    """A note on the board of one's own table, in the area that comes first."""
    page.get_by_label("Nuova nota").first.fill(text)
    page.keyboard.press("Enter")
    page.locator(".note", has_text=text).first.wait_for()


def table_of(page):
    """The table somebody sits at, as their phone says it."""
    return page.locator(".lab-table-name").first.inner_text()


def seats_now(desk, slug, block):
    """Who sits where in a block: table → names, from the table that whoever leads may save."""
    answer = desk.request.get(f"/gestione/laboratori/{slug}/regia/posti/tabella.csv?blocco={block}")
    rows = list(csv.reader(io.StringIO(answer.text().lstrip("\ufeff")), delimiter=";"))[1:]
    found = {}
    for table, name, *_more in rows:
        found.setdefault(table, []).append(name)
    return found


def pairs(seats):
    """Everybody who sits with somebody."""
    return {pair for names in seats.values() for pair in combinations(sorted(names), 2)}


def close(desk):
    """The laboratory is over."""
    desk.get_by_role("link", name="Chiudi il laboratorio").last.click()
    assert_sound(desk)
    desk.locator("main").get_by_role("button", name="Chiudi il laboratorio").click()
    desk.get_by_text("Il laboratorio è finito").first.wait_for()


def harvest_and_publish(desk, slug):
    """What was said becomes contributions, the minutes and the results are for everyone."""
    desk.goto(f"/gestione/laboratori/{slug}/raccolta/")
    assert_sound(desk)
    desk.get_by_role("button", name=re.compile(r"Raccogli \d+ contribut")).click()
    desk.wait_for_load_state()
    desk.goto(f"/gestione/laboratori/{slug}/verbale/")
    assert_sound(desk)
    desk.get_by_role("button", name="Pubblica").last.click()
    desk.wait_for_load_state()
