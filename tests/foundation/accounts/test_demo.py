import pytest
from django.test import Client

from cantiere.foundation.accounts import demo
from cantiere.foundation.accounts.models import Person, PlatformRole
from tests.factories import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.CANTIERE_DEMO = True


def test_demonstration_has_four_people_however_often_it_is_loaded():
    first, second = demo.load(), demo.load()

    assert first == second
    assert Person.objects.count() == len(demo.ACCOUNTS) == 4
    assert sorted(PlatformRole.objects.values_list("role", flat=True)) == ["administrator", "curator"]
    assert all(account.email.endswith("@example.org") for account in demo.ACCOUNTS)


def test_newcomer_signs_in_as_one_of_them_by_the_test_mail():
    demo.load()
    client = Client()

    page = client.get("/entra/").content.decode()
    assert all(account.name in page and account.email in page for account in demo.ACCOUNTS)
    client.post("/entra/", {"email": "ada@example.org"} | accounts.form_key())
    digits = accounts.code_for("ada@example.org")
    mailbox = client.get("/posta-di-prova/").content.decode()
    assert f"{digits[:4]}-{digits[4:]}" in mailbox
    assert client.post("/entra/codice/", {"code": digits})["Location"] == "/"
    assert client.get("/gestione/persone/").status_code == 200


def test_nobody_is_listed_outside_a_demonstration(settings):
    settings.CANTIERE_DEMO = False
    demo.load()

    assert "ada@example.org" not in Client().get("/entra/").content.decode()


def test_mailbox_shows_text_and_runs_nothing(settings):
    from cantiere.foundation.core import outbox

    outbox.send(to="a@example.org", subject="<b>x", text="<script>1</script> http://example.org/x", once="t")

    page = Client().get("/posta-di-prova/").content.decode()

    assert "<script>1" not in page
    assert "&lt;script&gt;" in page
    assert "<b>x" not in page


def test_empty_mailbox_says_what_will_be_here():
    assert "Ancora nessun messaggio" in Client().get("/posta-di-prova/").content.decode()
