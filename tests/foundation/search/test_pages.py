"""The page."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cantiere.engine.readability import gulpease
from cantiere.foundation.core.richtext import strip_tags
from cantiere.foundation.places.filters import place_key
from cantiere.foundation.search import audiences
from tests.factories.places import loaded
from tests.factories.places import place as make_place
from tests.factories.search import make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def body(client: Client, **words: str) -> str:
    answer = client.get(reverse("search:page"), words)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().partition("<main")[2].partition("</main>")[0].split())


def queries(client: Client, **words: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        body(client, **words)
    return len(captured)


def test_page_says_how_many_in_words(client: Client) -> None:
    make_entry("Laboratorio")
    assert "1 risultato per “laboratorio”" in body(client, q="laboratorio")
    make_entry("Laboratori", kind="Page")
    page = body(client, q="laboratorio")
    assert "2 risultati per “laboratorio”" in page
    assert page.count("<mark>Laborator") == 2
    assert 'href="?q=laboratorio&amp;kind=Page"' in page
    assert "1 risultato" in body(client, q="laboratorio", kind="Page")


def test_page_offers_another_spelling_with_its_results(client: Client) -> None:
    make_entry("La città")
    page = body(client, q="cittta")
    assert (
        'Niente trovato per “cittta”. Forse cercavi: <a href="?q=citt%C3%A0"><strong>città</strong></a>'
        in page
    )
    assert "1 risultato per “città”" in page
    assert "<mark>città</mark>" in page


def test_page_says_what_to_try_when_nothing_is_found(client: Client) -> None:
    page = body(client, q="xilofono")
    assert "Niente trovato per “xilofono”" in page
    assert "Prova con una parola sola" in page


def test_page_without_question_has_only_the_form(client: Client) -> None:
    make_entry("Laboratorio")
    assert "<article" not in body(client)
    assert "<article" not in body(client, q="x" * 201)
    assert "<article" not in body(client, q="nul\0")


def test_page_lists_in_pages(client: Client) -> None:
    for number in range(23):
        make_entry(f"Bosco {number}")
    page = body(client, q="bosco", page="2")
    assert (page.count("<article"), "?q=bosco&amp;page=1" in page) == (3, True)
    assert "Vedi tutti i risultati" in body(client, q="bosko")


@pytest.mark.parametrize("place", ["title", "text", "kind", "q"])
def test_page_runs_no_markup(client: Client, place: str) -> None:
    evil = '<script>alert(1)</script> bosco "><img src=x>'
    told = {"title": "bosco", "text": "bosco", "kind": "Page", place: evil}
    make_entry(told["title"], told["text"], kind=told["kind"])
    make_entry("bosco")
    page = body(client, q=evil if place == "q" else "bosco")
    assert ("<script" in page, "<img" in page) == (False, False)
    assert "&lt;script&gt;" in page.replace("<mark>", "").replace("</mark>", "")


def test_page_tells_the_team_what_only_it_sees(client: Client) -> None:
    person = get_user_model().objects.create_user("team@example.org")
    audiences.register("programme", lambda person: {12})
    make_entry("Bozza segreta", audience="programme:12")
    assert "Bozza" not in body(client, q="bozza").partition("</form>")[2].replace("bozza", "")
    client.force_login(person)
    assert "Lo vede solo il tuo gruppo" in body(client, q="bozza")


def test_page_costs_the_same_for_one_and_three(client: Client) -> None:
    person = get_user_model().objects.create_user("team@example.org")
    audiences.register("programme", lambda person: set(get_user_model().objects.values_list("pk", flat=True)))
    counts = []
    for _ in range(3):
        make_entry("Bosco di città", audience="")
        counts.append((queries(client, q="bosco"), queries(client, q="bosko"), queries(client, q="zzz")))
    assert counts == [(2, 3, 2)] * 3
    client.force_login(person)
    # Session, person, audience; then the room's own.
    assert (queries(client, q="bosco"), queries(client, q="bosko")) == (5, 6)


def test_page_reads_easily(client: Client) -> None:
    make_entry("La città", "Vieni a parlare del bosco.")
    for asked in ("", "città", "cittta", "xilofono"):
        text = strip_tags(
            body(client, q=asked).replace("</p>", ". ").replace("</h1>", ". ").replace("</h2>", ". ")
        )
        assert gulpease(text) >= 60, text


@pytest.mark.django_db
def test_page_keeps_what_is_in_a_place(client: Client) -> None:
    places = loaded()
    bomporto, modena, region = places["036002"], places["036"], places["08"]
    elsewhere = make_place("Altrove")
    make_entry("Bosco di Bomporto", place_ids=[bomporto.pk])
    make_entry("Bosco della provincia", place_ids=[modena.pk])
    make_entry("Bosco altrove", place_ids=[elsewhere.pk])
    make_entry("Bosco di nessuno")
    assert "1 risultato" in body(client, q="bosco", luogo="Bomporto")
    inside = body(client, q="bosco", luogo=place_key(modena))
    assert "2 risultati" in inside
    assert "in provincia di Modena" in inside
    assert "2 risultati" in body(client, q="bosco", luogo=place_key(region))
    assert "4 risultati" in body(client, q="bosco")
    refused = body(client, q="bosco", luogo="Atlantide")
    assert "4 risultati" in refused
    assert "Atlantide" in refused
