"""The desk as its page: what it offers at each moment, to whom, and with how many questions to the database."""

import csv
import io
import json
import re
import secrets
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from cantiere.activities.labs.actions import leading, rehearsing
from cantiere.activities.labs.views.acts import ACTS
from cantiere.foundation.live import tickets
from cantiere.foundation.live.models import LiveEvent, LiveRoom
from cantiere.programmes.models import TeamMember
from tests.activities.labs.hall import Hall, prepared
from tests.factories import programmes
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def led(people=0):
    hall = Hall()
    who = programmes.member(hall.lab.activity.programme, TeamMember.Role.EDITOR).person
    return hall, signed_in(who), [hall.join(f"Nome {n}") for n in range(people)]


def address(lab, name="desk", about="", hall="regia"):
    """``about`` is the block, the group or the act."""
    more = {"act": about} if name == "desk_act" else {}
    found = reverse(f"labs:{name}", kwargs={"lab": lab.activity.slug, "hall": hall} | more)
    return f"{found}?blocco={about}&gruppo={about}" if about and not more else found


def press(client, lab, act, hall="regia", **fields):
    return client.post(address(lab, "desk_act", act, hall=hall), form_key() | fields, follow=True)


def html(response):
    return response.content.decode()


def primary(response):
    found = re.search(r'desk-primary">.*?<span>(.*?)</span>', html(response), re.DOTALL)
    assert found, html(response)[:2000]
    return found[1].strip()


def test_only_the_team_leads_and_a_role_taken_away_is_gone_at_once():
    hall, team, _people = led()
    names = [
        ("desk",),
        ("desk_ticket",),
        ("desk_people",),
        ("desk_seating", "one"),
        ("desk_table", "t1"),
        ("desk_paper", "ideas"),
    ]
    for client in (Client(), signed_in(person())):
        for name in names:
            assert client.get(address(hall.lab, *name)).status_code == 404
        assert client.post(address(hall.lab, "desk_act", "go"), form_key()).status_code == 404
    assert all(team.get(address(hall.lab, *name)).status_code == 200 for name in names)
    TeamMember.objects.filter(programme=hall.lab.activity.programme).delete()
    assert press(team, hall.lab, "go", block="choice", seen="").status_code == 404
    assert team.get(address(hall.lab, "desk_ticket")).status_code == 404
    assert hall.own.current == ""


def test_one_thing_to_do_at_a_time_through_a_whole_laboratory_without_script():
    hall, team, people = led(4)
    lab = hall.lab
    page = team.get(address(lab))
    assert "Che cosa serve" in primary(page)
    page = press(team, lab, "go", block="choice", seen="")
    assert primary(page) == "Apri la domanda"
    page = press(team, lab, "open", block="choice")
    hall.answers(people[0], "choice", "bus")
    assert primary(page) == "Chiudi le risposte"
    page = press(team, lab, "close", block="choice")
    assert primary(page) == "Mostra i risultati"
    assert "Più autobus" in html(page)  # seen by whoever leads before it is shown
    page = press(team, lab, "show", block="choice")
    assert primary(page) == "Avanti: Idee"
    page = press(team, lab, "go", block="one", seen="choice")
    assert primary(page) == "Forma i gruppi"
    page = press(team, lab, "form", block="one")
    assert "4 persone al loro posto" in html(page)
    assert "Nome 1" in html(page)
    assert primary(page).startswith("Via:")
    page = press(team, lab, "timer", minutes="15")
    assert primary(page) == "Richiama tutti in plenaria"
    page = press(team, lab, "call", to="plenary")
    assert primary(page) == "Avanti: Secondo giro"


def test_a_refusal_is_told_on_the_page_and_an_unknown_act_is_none():
    hall, team, _people = led()
    page = press(team, hall.lab, "go", block="nowhere", seen="")
    assert "message-error" in html(page)
    dance = address(hall.lab, "desk_act", "go").replace("/go/", "/dance/")
    assert team.post(dance, form_key()).status_code == 404
    assert team.post(address(hall.lab, "desk_act", "pause"), {"once": "short"}).status_code == 400
    assert team.get(address(hall.lab, "desk_act", "pause")).status_code == 405


def table_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_form_with_nonsense_breaks_nothing(act):
    hall, team, _people = led(1)
    for nonsense in ({}, {"block": EVIL, "ref": "x" * 30, "actor": EVIL, "group": EVIL, "text": EVIL * 9, "seed": "-1"},
                     {"block": "one", "ref": "9" * 400, "minutes": "1e9", "people": "٣", "turn": "", "who": "all"}):  # fmt: skip
        assert press(team, hall.lab, act, **nonsense).status_code == 200
    assert team.get(address(hall.lab)).status_code == 200


def test_what_people_write_is_never_markup():
    hall, team, _people = led()
    anna = hall.join(EVIL)
    leading.go(chair=hall.chair(), block="ideas", seen="", opens=True)
    hall.answers(anna, "ideas", EVIL)
    for name in (("desk",), ("desk_people",), ("desk_seating", "one")):
        assert "<script>alert" not in html(team.get(address(hall.lab, *name)))
    table = team.get(address(hall.lab, "desk_seating_table", "one"))
    assert table.status_code == 200


def test_who_sits_where_opens_in_italian_spreadsheets_and_holds_no_formula():
    hall, team, _people = led(1)
    hall.join('=HYPERLINK("http://x";"y")')
    press(team, hall.lab, "go", block="one", seen="")
    press(team, hall.lab, "form", block="one")
    rows = table_of(team.get(address(hall.lab, "desk_seating_table", "one")))
    assert rows[0] == ["Gruppo", "Nome", "Comune", "Per conto di chi"]
    assert """'=HYPERLINK("http://x";"y")""" in [row[1] for row in rows[1:]]


def test_of_many_ideas_the_first_are_sent_and_the_others_asked_for():
    hall, team, _people = led()
    leading.go(chair=hall.chair(), block="ideas", seen="", opens=True)
    event = {"room_id": hall.room, "kind": "answer", "slot": "ideas", "at": tickets.now(), "digest": b"d"}
    head = LiveRoom.objects.get(pk=hall.room)
    LiveEvent.objects.bulk_create(
        LiveEvent(
            **event, seq=head.seq + n, actor=f"p{n}", key=secrets.token_bytes(16),
            body=json.dumps({"value": f"Idea {n}. " + "Un treno ogni mezz'ora. " * 3, "n": 1}),
        )
        for n in range(1, 3_001)
    )  # fmt: skip
    LiveRoom.objects.filter(pk=hall.room).update(seq=head.seq + 3_000)

    def seen(more=""):
        page = html(team.get(address(hall.lab) + more, headers={"HX-Request": "true"}))
        return page, [
            int(n) for n in re.findall(r"Idea (\d+)\. Un treno ogni mezz&#x27;ora. Un treno ogni", page)
        ]

    page, first = seen()
    assert first == list(range(3_000, 2_960, -1))
    assert "3000" in re.search(r"desk-waiting.*?</h3>", page, re.DOTALL)[0]
    assert len(page.encode()) < 120_000
    onward = unescape(re.search(r'href="([^"]*)#ideas-ideas"', page)[1])
    assert seen(onward)[1] == list(range(2_960, 2_920, -1))
    assert seen("?idee=ideas&da=99999")[1] == list(range(40, 0, -1))
    for nonsense in ("?idee=ideas&da=-1", "?idee=ideas&da=x", "?idee=choice&da=40"):
        assert seen(nonsense)[1] == first


def test_a_ticket_of_the_desk_only_listens():
    hall, team, _people = led()
    answer = team.get(address(hall.lab, "desk_ticket")).json()
    ticket = tickets.read(answer["ticket"], hall.room)
    assert (ticket.lead, ticket.audience, answer["audience"]) == (False, "desk", "desk")


def test_a_table_on_paper_is_typed_in_and_taken_out():
    hall, team, _people = led()
    page = team.get(address(hall.lab, "desk_paper", "choice") + "&tavolo=t2")
    assert "Quante mani" in html(page)
    back = address(hall.lab, "desk_paper", "choice") + "&tavolo=t2"
    page = press(
        team,
        hall.lab,
        "paper",
        block="choice",
        group="t2",
        **{"hands-bus": "3", "hands-bike": "1"},
        back=back,
    )
    assert page.redirect_chain[-1][0] == back
    assert hall.own.answers["choice"].tally.people == 4
    page = press(team, hall.lab, "paper", block="choice", people="2", **{"hands-bus": "3"}, back=back)
    assert "message-error" in html(page)
    ref = min(hall.own.answers["choice"].on_paper())
    team.post(address(hall.lab, "desk_act", "unpaper") + f"?block=choice&ref={ref}", form_key())
    assert hall.own.answers["choice"].tally.people == 1


def test_back_never_leads_to_another_site():
    hall, team, _people = led()
    for back in (
        "https://evil.example/",
        "//evil.example/gestione/laboratori/",
        "/gestione/laboratori/../../x",
        "javascript:1",
    ):
        answer = team.post(address(hall.lab, "desk_act", "minute"), form_key() | {"back": back})
        assert answer["Location"].startswith("/gestione/laboratori/")


def test_the_laboratory_begins_and_ends_from_here():
    lab = prepared()
    team = signed_in(programmes.member(lab.activity.programme, TeamMember.Role.EDITOR).person)
    assert "Apri il laboratorio" in html(team.get(address(lab)))
    assert team.get(address(lab, "desk_people")).status_code == 404
    page = team.post(address(lab, "desk_start"), form_key(), follow=True)
    assert "Le persone stanno entrando" in html(page)
    assert "non si può tornare indietro" in html(team.get(address(lab, "desk_close"))).lower()
    page = team.post(address(lab, "desk_close"), form_key(), follow=True)
    assert "Il laboratorio è finito" in html(page)


def test_a_desk_is_a_tool_without_the_pages_of_the_site_around_it():
    hall, team, _people = led()
    own = address(hall.lab)
    names = ["desk_people", "desk_seating", "desk_table", "desk_paper", "desk_close"]
    for name, about in zip(names, ("", "one", "t1", "ideas", ""), strict=True):
        page = html(team.get(address(hall.lab, name, about)))
        assert f'href="{own}"' in page, (name, "no way back to the desk")
        assert "it-footer" not in page, name
        assert "it-header" not in page, name
    page = html(team.get(own))
    assert 'href="#content"' in page
    assert "#footer" not in page
    assert hall.lab.activity.edit_url in page


def test_a_rehearsal_is_marked_on_every_page_and_thrown_away():
    lab = prepared()
    team = signed_in(programmes.member(lab.activity.programme, TeamMember.Role.EDITOR).person)
    page = team.post(address(lab, "desk_start", hall="prova"), form_key() | {"people": "6"}, follow=True)
    assert "Rispondono persone simulate" in html(page)
    page = press(team, lab, "go", hall="prova", block="one", seen="")
    page = press(team, lab, "form", hall="prova", block="one")
    assert "Persona simulata 3" in html(page)
    for name in (("desk_people",), ("desk_seating", "one"), ("desk_table", "t1"), ("desk_close",)):
        assert "desk-rehearsal" in html(team.get(address(lab, *name, hall="prova")))
    team.post(address(lab, "desk_close", hall="prova"), form_key())
    lab.refresh_from_db()
    assert (rehearsing.rehearsal_of(lab), lab.started_on) == (None, None)


@pytest.mark.parametrize("people", [1, 30])
def test_the_number_of_queries_does_not_grow_with_people(people, django_assert_max_num_queries):
    hall, team, _people = led(people)
    leading.go(chair=hall.chair(), block="one", seen="")
    press(team, hall.lab, "form", block="one")
    with django_assert_max_num_queries(26):
        assert team.get(address(hall.lab), headers={"HX-Request": "true"}).status_code == 200
    with django_assert_max_num_queries(30):
        assert team.get(address(hall.lab, "desk_seating", "one")).status_code == 200
