"""The list with its map, as plain pages and as answers to the component."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("listings")

ASKED_BY_FORM = {"HX-Request": "true", "HX-Target": "listing-results", "HX-Trigger": "listing-form"}
ASKED_BY_LINK = {"HX-Request": "true", "HX-Target": "listing-results", "HX-Boosted": "true"}


@pytest.fixture
def read(client):
    def get(query="", **headers):
        answer = client.get(f"/elenco/{query}", headers=headers)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def titles(page):
    return re.findall(r'class="stretched-link" href="[^"]+">([^<]+)<', page)


def test_the_page_has_the_sentence_the_rows_and_other_pages(read):
    page = read()
    assert re.search(r"<h2[^>]*>60 processi in 9 province</h2>", page)
    assert titles(page) == [f"Processo {n}" for n in range(20)]
    assert 'href="?pagina=3"' in page
    assert 'class="chips"' not in page


def test_chips_lead_to_the_list_without_them(read):
    page = read("?tema=bosco&emergency=1&q=1&utm=2")
    chips = re.findall(r'class="chip chip-off"\s+href="([^"]+)"><span[^>]*>Togli: </span>([^<]+)<', page)
    assert chips == [
        ("/elenco/?tema=bosco&amp;emergency=1", "con le parole «1»"),
        ("/elenco/?q=1&amp;emergency=1", "sul tema Bosco"),
        ("/elenco/?q=1&amp;tema=bosco", "nati durante l&#x27;emergenza"),
    ]
    assert 'class="chip-clear"' in page
    assert 'href="/elenco/"' in page


def test_other_pages_keep_the_filters_and_nothing_else(read):
    assert 'href="?tema=bosco&amp;pagina=2"' not in read("?tema=bosco&q=&utm=1")  # twenty rows: one page
    assert 'href="?quanti=30&amp;pagina=2"' in read("?quanti=30&q=&utm=1")


def test_an_answer_to_the_form_leaves_the_form_alone_and_tells_the_address(client):
    answer = client.get("/elenco/?q=&tema=bosco&ordine=recenti", headers=ASKED_BY_FORM)
    page = answer.content.decode()
    assert answer["HX-Push-Url"] == "/elenco/?tema=bosco"
    assert page.lstrip().startswith('<div class="listing-results"')
    assert "<form" not in page
    assert 'hx-swap-oob="innerHTML:#listing-live">20 processi in 9 province<' in page
    assert 'data-points-url="/elenco/punti.json?tema=bosco"' in page
    assert {"HX-Request", "HX-Target", "HX-Trigger"} <= set(re.split(r",\s*", answer["Vary"]))


def test_an_answer_to_a_link_draws_the_form_anew(client):
    answer = client.get("/elenco/?pagina=2&tema=bosco&quanti=90", headers=ASKED_BY_LINK)
    assert '<form class="listing-form"' in answer.content.decode()
    assert answer["HX-Push-Url"] == "/elenco/?quanti=90&tema=bosco&pagina=2"


def test_going_back_gives_the_whole_page(read):
    page = read("?tema=bosco", **ASKED_BY_FORM, **{"HX-History-Restore-Request": "true"})
    assert page.lstrip().startswith("<!DOCTYPE html>")


def test_what_is_wrong_is_said_above_the_rows_and_beside_its_field(client, read):
    page = read("?quanti=molti&tema=bosco&tema=niente&pagina=eh")
    assert "Alcuni filtri non valgono, gli altri sì" in page
    assert 'id="filter_quanti_error"' in page
    assert 'value="molti"' in page
    assert re.search(r'<details class="listing-filters"\s+open\s*>', page)
    assert "sul tema Bosco" in page
    answer = client.get("/elenco/?quanti=molti", headers=ASKED_BY_FORM)
    assert answer["HX-Push-Url"] == "/elenco/?quanti=molti"
    assert re.search(
        r'id="filter_quanti_slot"\s+hx-swap-oob="outerHTML">\s*<p class="form-feedback"',
        answer.content.decode(),
    )


def test_nothing_found_says_how_to_go_on_and_nothing_at_all_what_will_be_here(read):
    assert "Nessun risultato con questi filtri" in read("?q=zzz")
    assert 'href="/elenco/">Togli tutti i filtri' in read("?q=zzz")
    assert 'href="/elenco/?ordine=nome">Togli tutti i filtri' in read("?q=zzz&ordine=nome")


@pytest.mark.parametrize(
    "nasty", ["%00", "<script>alert(1)</script>", "';--", "%F0%9F%8C%B3" * 30, "quanti=9&quanti=x"]
)
def test_no_address_breaks_the_page(read, nasty):
    for name in ("q", "tema", "quanti", "pagina", "ordine", "emergency"):
        page = read(f"?{name}={nasty}")
        assert "<script>alert" not in page


def test_without_script_the_map_is_a_drawing(read):
    page = read()
    drawing = re.search(r"<cantiere-map.*?</cantiere-map>", page, re.DOTALL)[0]
    assert "Mappa dei processi" in drawing
    dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawing)
    assert 10 < len(dots) <= 60
    assert "Confini: ISTAT (CC BY 4.0)" in page


def test_ten_thousand_points_stay_a_small_drawing(read):
    assert read("?quanti=10000").count("<circle") < 500
