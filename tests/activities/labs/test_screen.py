"""The screen of a hall, the view of whoever writes down, the board of a table: pages without script."""

import pytest
from django.test import Client

from cantiere.activities.labs import keys
from cantiere.activities.labs.questions.showing import outcome
from cantiere.foundation.live import tickets
from cantiere.foundation.live.boards import queries as boards
from tests.activities.labs.live_rooms import ask, give, joined, key_of, lead, running
from tests.factories import labs as make
from tests.factories import places, programmes

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(client):
    client.cookies["django_language"] = "en"
    return running()


def seen(client, lab, view="schermo", name=keys.SCREEN):
    page = client.get(f"/{view}/{keys.key_of(lab, name)}/")
    assert page.status_code == 200
    return page


def test_a_key_opens_its_own_view_and_no_other(client, lab):
    screen, notes = keys.key_of(lab, keys.SCREEN), keys.key_of(lab, keys.NOTES)
    assert client.get(f"/schermo/{screen.lower()}/").status_code == 200
    for wrong in (
        lab.code,
        f"{lab.code}-",
        screen[:-1],
        notes,
        keys.key_of(running(), keys.SCREEN)[:7] + screen[7:],
    ):
        assert client.get(f"/schermo/{wrong}/").status_code == 404, wrong
        assert client.get(f"/schermo/{wrong}/biglietto/").status_code == 404, wrong
    assert client.get(f"/note/{screen}/").status_code == 404
    assert client.get(f"/note/{notes}/").status_code == 200


def test_whoever_runs_it_needs_the_code_only(client, lab):
    helper = Client()
    person = programmes.member(lab.activity.programme, "coordinator").person
    helper.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = helper.get(f"/schermo/{lab.code}/")
    assert page.status_code == 200
    assert "tables" in page.context["leads"]
    assert seen(client, lab).context["leads"] == ""


def test_a_screen_looks_on_and_never_leads(client, lab):
    told = client.get(f"/schermo/{keys.key_of(lab, keys.SCREEN)}/biglietto/").json()
    ticket = tickets.read(told["ticket"], lab.room_id)
    assert (ticket.audience, ticket.lead) == ("screen", False)
    told = client.get(f"/note/{keys.key_of(lab, keys.NOTES)}/biglietto/").json()
    assert tickets.read(told["ticket"], lab.room_id).audience == "notes"


def test_results_are_hidden_until_they_are_shown_and_then_told_in_words(client, lab):
    phone = Client()
    joined(phone, lab)
    ask(lab, "single")
    give(phone, lab, "answer", "single", choice="b")
    page = seen(client, lab).content.decode()
    assert "lab-results" not in page
    assert '<p class="screen-number">1</p>' in page
    lead(lab, "show", "single", shown=True)
    page = seen(client, lab).content.decode()
    assert "1 of 1 (100 %)" in page
    sentences = seen(client, lab, "note", keys.NOTES).content.decode()
    assert "1 person has answered." in sentences
    assert "Più ciclabili: 1 of 1 (100 %)" in sentences


@pytest.mark.parametrize(
    ("asks", "sent", "told"),
    [
        ("words", {"word": ["Autobus"]}, "<td>autobus</td>"),
        ("scale", {"choice": "4"}, "Mean 4, median 4"),
        ("ranking", {"place-a": "1", "place-b": "2"}, "score 2"),
        ("points", {"points-a": "100"}, "100 points"),
        ("statements", {"stance-a": "disagree"}, "disagree <strong>1</strong>"),
        ("quiz", {"choice": "b"}, "1 of 1 got it right"),
    ],
)
def test_every_kind_of_result_has_its_numbers_in_words(client, lab, asks, sent, told):
    phone = Client()
    joined(phone, lab)
    ask(lab, key_of(asks))
    give(phone, lab, "answer", key_of(asks), **sent)
    lead(lab, "show", key_of(asks), shown=True)
    assert told in seen(client, lab).content.decode()


def test_the_way_in_is_a_square(client, lab):
    picture = client.get(f"/partecipa/{lab.code}/codice.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert client.get("/partecipa/222222/codice.svg").status_code == 404


def test_markup_of_others_is_never_run_on_the_screen(client, lab):
    phone = Client()
    joined(phone, lab)
    ask(lab, "ideas")
    give(phone, lab, "answer", "ideas", text="<script>alert(1)</script>")
    for page in (seen(client, lab), seen(client, lab, "note", keys.NOTES)):
        assert "<script>alert" not in page.content.decode()
        assert "alert(1)" in page.content.decode()


def test_pins_of_one_municipality_stand_together():
    places.place("Bomporto", lat=44.73, lng=11.04)
    lines = [
        {"key": key, "text": key, "count": count, "share": count / 4}
        for key, count in (("11.04 44.73", 1), ("11.06 44.74", 2), ("7.00 38.00", 1))
    ]
    found = outcome({"asks": "pin", "results": {"people": 4, "paper": 0, "lines": lines}})
    assert [(bar.text, bar.count, bar.percent) for bar in found.bars] == [
        ("Bomporto", 3, 75),
        ("7.00 38.00", 1, 25),
    ]


# Boards -----------------------------------------------------------------------------------------


def test_a_note_is_added_to_the_board_of_ones_table_without_script(client, lab):
    joined(client, lab)
    lead(lab, "go", block="tables")
    address = f"/partecipa/{lab.code}/ora/lavagna/"
    assert client.get(address).status_code == 302  # nobody sits anywhere yet
    give(client, lab, "sit", "tables", group="t1")
    page = client.get(address)
    assert "cantiere-board" in page.content.decode()
    sent = {"area": "s", "text": "Si conosce tutti", "once": "0123456789abcdef"}
    for _time in range(2):
        assert client.post(address, sent).status_code == 302
    (note,) = boards.read(lab.room_id, "tables.t1").notes
    assert (note.text, note.area) == ("Si conosce tutti", "s")
    assert "Si conosce tutti" in client.get(address).content.decode()
    lead(lab, "freeze", "tables", frozen=True)
    assert client.post(address, sent | {"once": "f123456789abcdef"}).status_code == 422
    assert len(boards.read(lab.room_id, "tables.t1").notes) == 1


def test_who_writes_down_reads_what_stands_on_the_boards(client, lab):
    phone = Client()
    joined(phone, lab)
    lead(lab, "go", block="tables")
    give(phone, lab, "sit", "tables", group="t1")
    note = {"area": "s", "text": "Si conosce <tutti>", "once": "0123456789abcdef"}
    assert phone.post(f"/partecipa/{lab.code}/ora/lavagna/", note).status_code == 302
    tables = seen(client, lab, "note", keys.NOTES).context["boards"]
    (named, *_rest), names = tables, [name for name, _written in tables]
    assert names == ["Tavolo 1", "Tavolo 2", "Tavolo 3"]
    written = [(area.title, area.notes) for area in named[1]]
    assert written == [("Punti di forza", ["Si conosce <tutti>"])]
    part = client.get(
        f"/note/{keys.key_of(lab, keys.NOTES)}/", headers={"X-In-Place": "yes"}
    ).content.decode()
    assert "Si conosce &lt;tutti&gt;" in part
    lead(lab, "go", block="pause")
    assert "Si conosce" not in seen(client, lab, "note", keys.NOTES).content.decode()


def test_a_board_that_all_share_stands_once(client):
    lab = make.lab()
    make.block(lab, "groups", "Insieme", key="one", assign="chosen", shared=True, areas=make.AREAS)
    for _table in range(2):
        make.group(lab)
    lead(lab, "script", **make.script(lab).as_json())
    lead(lab, "go", block="one")
    page = seen(client, lab, "note", keys.NOTES)
    assert [name for name, _written in page.context["boards"]] == [""]
    assert "La lavagna di tutti" in page.content.decode()
