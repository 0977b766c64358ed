"""Everybody can read these pages and messages."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from cantiere.engine.readability import gulpease
from cantiere.foundation.accounts import actions
from cantiere.foundation.core.models import Mail
from tests.factories import accounts

pytestmark = pytest.mark.django_db
VISITOR = [
    "/entra/",
    "/entra/codice/",
    "/esci/",
    "/entra/sospeso/",
    "/entra/ente/annullato/",
    "/arrivederci/",
]
OWN = ["", "e-mail/", "accessi/", "passkey/", "passkey/aggiungi/", "consensi/", "dati/", "cancella/"]


def readability(page: bytes) -> float:
    main = re.search(r"<main.*?</main>", page.decode(), re.DOTALL)[0]
    words = re.sub(r"(?s)<(script|option|nav|label|button).*?</\1>|[\w.+-]+@[\w.-]+", "", main)
    return gulpease(
        re.sub(r"\s+", " ", strip_tags(re.sub(r"</(p|h\d|li|a)>", ". ", words))).replace(" .", "")
    )


def test_pages_on_the_way_in_are_easy():
    client = Client()
    client.post("/entra/", {"email": "mara@example.org"} | accounts.form_key())
    scores = {path: readability(client.get(path).content) for path in VISITOR}
    accounts.come_in(client, "mara@example.org")
    scores["welcome"] = readability(client.get("/entra/benvenuto/").content)

    assert {path: round(score) for path, score in scores.items() if score < 60} == {}


def test_pages_of_the_account_are_easy():
    person, client = accounts.person(), Client()
    accounts.come_in(client, person.email)

    scores = {path: readability(client.get(f"/il-mio-conto/{path}").content) for path in OWN}

    assert {path: round(score) for path, score in scores.items() if score < 60} == {}


def test_messages_are_easy_and_never_say_user():
    person = accounts.person()
    actions.send_code(email="mara@example.org", purpose="sign_in")
    actions.send_code(email="mara@example.org", purpose="confirm")
    actions.invite(by=person, email="new@example.org", kind=actions.INVITED_AS, target="curator")
    actions.change_address(person=person, email="moved@example.org")

    for mail in Mail.objects.all():
        assert gulpease(re.sub(r"http\S+|\d{4}-\d{4}", "", mail.text)) >= 60, mail.text
        assert "utent" not in mail.text.lower()
        assert "&#" not in mail.text
