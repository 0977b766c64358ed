"""One's own account."""

import json
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cantiere.foundation.accounts import actions, consents
from cantiere.foundation.accounts.models import Consent, Person, Session
from cantiere.foundation.core.models import Mail
from tests.factories import accounts

pytestmark = pytest.mark.django_db

PAGES = ["", "accessi/", "consensi/", "dati/", "passkey/"]
SENSITIVE = ["e-mail/", "e-mail/codice/", "cancella/", "passkey/aggiungi/", "codici/", "codici/nuovi/"]


def just_in(person: Person) -> Client:
    client = Client()
    accounts.come_in(client, person.email)
    return client


@pytest.mark.parametrize("page", [*PAGES, *SENSITIVE])
def test_visitor_is_asked_to_sign_in_and_comes_back(page):
    answer = Client().get(f"/il-mio-conto/{page}")

    assert answer["Location"] == "/entra/?" + urlencode({"next": f"/il-mio-conto/{page}"})


@pytest.mark.parametrize("page", PAGES)
def test_own_pages_open_and_are_not_cached(page):
    answer = accounts.signed_in(accounts.person()).get(f"/il-mio-conto/{page}")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("page", SENSITIVE)
def test_sensitive_pages_ask_again(page):
    answer = accounts.signed_in(accounts.person()).get(f"/il-mio-conto/{page}")

    assert answer["Location"].startswith("/entra/conferma/?next=%2Fil-mio-conto%2F")


def test_confirming_by_code_opens_the_sensitive_page_for_a_quarter_of_an_hour():
    person = accounts.person()
    with time_machine.travel("2026-03-02 10:00", tick=True) as clock:
        client = accounts.signed_in(person)
        there = "/entra/conferma/?next=/il-mio-conto/cancella/"
        assert client.post("/entra/conferma/", {"next": "/il-mio-conto/cancella/"})["Location"].startswith(
            "/entra"
        )
        assert 'name="code"' in client.get(there).content.decode()
        wrong = client.post(there, {"code": "00000000"})
        assert wrong.status_code == 200
        right = client.post(there, {"code": accounts.code_for(person.email)})

        assert right["Location"] == "/il-mio-conto/cancella/"
        assert client.get("/il-mio-conto/cancella/").status_code == 200
        clock.shift(16 * 60)
        assert client.get("/il-mio-conto/cancella/").status_code == 302


def test_confirmation_code_of_another_person_is_refused():
    person, other = accounts.person(), accounts.person()
    client = accounts.signed_in(other)
    session = client.session
    session["accounts.confirm"] = actions.send_code(email=person.email, purpose="confirm", person=person)
    session.save()

    answer = client.post("/entra/conferma/", {"code": accounts.code_for(person.email)})

    assert answer.status_code == 200


def test_name_and_language_can_be_changed():
    person = accounts.person()
    client = accounts.signed_in(person)

    answer = client.post("/il-mio-conto/", {"name": "Nuovo nome", "language": "en"} | accounts.form_key())

    person.refresh_from_db()
    assert answer["Location"] == "/il-mio-conto/"
    assert (person.name, person.language) == ("Nuovo nome", "en")


def test_address_moves_after_a_code_sent_to_the_new_one():
    person = accounts.person(email="prima@example.org")
    client = just_in(person)

    client.post("/il-mio-conto/e-mail/", {"email": "Dopo@example.org"} | accounts.form_key())
    answer = client.post("/il-mio-conto/e-mail/codice/", {"code": accounts.code_for("dopo@example.org")})

    person.refresh_from_db()
    assert answer["Location"] == "/il-mio-conto/"
    assert person.email == "dopo@example.org"
    told = Mail.objects.filter(to="prima@example.org").latest("pk")
    assert "dopo@example.org" not in told.text


def test_address_of_another_account_is_not_taken():
    person, other = accounts.person(email="prima@example.org"), accounts.person(email="dopo@example.org")
    client = just_in(person)
    client.post("/il-mio-conto/e-mail/", {"email": other.email} | accounts.form_key())

    answer = client.post(
        "/il-mio-conto/e-mail/codice/", {"code": accounts.code_for(other.email)}, follow=True
    )

    person.refresh_from_db()
    assert person.email == "prima@example.org"
    assert "Nulla è cambiato" in answer.content.decode()


def test_all_other_sessions_end():
    person = accounts.person()
    here, there, stranger = (accounts.signed_in(who) for who in (person, person, accounts.person()))

    here.post("/il-mio-conto/accessi/", accounts.form_key())

    assert here.get("/il-mio-conto/").status_code == 200
    assert there.get("/il-mio-conto/").status_code == 302
    assert stranger.get("/il-mio-conto/").status_code == 200


def test_sessions_show_device_and_day_and_stay_cheap(django_assert_num_queries):
    person = accounts.person(email="mara@example.org")
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    accounts.come_in(client, "mara@example.org")

    with CaptureQueriesContext(connection) as alone:
        page = client.get("/il-mio-conto/accessi/").content.decode()
    accounts.signed_in(person)
    accounts.signed_in(person)
    with django_assert_num_queries(len(alone)):
        client.get("/il-mio-conto/accessi/")

    assert "Firefox, Linux" in page


def test_optional_consent_is_given_and_taken_back_with_one_click_each():
    person = accounts.person()
    client = accounts.signed_in(person)
    purpose = consents.register(consents.Purpose("interviews", "Interviews", "May we call you?", "1"))
    try:
        client.post("/il-mio-conto/consensi/interviews/", {"agree": "1"} | accounts.form_key())
        client.post("/il-mio-conto/consensi/interviews/", {"withdraw": "1"} | accounts.form_key())
        page = client.get("/il-mio-conto/consensi/").content.decode()
    finally:
        consents.forget(purpose)

    rows = Consent.objects.filter(person=person, purpose="interviews").order_by("pk")
    assert [(row.given, row.text_hash == purpose.digest()) for row in rows] == [(True, True), (False, True)]
    assert page.count("Interviews") == 3


def test_privacy_consent_is_not_withdrawn_alone():
    client = accounts.signed_in(accounts.person())

    answer = client.post("/il-mio-conto/consensi/privacy/", {"withdraw": "1"} | accounts.form_key())

    assert answer.status_code == 404
    with pytest.raises(ValueError, match="ends with the account"):
        actions.withdraw(person=accounts.person(), purpose=consents.PRIVACY)


def test_download_is_only_for_the_owner_in_their_session():
    person = accounts.person(name="Mara Prova")
    client = accounts.signed_in(person)

    answer = client.get("/il-mio-conto/dati/scarica/")

    assert json.loads(answer.content)["account"]["name"] == "Mara Prova"
    assert "attachment" in answer["Content-Disposition"]
    assert Client().get("/il-mio-conto/dati/scarica/").status_code == 302


def test_erasing_needs_the_word():
    person = accounts.person()
    client = just_in(person)

    answer = client.post("/il-mio-conto/cancella/", {"word": "sì"} | accounts.form_key())

    assert answer.status_code == 200
    assert Person.objects.filter(pk=person.pk).exists()


def test_erasing_says_goodbye_and_signs_out_everywhere():
    person = accounts.person()
    elsewhere, client = accounts.signed_in(person), just_in(person)

    answer = client.post("/il-mio-conto/cancella/", {"word": " cancella "} | accounts.form_key())

    assert answer["Location"] == "/arrivederci/"
    assert client.get("/arrivederci/").status_code == 200
    assert elsewhere.get("/il-mio-conto/").status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()
    assert Session.objects.filter(person__isnull=False).count() == 0


def test_last_administrator_cannot_go():
    person = accounts.administrator()
    client = just_in(person)

    answer = client.post("/il-mio-conto/cancella/", {"word": "cancella"} | accounts.form_key())

    assert "unica persona" in answer.content.decode()
    assert Person.objects.filter(pk=person.pk).exists()
    accounts.administrator()
    answer = client.post("/il-mio-conto/cancella/", {"word": "cancella"} | accounts.form_key())
    assert answer["Location"] == "/arrivederci/"
