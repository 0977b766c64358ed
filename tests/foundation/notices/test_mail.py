"""What the mails say."""

from datetime import date

import pytest

from cantiere.engine.readability import gulpease
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.core.models import Mail
from cantiere.foundation.notices import actions, less
from tests.factories.notices import TOPIC, follower, notice, tell

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 23)
FRIDAY = date(2026, 3, 20)


def last() -> Mail:
    return Mail.objects.latest("pk")


def link(text: str) -> str:
    return next(line for line in text.splitlines() if "/avvisi/meno/" in line)


def test_single_says_what_why_and_how_to_get_less() -> None:
    who = follower()
    tell(title="Incontro <rinviato> & altro", urgent=True)
    run_all("mail")
    mail = last()
    address = link(mail.text)
    assert mail.subject == "Incontro <rinviato> & altro"
    assert mail.text == (
        "Incontro <rinviato> & altro\n\nCi vediamo in piazza.\n\nLeggi tutto:\n"
        "http://localhost:8000/programmi/prova/\n\n--\n"
        "Ricevi questa mail perché segui Programma 12 su Cantiere. La notizia non poteva aspettare.\n\n"
        f"Vuoi meno mail? Basta un clic:\n{address}\n"
    )
    assert mail.headers == {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert less.wish(address.rstrip("/").rsplit("/", 1)[1]) == less.Wish(who, TOPIC)
    assert gulpease(mail.text.replace(address, "")) >= 60


def test_single_about_oneself_has_no_list_to_leave() -> None:
    actions.tell_person(
        person=follower(),
        once="seat",
        title="Un posto per te",
        text="Hai tempo fino a sabato.",
        address="/x/",
    )
    run_all("mail")
    mail = last()
    assert mail.text == (
        "Un posto per te\n\nHai tempo fino a sabato.\n\nLeggi tutto:\nhttp://localhost:8000/x/\n\n--\n"
        "Ricevi questa mail perché riguarda te, su Cantiere.\n\n"
        "Tutti i tuoi avvisi, e ogni quanto ti scriviamo:\nhttp://localhost:8000/avvisi/\n"
    )
    assert mail.headers == {}
    assert gulpease(mail.text) >= 60


def test_digest_tells_by_topic() -> None:
    who = follower()
    actions.follow(person=who, topic="programme:13")
    notice(who, "a", day=FRIDAY, topic="programme:13", title="Il verbale", link="/a/")
    notice(who, "b", day=FRIDAY, topic=TOPIC, title="Primo & incontro", text="In piazza. " * 50, link="/b/")
    notice(who, "c", day=FRIDAY, topic=TOPIC, title="Secondo incontro", text="Al parco.", link="/c/")
    notice(who, "d", day=FRIDAY, title="Grazie", link="/d/")
    actions.send_digest(person=who, today=MONDAY)
    mail = last()
    address = link(mail.text)
    assert mail.subject == "4 novità da Cantiere"
    assert mail.text == (
        "Ecco le novità della settimana scorsa.\n\n\n"
        "Per te\n\n* Grazie\n  http://localhost:8000/d/\n\n\n"
        "Programma 12\n\n* Primo & incontro\n"
        f"  {('In piazza. ' * 50)[:239]}…\n  http://localhost:8000/b/\n\n"
        "* Secondo incontro\n  Al parco.\n  http://localhost:8000/c/\n\n\n"
        "Programma 13\n\n* Il verbale\n  http://localhost:8000/a/\n\n\n--\n"
        "Ricevi questa mail perché segui queste cose su Cantiere.\n\n"
        f"Vuoi meno mail? Basta un clic:\n{address}\n"
    )
    assert less.wish(address.rstrip("/").rsplit("/", 1)[1]) == less.Wish(who, "")
    assert mail.headers["List-Unsubscribe"] == f"<{address}>"
    assert gulpease(mail.text.replace(address, "")) >= 60


def test_digest_of_a_day_says_so_in_the_language_of_the_person() -> None:
    who = follower(rhythm="daily", language="en")
    notice(who, "a", day=FRIDAY, topic=TOPIC)
    actions.send_digest(person=who, today=MONDAY)
    assert last().subject == "1 piece of news from Cantiere"
    assert last().text.startswith("Here is the news of these days.")


def test_digest_tells_nothing_of_what_may_no_longer_be_seen(hidden: set[tuple[int | None, int]]) -> None:
    who = follower()
    notice(who, "a", day=FRIDAY, topic=TOPIC, title="Riservato")
    hidden.add((who.pk, 12))
    assert not actions.send_digest(person=who, today=MONDAY)
    notice(who, "b", day=FRIDAY, title="Per te")
    assert actions.send_digest(person=who, today=MONDAY)
    assert "Riservato" not in last().text
