"""Coming in by code: pages, sameness (AUTH2), fixation, where one goes afterwards."""

import re
import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cantiere.foundation.accounts.models import Consent, Person, Session
from cantiere.foundation.core.models import Mail
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def newcomer(client: Client, email: str = "nuova@example.org", **words: str):
    accounts.come_in(client, email, **words)
    return client.post("/entra/benvenuto/", {"name": "Nuova", "privacy": "on"} | accounts.form_key())


def test_newcomer_gets_an_account_in_the_same_two_steps():
    client = Client()

    after_code = accounts.come_in(client, "nuova@example.org", next="/il-mio-conto/dati/")
    assert after_code["Location"] == "/entra/benvenuto/"
    assert Person.objects.count() == 0
    done = client.post("/entra/benvenuto/", {"name": "", "privacy": "on"} | accounts.form_key())

    assert done["Location"] == "/il-mio-conto/dati/"
    person = Person.objects.get()
    assert (person.email, person.name, person.assurance) == ("nuova@example.org", "", "email")
    assert not person.has_usable_password()
    consent = Consent.objects.get()
    assert (consent.purpose, consent.given, consent.channel, len(consent.text_hash)) == (
        "privacy",
        True,
        "web",
        64,
    )


def test_no_account_without_the_notice():
    client = Client()
    accounts.come_in(client, "nuova@example.org")

    answer = client.post("/entra/benvenuto/", {"name": "Nuova"} | accounts.form_key())

    assert answer.status_code == 200
    assert Person.objects.count() == 0
    assert "_auth_user_id" not in client.session


def test_known_person_comes_in_and_returns_to_the_page():
    person = accounts.person(email="mara@example.org")
    client = Client()

    client.post(
        "/entra/", {"email": " Mara@Example.org", "next": "/il-mio-conto/accessi/"} | accounts.form_key()
    )
    answer = client.post("/entra/codice/", {"code": accounts.code_for("mara@example.org")})

    assert answer["Location"] == "/il-mio-conto/accessi/"
    assert Session.objects.get(person=person).device == ""


def test_code_may_be_written_with_spaces():
    accounts.person(email="mara@example.org")
    client = Client()
    client.post("/entra/", {"email": "mara@example.org"} | accounts.form_key())
    digits = accounts.code_for("mara@example.org")

    answer = client.post("/entra/codice/", {"code": f" {digits[:4]}  {digits[4:]}-"})

    assert answer["Location"] == "/"


def test_code_works_only_in_the_browser_that_asked():
    accounts.person(email="mara@example.org")
    asking, other = Client(), Client()
    asking.post("/entra/", {"email": "mara@example.org"} | accounts.form_key())
    digits = accounts.code_for("mara@example.org")
    other.post("/entra/", {"email": "altra@example.org"} | accounts.form_key())

    assert other.post("/entra/codice/", {"code": digits}).status_code == 200
    assert "_auth_user_id" not in other.session
    assert Client().post("/entra/codice/", {"code": digits})["Location"] == "/entra/"


def test_after_five_wrong_codes_the_right_one_is_dead():
    accounts.person(email="mara@example.org")
    client = Client()
    client.post("/entra/", {"email": "mara@example.org"} | accounts.form_key())
    digits = accounts.code_for("mara@example.org")
    for _try in range(5):
        client.post("/entra/codice/", {"code": str((int(digits) + 1) % 10**8).zfill(8)})

    answer = client.post("/entra/codice/", {"code": digits})

    assert answer.status_code == 200
    assert "Chiedine uno nuovo" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://localhost:9/",
        "\t//evil.example",
        "evil.example",
    ],
)
def test_next_leads_nowhere_else(elsewhere):
    accounts.person(email="mara@example.org")

    assert accounts.come_in(Client(), "mara@example.org", next=elsewhere)["Location"] == "/"


def test_session_changes_at_sign_in_and_at_the_welcome_page():
    client = Client()
    client.post("/entra/", {"email": "nuova@example.org"} | accounts.form_key())
    first = client.cookies["session"].value
    client.post("/entra/codice/", {"code": accounts.code_for("nuova@example.org")})
    second = client.cookies["session"].value
    client.post("/entra/benvenuto/", {"privacy": "on"} | accounts.form_key())
    third = client.cookies["session"].value

    assert len({first, second, third}) == 3
    assert set(Session.objects.values_list("session_key", flat=True)) == {third}


def test_signing_out_is_by_post_and_ends_the_session():
    client = accounts.signed_in(accounts.person())

    assert client.get("/esci/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/esci/")["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert Session.objects.filter(person__isnull=False).count() == 0


def test_suspended_account_does_not_come_in():
    accounts.person(email="mara@example.org", is_active=False)
    client = Client()

    assert accounts.come_in(client, "mara@example.org")["Location"] == "/entra/sospeso/"
    assert "_auth_user_id" not in client.session
    assert client.get("/entra/sospeso/").status_code == 403


def stripped(answer) -> bytes:
    lines = answer.content.split(b"\n")
    return b"\n".join(line for line in lines if b"csrfmiddlewaretoken" not in line and b"once" not in line)


def test_nobody_learns_whether_an_address_is_registered():
    """AUTH2: same status, headers, page, number of messages and their shape."""
    accounts.person(email="known@example.org")
    seen = []
    for email in ("known@example.org", "stran@example.org"):
        client = Client()
        sent = client.post("/entra/", {"email": email} | accounts.form_key())
        page = client.get("/entra/codice/")
        bad = client.post("/entra/codice/", {"code": "12345678"})
        mail = Mail.objects.get(to=email)
        seen.append(
            (
                sent.status_code,
                sent["Location"],
                sorted(sent.headers),
                stripped(page).replace(email.encode(), b"-"),
                stripped(bad).replace(email.encode(), b"-"),
                mail.text.replace(accounts.code_for(email)[:4], "-").replace(
                    accounts.code_for(email)[4:], "-"
                ),
                mail.person_id,
            )
        )

    assert seen[0] == seen[1]


def test_asking_takes_the_same_queries_and_time_for_every_address(settings):
    """Interleaved, so that a busy machine slows both alike; the same path by construction."""
    settings.ACCOUNT_RATE_LIMITS = False
    for number in range(60):
        accounts.person(email=f"known{number}@example.org")
    times: dict[str, list[float]] = {"known": [], "stran": []}
    queries: dict[str, set[tuple[str, ...]]] = {"known": set(), "stran": set()}
    for number in range(60):
        for kind, spent in times.items():
            client = Client(REMOTE_ADDR=f"10.{len(spent) % 2}.{number}.{kind == 'known':d}")
            with CaptureQueriesContext(connection) as ran:
                begun = time.perf_counter()
                client.post("/entra/", {"email": f"{kind}{number}@example.org"} | accounts.form_key())
                spent.append(time.perf_counter() - begun)
            touched = re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', " ".join(query["sql"] for query in ran))
            queries[kind].add(tuple(touched))

    assert queries["known"] == queries["stran"]
    known, strange = (statistics.median(spent) for spent in times.values())
    assert abs(known - strange) < max(0.005, known / 5)


def test_sixth_code_for_a_mailbox_is_refused_under_any_spelling():
    spellings = [
        "mara@example.org",
        "MARA@example.org",
        "mara+1@example.org",
        "ｍara@example.org",
        "mara+b@EXAMPLE.org",
    ]
    answers = [
        Client(REMOTE_ADDR=f"10.1.0.{number}").post("/entra/", {"email": spelling} | accounts.form_key())
        for number, spelling in enumerate([*spellings, "Mara@example.org"])
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


def test_signed_in_person_is_sent_on():
    client = accounts.signed_in(accounts.person())

    assert client.get("/entra/?next=/il-mio-conto/")["Location"] == "/il-mio-conto/"


def test_passkey_forms_and_code_field_suit_a_phone():
    client = Client()
    client.post("/entra/", {"email": "mara@example.org"} | accounts.form_key())

    page = client.get("/entra/codice/").content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_language_is_kept_in_the_browser_and_for_the_person():
    person = accounts.person()
    client = accounts.signed_in(person)

    answer = client.post("/lingua/", {"language": "en", "next": "/il-mio-conto/"})

    person.refresh_from_db()
    assert answer["Location"] == "/il-mio-conto/"
    assert person.language == "en"
    assert "Your account" in client.get("/il-mio-conto/").content.decode()
    assert client.post("/lingua/", {"language": "xx", "next": "//evil.example"})["Location"] == "/"


def test_language_of_the_person_returns_at_sign_in():
    accounts.person(email="mara@example.org", language="en")
    client = Client()

    accounts.come_in(client, "mara@example.org")

    assert client.cookies["django_language"].value == "en"
