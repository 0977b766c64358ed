"""A phone without script: every kind of question by plain forms, each counted once."""

import pytest
from django.utils import timezone

from cantiere.activities.labs.models import Participant
from cantiere.engine.lab.frames import own
from cantiere.foundation.live.models import LiveEvent
from cantiere.foundation.live.submit import ask as ask_room
from tests.activities.labs.live_rooms import ASKED, ask, give, joined, key_of, lead, running
from tests.factories import labs as make
from tests.factories import places

pytestmark = pytest.mark.django_db

FORMS = {
    "words": ({"word": ["Autobus", "", "strade"]}, ["Autobus", "strade"]),
    "single": ({"choice": "b"}, "b"),
    "multiple": ({"choice": ["c", "a"]}, ["a", "c"]),
    "scale": ({"choice": "4"}, 4),
    "ranking": ({"place-a": "2", "place-b": "1", "place-c": ""}, ["b", "a"]),
    "points": ({"points-a": "60", "points-b": "40", "points-c": ""}, {"a": 60, "b": 40}),
    "statements": ({"stance-a": "agree", "stance-b": "pass"}, {"a": "agree", "b": "pass"}),
    "quiz": ({"choice": "a"}, "a"),
}
WRONG = {
    "words": ({"word": ["", " "]}, "Write something"),
    "single": ({}, "Choose among"),
    "multiple": ({"choice": ["a", "b", "c"]}, "more than one can give"),
    "scale": ({"choice": "9"}, "one of the steps"),
    "ranking": ({"place-a": "1", "place-b": "1"}, "same place"),
    "points": ({"points-a": "60", "points-b": "50"}, "must be 100"),
    "statements": ({}, "at least one"),
    "quiz": ({"choice": "z"}, "Choose among"),
    "pin": ({"place": ""}, "Choose a municipality"),
    "ideas": ({"text": "  "}, "Write something"),
}


@pytest.fixture
def lab():
    return running()


@pytest.fixture
def phone(client, lab):
    joined(client, lab, name="Anna")
    return client


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["django_language"] = "en"


def mine(lab):
    actor = Participant.objects.get(lab=lab).actor
    return ask_room(room=lab.room_id, ask=lambda state, _handler: own(state, actor))


@pytest.mark.parametrize("asks", FORMS)
def test_every_kind_of_question_is_answered_by_a_form(lab, phone, asks):
    ask(lab, key_of(asks))
    page = phone.get(f"/partecipa/{lab.code}/ora/")
    assert all(f'name="{name}"' in page.content.decode() for name in FORMS[asks][0])
    sent, kept = FORMS[asks]
    after = give(phone, lab, "answer", key_of(asks), **sent)
    assert mine(lab)["answers"][key_of(asks)] == kept
    assert "You have answered" in after.content.decode()
    assert "Change your answer" in after.content.decode()


def test_a_pin_is_put_by_a_municipality(lab, phone):
    town = places.place("Bomporto", lat=44.73, lng=11.04)
    ask(lab, "pin")
    give(phone, lab, "answer", "pin", place=town.name)
    assert mine(lab)["answers"]["pin"] == [11.04, 44.73]


@pytest.mark.parametrize("asks", WRONG)
def test_what_is_wrong_is_said_beside_the_question_and_stays_typed(lab, phone, asks):
    assert set(WRONG) == set(ASKED)
    ask(lab, key_of(asks))
    sent, why = WRONG[asks]
    page = give(phone, lab, "answer", key_of(asks), **sent)
    assert page.status_code == 422
    assert why in page.content.decode()
    assert not mine(lab)["answers"]
    if asks == "points":
        assert [row.number for row in page.context["asking"].rows] == ["60", "50", ""]


def test_the_last_word_counts(lab, phone):
    ask(lab, "single")
    for choice in ("a", "b", "c"):
        give(phone, lab, "answer", "single", choice=choice)
    assert mine(lab)["answers"]["single"] == "c"


def test_a_form_sent_twice_counts_once(lab, phone):
    ask(lab, "ideas")
    for _time in range(2):
        give(phone, lab, "answer", "ideas", text="Più alberi", once="0123456789abcdef")
    assert LiveEvent.objects.filter(room=lab.room, kind="answer").count() == 1


def test_ideas_are_given_taken_back_and_given_again(lab, phone):
    ask(lab, "ideas")
    for text in ("Uno", "Due", "Tre"):
        give(phone, lab, "answer", "ideas", text=text)
    page = phone.get(f"/partecipa/{lab.code}/ora/")
    assert 'id="f-ideas"' not in page.content.decode()
    refs = [idea["ref"] for idea in mine(lab)["ideas"]["ideas"]]
    give(phone, lab, "take", "ideas", ref=refs[0])
    assert 'id="f-ideas"' in phone.get(f"/partecipa/{lab.code}/ora/").content.decode()


def test_questions_that_stand_are_asked_and_raised_during_other_blocks(lab, phone):
    lead(lab, "open", "qa")
    ask(lab, "single")
    page = give(phone, lab, "answer", "qa", text="Quando passa l'ultima corsa?")
    assert page.status_code == 200
    ref = mine(lab)["ideas"]["qa"][0]["ref"]
    give(phone, lab, "up", "qa", ref=ref)
    assert mine(lab)["ups"] == [ref]
    give(phone, lab, "up", "qa", ref=ref, on="no")
    assert mine(lab)["ups"] == []


def test_one_sits_down_and_calls_for_help(lab, phone):
    lead(lab, "go", block="tables")
    page = phone.get(f"/partecipa/{lab.code}/ora/")
    assert "Tavolo 2" in page.content.decode()
    assert "video.example.org" not in page.content.decode()
    page = give(phone, lab, "sit", "tables", group="t2")
    assert mine(lab)["group"] == "t2"
    assert "https://video.example.org/stanza" in page.content.decode()
    page = give(phone, lab, "help")
    assert page.context["frame"]["mine"]["help"] is True
    told = phone.get(f"/partecipa/{lab.code}/ora/tavolo/").json()
    assert told == {"group": "t2", "link": "https://video.example.org/stanza"}


def test_a_vote_weighs_what_was_said(lab, phone):
    ask(lab, "ideas")
    give(phone, lab, "answer", "ideas", text="Una linea la sera")
    ask(lab, "vote")
    page = phone.get(f"/partecipa/{lab.code}/ora/")
    key = page.context["asking"].rows[0].key
    give(phone, lab, "answer", "vote", choice=[key])
    assert mine(lab)["answers"]["vote"] == [key]


def test_after_the_closing_one_is_told_when_it_was_and_the_text_is_still_there(lab, phone):
    ask(lab, "ideas")
    lead(lab, "close", "ideas", grace=0)
    page = give(phone, lab, "answer", "ideas", text="Troppo tardi, ma importante")
    assert page.status_code == 422
    assert "Closed at" in page.content.decode()
    assert "Troppo tardi, ma importante" in page.content.decode()


def test_results_are_seen_once_they_are_shown(lab, phone):
    ask(lab, "single")
    give(phone, lab, "answer", "single", choice="b")
    assert "lab-results" not in phone.get(f"/partecipa/{lab.code}/ora/").content.decode()
    lead(lab, "show", "single", shown=True)
    page = phone.get(f"/partecipa/{lab.code}/ora/").content.decode()
    assert "lab-results" in page
    assert "1 of 1 (100 %)" in page


def test_a_second_vote_shows_where_the_first_stood(lab, phone):
    ask(lab, "single")
    give(phone, lab, "answer", "single", choice="b")
    lead(lab, "again", "single")
    lead(lab, "open", "single")
    lead(lab, "show", "single", shown=True)
    page = phone.get(f"/partecipa/{lab.code}/ora/")
    assert page.context["asking"].asked["turn"] == 2
    assert "Second vote" in page.content.decode()
    give(phone, lab, "answer", "single", choice="a")
    assert 'class="lab-bar-was" x="100%"' in phone.get(f"/partecipa/{lab.code}/ora/").content.decode()


def test_a_form_of_the_first_vote_is_told_when_that_ended(lab, phone):
    ask(lab, "single")
    shown = phone.get(f"/partecipa/{lab.code}/ora/").content.decode()
    assert '<input type="hidden" name="turn" value="1">' in shown
    lead(lab, "again", "single")
    lead(lab, "open", "single")
    page = give(phone, lab, "answer", "single", choice="b", turn="1")
    assert page.status_code == 422
    assert "Closed at" in page.content.decode()
    give(phone, lab, "answer", "single", choice="a", turn="2")
    assert mine(lab)["answers"]["single"] == "a"


def test_the_end_says_thank_you_and_gives_the_code(lab, phone):
    lead(lab, "end")
    page = phone.get(f"/partecipa/{lab.code}/ora/")
    assert "The laboratory is over" in page.content.decode()
    assert page.context["receipt"] in page.content.decode()
    assert "Keep this code" in page.content.decode()


def test_the_page_follows_by_itself_where_one_asks_and_nothing_can_be_half_filled(client):
    lab = make.lab(started_on=timezone.localdate())
    make.block(lab, "break", "Pausa", key="pause")
    make.question(lab, "Idee", key="ideas")
    lead(lab, "script", **make.script(lab).as_json())
    joined(client, make.fresh(lab))
    lead(lab, "go", block="pause")
    address = f"/partecipa/{lab.code}/ora/"
    assert "http-equiv" not in client.get(address).content.decode()
    assert "?segui=1" in client.get(address).content.decode()
    assert "http-equiv" in client.get(f"{address}?segui=1").content.decode()
    ask(lab, "ideas")
    assert "http-equiv" not in client.get(f"{address}?segui=1").content.decode()


# Hostile ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "end"},
        {"kind": "go", "slot": "single"},
        {"kind": "answer", "slot": "../single"},
        {"kind": "answer", "slot": "nowhere", "choice": "a"},
        {"kind": "up", "slot": "ideas", "ref": "9" * 40},
        {"kind": "sit", "slot": "tables", "group": "t9"},
        {"kind": "help", "slot": "x" * 500},
        {"kind": "answer", "slot": "single", "choice": "a" * 20_000},
        {"kind": "answer", "slot": "single", "choice": "a", "once": "short"},
    ],
)
def test_what_no_page_sends_is_refused_and_changes_nothing(lab, phone, fields):
    ask(lab, "single")
    before = LiveEvent.objects.count()
    kind, slot = fields.pop("kind"), fields.pop("slot", "")
    assert give(phone, lab, kind, slot, **fields).status_code in {400, 422}
    assert LiveEvent.objects.count() == before
    assert phone.get(f"/partecipa/{lab.code}/ora/").status_code == 200


def test_markup_in_every_text_is_shown_and_never_run(lab, phone):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    ask(lab, "ideas")
    page = give(phone, lab, "answer", "ideas", text=evil)
    assert "<script>alert" not in page.content.decode()
    assert "<img src=x" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_nobody_answers_for_a_laboratory_they_are_not_in(lab, phone, client):
    other = running()
    ask(other, "single")
    assert (
        give(phone, other, "answer", "single", choice="a").redirect_chain[0][0] == f"/partecipa/{other.code}/"
    )
    assert not LiveEvent.objects.filter(room=other.room, kind="answer").exists()
