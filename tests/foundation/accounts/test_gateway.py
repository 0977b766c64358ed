"""Coming in through a body's identity gateway, against a real provider on this machine."""

from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from cantiere.config import sign_in
from cantiere.foundation.accounts import gateway
from cantiere.foundation.accounts.models import Person
from tests.factories import accounts
from tests.foundation.accounts import provider as providers

pytestmark = pytest.mark.django_db
L2 = "https://www.spid.gov.it/SpidL2"


@pytest.fixture
def provider(settings, monkeypatch):
    with providers.running() as running:
        monkeypatch.setattr(sign_in, "CANTIERE_OIDC_URL", running.address)
        monkeypatch.setattr(sign_in, "CANTIERE_OIDC_CLIENT", running.client)
        monkeypatch.setattr(sign_in, "CANTIERE_OIDC_SECRET", running.secret)
        settings.CANTIERE_OIDC_URL = running.address
        settings.SOCIALACCOUNT_PROVIDERS = sign_in.gateway()
        yield running


def dance(client: Client, back: str = ""):
    """To the provider and back, as a browser goes."""
    there = client.get("/entra/ente/" + (f"?next={back}" if back else ""))
    assert there.status_code == 302, there.content
    answer = requests.get(there["Location"], allow_redirects=False, timeout=5)
    here = urlsplit(answer.headers["Location"])
    return client.get(f"{here.path}?{here.query}")


def test_first_time_proves_an_address_and_makes_an_account(provider):
    provider.claims = {
        "sub": "person-1",
        "acr": L2,
        "email": "mara@example.org",
        "name": "Mara Rossi",
        "fiscal_number": "TINIT-RSSMRA80A01H501U",
    }
    client = Client()

    assert dance(client, "/il-mio-conto/dati/")["Location"] == "/entra/ente/e-mail/"
    assert "mara@example.org" in client.get("/entra/ente/e-mail/").content.decode()
    client.post("/entra/ente/e-mail/", {"email": "mara@example.org"} | accounts.form_key())
    client.post("/entra/codice/", {"code": accounts.code_for("mara@example.org")})
    done = client.post("/entra/benvenuto/", {"privacy": "on"} | accounts.form_key())

    person = Person.objects.get()
    assert done["Location"] == "/il-mio-conto/dati/"
    assert (person.email, person.name, person.assurance) == ("mara@example.org", "", "gateway_l2")
    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid, kept.extra_data) == ("ente", "person-1", {"assurance": "gateway_l2"})
    assert SocialToken.objects.count() == 0


def test_second_time_goes_straight_in(provider):
    person = accounts.person(email="mara@example.org")
    gateway.actions.connect(person=person, provider="ente", uid="person-1", extra={"assurance": "gateway_l1"})
    provider.claims = {"sub": "person-1", "acr": "https://www.spid.gov.it/SpidL3"}
    client = Client()

    assert dance(client, "/il-mio-conto/")["Location"] == "/il-mio-conto/"
    assert client.session["_auth_user_id"] == str(person.pk)
    person.refresh_from_db()
    assert person.assurance == "gateway_l3"
    provider.claims = {"sub": "person-1", "acr": "https://www.spid.gov.it/SpidL1"}
    dance(Client())
    person.refresh_from_db()
    assert person.assurance == "gateway_l3"


def test_existing_account_is_joined_only_by_proving_its_address(provider):
    person = accounts.person(email="mara@example.org")
    provider.claims = {"sub": "stranger", "email": "mara@example.org", "email_verified": True}
    client = Client()

    dance(client)
    assert "_auth_user_id" not in client.session
    client.post("/entra/ente/e-mail/", {"email": "mara@example.org"} | accounts.form_key())
    assert "_auth_user_id" not in client.session
    client.post("/entra/codice/", {"code": accounts.code_for("mara@example.org")})

    assert client.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get().user == person


def test_identity_left_behind_on_a_shared_computer_joins_nobody(provider):
    accounts.person(email="next@example.org")
    client = Client()
    dance(client)

    answer = accounts.come_in(client, "next@example.org")

    assert answer["Location"] == "/"
    assert SocialAccount.objects.count() == 0


def test_code_asked_before_does_not_join_an_identity_that_came_after(provider):
    accounts.person(email="before@example.org")
    client = Client()
    client.post("/entra/", {"email": "before@example.org"} | accounts.form_key())
    dance(client)

    answer = client.post("/entra/codice/", {"code": accounts.code_for("before@example.org")})

    assert answer["Location"] == "/entra/"
    assert SocialAccount.objects.count() == 0


def test_another_code_keeps_the_identity_that_waits(provider):
    person = accounts.person(email="mara@example.org")
    client = Client()
    dance(client)
    client.post("/entra/ente/e-mail/", {"email": "mara@example.org"} | accounts.form_key())
    assert 'action="/entra/ente/e-mail/"' in client.get("/entra/codice/").content.decode()
    client.post("/entra/ente/e-mail/", {"email": "mara@example.org"} | accounts.form_key())
    client.post("/entra/codice/", {"code": accounts.code_for("mara@example.org")})

    assert SocialAccount.objects.get().user == person


def test_provider_is_asked_with_pkce_and_state(provider):
    dance(Client())

    asked = provider.seen[0]
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert len(asked["state"]) >= 16
    assert asked["redirect_uri"] == "http://localhost:8000/entra/ente/ritorno/"


def test_answer_for_another_browser_is_refused(provider):
    there = Client().get("/entra/ente/")
    answer = requests.get(there["Location"], allow_redirects=False, timeout=5)
    here = urlsplit(answer.headers["Location"])

    stolen = Client().get(f"{here.path}?{here.query}")

    assert stolen.status_code == 401
    assert SocialAccount.objects.count() == 0


def test_forged_identity_token_is_refused(provider):
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = Client()

    assert dance(client).status_code == 401
    assert "socialaccount_sociallogin" not in client.session


@pytest.mark.parametrize("claim", [{"aud": "somebody-else"}, {"iss": "http://elsewhere.example"}, {"exp": 1}])
def test_identity_token_for_others_or_out_of_date_is_refused(provider, claim):
    provider.claims |= claim

    assert dance(Client()).status_code == 401


def test_turning_back_says_that_nothing_was_kept(provider):
    provider.denies = True
    client = Client()

    answer = dance(client)

    assert answer["Location"] == "/entra/ente/annullato/"
    assert "Non abbiamo tenuto nulla" in client.get("/entra/ente/annullato/").content.decode()


def test_next_leads_nowhere_else(provider):
    person = accounts.person()
    gateway.actions.connect(person=person, provider="ente", uid="person-1", extra={"assurance": "gateway_l1"})

    assert dance(Client(), "https://evil.example/")["Location"] == "/"


def test_sign_in_page_names_the_gateway(provider, settings):
    settings.CANTIERE_OIDC_NAME = "Federa"

    assert "Entra con Federa" in Client().get("/entra/").content.decode()


def test_without_settings_there_is_no_gateway():
    client = Client()

    assert "/entra/ente/" not in client.get("/entra/").content.decode()
    assert client.get("/entra/ente/").status_code == 404
    assert client.get("/entra/ente/ritorno/").status_code == 404
    assert client.get("/entra/ente/e-mail/")["Location"] == "/entra/"


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("https://www.spid.gov.it/SpidL1", "gateway_l1"),
        ("https://www.spid.gov.it/SpidL2", "gateway_l2"),
        ("https://www.spid.gov.it/SpidL3", "gateway_l3"),
        ("http://eidas.europa.eu/LoA/low", "gateway_l1"),
        ("http://eidas.europa.eu/LoA/substantial", "gateway_l2"),
        ("http://eidas.europa.eu/LoA/high", "gateway_l3"),
        ("2", "gateway_l2"),
        ("urn:whatever:3", "gateway_l1"),
        ("", "gateway_l1"),
        (None, "gateway_l1"),
        (["high"], "gateway_l1"),
    ],
)
def test_levels_of_assurance(acr, level):
    assert gateway.assurance(acr) == level
