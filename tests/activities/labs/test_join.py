"""Coming in: by code or square, without account, once."""

import json
import re
import secrets
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone, translation

from cantiere.activities.labs import codes
from cantiere.activities.labs.actions.seating import expect_enrolled
from cantiere.activities.labs.models import Lab, Participant
from cantiere.activities.labs.views.device import SALT
from cantiere.foundation.core import limits
from cantiere.foundation.live.models import LiveEvent
from cantiere.programmes.models import Participation
from cantiere.thread.contributions.models import Receipt
from tests.activities.labs.live_rooms import joined, lead, running
from tests.factories import labs as make
from tests.factories import programmes
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db


def signed_in(somebody):
    client = Client()
    client.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_code_is_heard_however_it_is_typed(client):
    lab = running(code="K7M2XQ")
    for written in ("k7m2xq", " K7M 2XQ ", "k7m-2xq"):
        answer = client.post("/partecipa/", {"code": written, "once": secrets.token_urlsafe(16)})
        assert (answer.status_code, answer.url) == (302, f"/partecipa/{lab.code}/"), written


@pytest.mark.parametrize("misread", ["K7MZXQ", "KIM2X0", "K7N2XQ", "KLM2XQ"])
def test_a_sign_read_for_another_leads_where_it_can_only_mean_one(client, misread):
    running(code="K7M2XQ")
    assert client.get(f"/partecipa/{misread}/").status_code == 200


def test_what_may_be_meant_is_bounded():
    assert "K7M2XQ" in codes.meant("KIMZX0")
    assert len(codes.meant("QQQQQQ")) == 64
    assert codes.meant("111111") == []
    assert codes.meant("K7M2X") == []
    assert codes.meant("K7M2X!") == []


def test_a_wrong_code_is_told_where_it_was_typed(client):
    answer = client.post("/partecipa/", {"code": "222222", "once": secrets.token_urlsafe(16)})
    assert (
        "No laboratory has this code" in answer.content.decode()
        or "Nessun laboratorio" in answer.content.decode()
    )
    assert client.get("/partecipa/222222/").status_code == 404


def test_who_tries_codes_must_wait(client, monkeypatch):
    monkeypatch.setitem(limits.RATE_LIMITS, "wrong-code", limits.Limit("address", 2, 86_400))
    for wanted in (404, 404, 429):
        assert client.get("/partecipa/222222/").status_code == wanted
    assert client.get(f"/partecipa/{running().code}/").status_code == 200


def test_a_draft_is_joined_by_its_team_only(client):
    lab = running()
    lab.activity.published_at = None
    lab.activity.save()
    assert client.get(f"/partecipa/{lab.code}/").status_code == 404
    helper = programmes.member(lab.activity.programme, "coordinator").person
    assert signed_in(helper).get(f"/partecipa/{lab.code}/").status_code == 200


def test_one_comes_in_without_account_and_is_counted_without_name(client):
    lab = running()
    page = joined(client, lab, name="Anna")
    assert page.redirect_chain[-1][0] == f"/partecipa/{lab.code}/ora/"
    mine = Participant.objects.get(lab=lab)
    assert (mine.name, mine.person, mine.online) == ("Anna", None, False)
    day = Participation.objects.get(activity=lab.activity)
    assert (day.person, day.times) == (None, 1)
    entered = LiveEvent.objects.get(room=lab.room, kind="enter")
    assert entered.actor == mine.actor
    assert mine.receipt is not None


def test_sent_twice_it_is_one_participant(client):
    lab = running()
    page = client.get(f"/partecipa/{lab.code}/")
    sent = {
        "receipt": page.context["form"]["receipt"].value(),
        "once": secrets.token_urlsafe(16),
        "name": "Anna",
    }
    first = client.post(f"/partecipa/{lab.code}/", sent)
    client.cookies.clear()
    again = client.post(f"/partecipa/{lab.code}/", sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Participant.objects.filter(lab=lab).count() == 1
    assert Participation.objects.get(activity=lab.activity).times == 1
    assert LiveEvent.objects.filter(room=lab.room, kind="enter").count() == 1
    assert client.get(f"/partecipa/{lab.code}/ora/").status_code == 200


def test_the_next_page_comes_in_the_same_breath_where_script_asks(client):
    lab = running()
    page = client.get(f"/partecipa/{lab.code}/")
    sent = {"receipt": page.context["form"]["receipt"].value(), "once": secrets.token_urlsafe(16)}
    answer = client.post(f"/partecipa/{lab.code}/", sent, headers={"X-In-Place": "yes"})
    assert answer.status_code == 200
    assert answer["Content-Location"] == f"/partecipa/{lab.code}/ora/"
    assert "<cantiere-lab" in answer.content.decode()
    assert client.get(f"/partecipa/{lab.code}/").url == f"/partecipa/{lab.code}/ora/"


def test_the_entrance_is_one_file_and_lets_in_no_script_but_its_own(client):
    """What stands in the page carries a number used once, which the policy of this answer names."""
    path = f"/partecipa/{running().code}/"
    page = client.get(path)
    within = re.findall(r'<(style|script) nonce="([^"]+)">', page.content.decode())
    policies = dict(line.strip().split(" ", 1) for line in page["Content-Security-Policy"].split(";"))
    assert [name for name, _number in within] == ["style", "script"]
    assert {number for _name, number in within} == {
        policies[f"{kind}-src"].removeprefix("'self' 'nonce-").removesuffix("'")
        for kind in ("style", "script")
    }
    assert b'rel="stylesheet"' not in page.content
    assert b"url(./" not in page.content
    assert client.get(path)["Content-Security-Policy"] != page["Content-Security-Policy"]
    assert client.get(path, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "nonce" not in client.get("/partecipa/")["Content-Security-Policy"]


def test_only_what_the_laboratory_asks_is_asked(client):
    lab = running(asks_name=False)
    assert list(client.get(f"/partecipa/{lab.code}/").context["form"].fields) == ["receipt"]
    Lab.objects.filter(pk=lab.pk).update(
        asks_name=True, asks_place=True, asks_actor=True, mode="hybrid", ask_reason="Per mescolare i tavoli."
    )
    page = client.get(f"/partecipa/{lab.code}/")
    assert list(page.context["form"].fields) == ["name", "place", "actor_kind", "online", "receipt"]
    assert "Per mescolare i tavoli." in page.content.decode()


def test_who_has_an_account_reads_at_the_door_when_its_name_stays(client):
    path = f"/partecipa/{running().code}/"
    known = signed_in(person(name="Ada Prova"))
    with translation.override("it"):
        kept = "il nome del tuo account"
        assert f"«Ada Prova», {kept}" in known.get(path).content.decode()
        assert kept not in client.get(path).content.decode()


def test_a_place_that_is_none_is_told_and_nothing_is_lost(client):
    lab = running(asks_place=True)
    page = joined(client, lab, name="Anna", place="Atlantide")
    assert page.status_code == 200
    assert page.context["form"]["name"].value() == "Anna"
    assert not Participant.objects.exists()


def test_who_has_an_account_is_the_same_on_every_device():
    lab, somebody = running(), person(name="Anna")
    joined(signed_in(somebody), lab, name="Anna")
    mine = Participant.objects.get(lab=lab)
    assert (mine.person, mine.name) == (somebody, "Anna")
    second = signed_in(somebody)
    assert second.get(f"/partecipa/{lab.code}/").status_code == 302
    assert second.get(f"/partecipa/{lab.code}/ora/").context["held"].participant == mine
    assert Participation.objects.get(activity=lab.activity, person=somebody).times == 1


def test_who_was_seated_beforehand_comes_in_as_everybody():
    lab, somebody = running(mode="hybrid"), person(name="Anna")
    programmes.enrolment(lab.activity, somebody, online=True)
    expect_enrolled(lab=lab)
    expected = Participant.objects.get(lab=lab)
    lead(lab, "go", block="tables")
    lead(lab, "seats", "tables", seats={"t1": [expected.actor]})
    first = signed_in(somebody)
    assert first.get(f"/partecipa/{lab.code}/ora/").url == f"/partecipa/{lab.code}/"
    assert first.get(f"/partecipa/{lab.code}/").context["form"]["online"].value() is True
    assert not Participation.objects.filter(activity=lab.activity).exists()
    page = joined(first, lab, name="Annina", online="on")
    mine = Participant.objects.get(lab=lab)
    assert (mine.actor, mine.person, mine.name, mine.online) == (expected.actor, somebody, "Annina", True)
    assert mine.receipt is not None
    assert page.context["receipt"]
    assert page.context["group"] == "t1"
    assert json.loads(page.context["sight"])["online"] is True
    assert signed_in(somebody).get(f"/partecipa/{lab.code}/").url == f"/partecipa/{lab.code}/ora/"
    assert Participation.objects.get(activity=lab.activity, person=somebody).times == 1


def test_only_those_with_a_seat_where_seats_are_needed(client):
    lab = running(joins="enrolled")
    assert client.get(f"/partecipa/{lab.code}/").context["entrance"].door == "sign_in"
    somebody = person()
    assert signed_in(somebody).get(f"/partecipa/{lab.code}/").context["entrance"].door == "no_seat"
    sent = {"receipt": "0123456789", "once": secrets.token_urlsafe(16)}
    assert signed_in(somebody).post(f"/partecipa/{lab.code}/", sent).status_code == 200
    assert not Participant.objects.exists()
    programmes.enrolment(lab.activity, somebody)
    joined(signed_in(somebody), lab)
    assert Participant.objects.get().person == somebody
    helper = programmes.member(lab.activity.programme, "coordinator").person
    assert signed_in(helper).get(f"/partecipa/{lab.code}/").context["entrance"].door == "open"


def test_before_the_day_one_is_told_when(client):
    lab = running(today=False)
    programmes.appointment(lab.activity, timezone.now() + timedelta(days=3))
    page = client.get(f"/partecipa/{lab.code}/")
    assert page.context["entrance"].door == "early"
    assert "id_receipt" not in page.content.decode()


def test_on_the_day_one_waits_in_the_room(client):
    lab = make.lab()
    programmes.appointment(lab.activity, timezone.now() + timedelta(minutes=10))
    page = joined(client, make.fresh(lab))
    assert page.status_code == 200
    assert page.context["frame"]["block"] is None
    assert make.fresh(lab).room is not None


def test_after_the_end_one_is_led_to_the_results(client):
    lab = running(ended_on=timezone.localdate())
    assert client.get(f"/partecipa/{lab.code}/").context["entrance"].door == "over"
    assert joined_refused(client, lab)


def joined_refused(client, lab):
    sent = {"receipt": "0123456789", "once": secrets.token_urlsafe(16)}
    client.post(f"/partecipa/{lab.code}/", sent)
    return not Participant.objects.exists()


# Cookies ----------------------------------------------------------------------------------------


def test_a_forged_cookie_and_one_of_another_laboratory_open_nothing(client):
    lab, other = running(), running()
    joined(client, lab)
    mine = Participant.objects.get(lab=lab)
    for value in (
        "x",
        signing.dumps([lab.pk, mine.actor, ""], salt="other"),
        signing.dumps([other.pk, mine.actor, ""], salt=SALT),
        signing.dumps("word", salt=SALT),
    ):
        thief = Client()
        thief.cookies[f"lab-{lab.pk}"] = value
        assert thief.get(f"/partecipa/{lab.code}/ora/").status_code == 302, value
        assert thief.get(f"/partecipa/{lab.code}/ora/biglietto/").status_code == 404
    thief = Client()
    thief.cookies[f"lab-{other.pk}"] = client.cookies[f"lab-{lab.pk}"].value
    assert thief.get(f"/partecipa/{other.code}/ora/").status_code == 302


def test_the_cookie_is_out_of_reach_of_script_and_other_sites(client):
    lab = running()
    joined(client, lab)
    cookie = client.cookies[f"lab-{lab.pk}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/partecipa/")


def test_the_code_of_the_receipt_is_kept_nowhere_but_on_the_device(client):
    lab = running()
    page = joined(client, lab)
    code = page.context["receipt"].replace(" ", "")
    assert Receipt.objects.count() == 1
    assert code not in str(list(Receipt.objects.values())) + str(list(Participant.objects.values()))
    assert code not in str(list(LiveEvent.objects.values_list("body", flat=True)))


def test_a_participant_who_was_removed_is_nobody(client):
    lab = running()
    joined(client, lab)
    Participant.objects.all().delete()
    assert client.get(f"/partecipa/{lab.code}/ora/").status_code == 302
    assert client.get(f"/partecipa/{lab.code}/ora/biglietto/").status_code == 404


def test_who_was_shown_out_gets_no_ticket(client):
    lab = running()
    joined(client, lab)
    lead(lab, "exclude", actor=Participant.objects.get().actor, out=True)
    assert client.get(f"/partecipa/{lab.code}/ora/").status_code == 403
    assert client.get(f"/partecipa/{lab.code}/ora/biglietto/").status_code == 404


def test_the_pages_ask_little_of_the_database(client, django_assert_max_num_queries):
    lab = running()
    client.get(f"/partecipa/{lab.code}/")
    with django_assert_max_num_queries(5):
        client.get(f"/partecipa/{lab.code}/")
    joined(client, lab)
    # Two of them are the room and its log, which a served house has at hand.
    with django_assert_max_num_queries(6):
        client.get(f"/partecipa/{lab.code}/ora/")
