"""Roles on the platform, and invitations."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cantiere.foundation.accounts import actions
from cantiere.foundation.accounts.models import Invitation, Person, PlatformRole
from cantiere.foundation.core.models import Mail
from tests.factories import accounts

pytestmark = pytest.mark.django_db
CURATOR = PlatformRole.Role.CURATOR


def link_for(email: str) -> str:
    text = Mail.objects.filter(to=email).latest("pk").text
    found = re.search(r"http://[^/]+(/entra/invito/\S+)", text)
    assert found, text
    return found[1]


def test_role_is_given_to_an_existing_account_which_is_told():
    person, client = accounts.person(), accounts.signed_in(accounts.administrator())

    answer = client.post(
        "/gestione/persone/", {"email": person.email.upper(), "role": "curator"} | accounts.form_key()
    )

    assert answer["Location"] == "/gestione/persone/"
    assert [role.role for role in person.platform_roles.all()] == ["curator"]
    assert "Cura dei dati comuni" in Mail.objects.get(to=person.email).subject


def test_same_form_sent_twice_counts_once():
    client = accounts.signed_in(accounts.administrator())
    form = {"email": "new@example.org", "role": "curator"} | accounts.form_key()

    client.post("/gestione/persone/", form)
    client.post("/gestione/persone/", form)

    assert Invitation.objects.count() == Mail.objects.filter(to="new@example.org").count() == 1


def test_who_has_no_account_makes_one_by_the_invitation():
    accounts.signed_in(accounts.administrator()).post(
        "/gestione/persone/", {"email": "new@example.org", "role": "curator"} | accounts.form_key()
    )
    link, client = link_for("new@example.org"), Client()

    assert client.get(link).status_code == 200
    assert Person.objects.filter(email="new@example.org").count() == 0
    assert client.post(link)["Location"] == "/entra/benvenuto/"
    back = client.post("/entra/benvenuto/", {"privacy": "on"} | accounts.form_key())
    assert back["Location"] == link
    assert client.post(link, accounts.form_key())["Location"] == "/il-mio-conto/"

    assert Person.objects.get(email="new@example.org").roles == {"curator"}
    assert client.get(link).status_code == 404
    assert client.post(link, accounts.form_key()).status_code == 404


def test_invitation_does_not_open_an_existing_account():
    actions.invite(by=None, email="mara@example.org", kind=actions.INVITED_AS, target="curator")
    accounts.person(email="mara@example.org")
    client = Client()

    answer = client.post(link_for("mara@example.org"))

    assert answer["Location"].startswith("/entra/?next=%2Fentra%2Finvito%2F")
    assert "_auth_user_id" not in client.session


def test_invitation_is_not_for_another_account():
    actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="administrator")
    person = accounts.person()
    client, link = accounts.signed_in(person), link_for("new@example.org")

    assert client.post(link, accounts.form_key()).status_code == 200
    assert Person.objects.get(pk=person.pk).roles == frozenset()


def test_invitation_is_over_after_two_weeks_and_its_token_is_not_kept():
    made = actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="curator")
    link = link_for("new@example.org")

    assert link.split("/")[3] not in str(Invitation.objects.values().get())
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1)):
        assert Client().get(link).status_code == 404
        assert actions.accept(person=accounts.person(email="new@example.org"), invitation=made) is None
    assert Client().get("/entra/invito/invented/").status_code == 404


def test_invitation_is_used_once_by_two_at_once():
    made = actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="curator")
    person = accounts.person(email="new@example.org")

    assert actions.accept(person=person, invitation=made) == "/il-mio-conto/"
    assert actions.accept(person=person, invitation=made) is None


def test_new_invitation_replaces_the_old_one():
    actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="curator")
    first = link_for("new@example.org")
    actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="curator")

    assert Client().get(first).status_code == 404
    assert Client().get(link_for("new@example.org")).status_code == 200


def test_invitation_can_be_withdrawn():
    made = actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="curator")
    client = accounts.signed_in(accounts.administrator())

    client.post(f"/gestione/persone/inviti/{made.pk}/ritira/", accounts.form_key())

    assert Client().get(link_for("new@example.org")).status_code == 404


def test_what_nobody_offers_cannot_be_offered():
    with pytest.raises(ValueError, match="Nothing can be offered"):
        actions.invite(by=None, email="new@example.org", kind="other.thing")
    with pytest.raises(ValueError, match="Nothing can be offered"):
        actions.invite(by=None, email="new@example.org", kind=actions.INVITED_AS, target="king")


def test_role_is_taken_back_but_not_from_the_last_administrator():
    boss, curator = accounts.administrator(), accounts.curator()
    client = accounts.signed_in(boss)

    client.post(f"/gestione/persone/{curator.platform_roles.get().pk}/togli/", accounts.form_key())
    answer = client.post(
        f"/gestione/persone/{boss.platform_roles.get().pk}/togli/", accounts.form_key(), follow=True
    )

    assert PlatformRole.objects.get().person == boss
    assert "unica persona" in answer.content.decode()


def test_page_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    client = accounts.signed_in(accounts.administrator())

    def one_more(number: int) -> None:
        accounts.curator()
        actions.invite(by=None, email=f"new{number}@example.org", kind=actions.INVITED_AS, target="curator")

    one_more(1)
    with CaptureQueriesContext(connection) as one:
        client.get("/gestione/persone/")
    one_more(2)
    one_more(3)
    with django_assert_num_queries(len(one)):
        assert client.get("/gestione/persone/").status_code == 200


def test_command_makes_the_first_administrator_who_then_meets_the_notice(capsys):
    call_command("administrator", "Prima@Example.org")
    person, client = Person.objects.get(email="prima@example.org"), Client()

    assert person.is_administrator
    assert accounts.come_in(client, "prima@example.org")["Location"] == "/entra/benvenuto/"
    client.post("/entra/benvenuto/", {"name": "Prima", "privacy": "on"} | accounts.form_key())
    assert client.get("/gestione/persone/").status_code == 200
    call_command("administrator", "prima@example.org", "--forget-passkeys")
    assert PlatformRole.objects.count() == 1
    assert "removed: 0" in capsys.readouterr().out


def test_command_refuses_what_is_no_address():
    with pytest.raises(CommandError):
        call_command("administrator", "prima")
