"""P3, P4: export holds every planted field, erasure leaves nothing behind."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.test import Client

from cantiere.foundation.accounts import actions, personal_data
from cantiere.foundation.accounts.models import Code, Person, Session
from cantiere.foundation.core import personal_data as core
from cantiere.foundation.core.models import AuditEntry
from tests.factories import accounts

pytestmark = pytest.mark.django_db

EMAIL, NAME = "zx9-canary@example.org", "Zx9 Canary"
# Tokens of the provider are never stored (SOCIALACCOUNT_STORE_TOKENS); their account goes, and they with it.
WITHOUT_PERSON = {SocialToken}


def planted() -> Person:
    person = accounts.administrator(email=EMAIL, name=NAME, feed_key="feed-canary")
    accounts.administrator()
    client = Client(HTTP_USER_AGENT="Firefox/1 Canary Linux")
    accounts.come_in(client, EMAIL)
    actions.send_code(email=EMAIL, purpose=Code.Purpose.SIGN_IN)
    actions.send_code(email="next-canary@example.org", purpose=Code.Purpose.NEW_ADDRESS, person=person)
    actions.invite(by=person, email="friend@example.org", kind=actions.INVITED_AS, target="curator")
    actions.invite(by=None, email=EMAIL, kind=actions.INVITED_AS, target="curator")
    actions.connect(person=person, provider="ente", uid="uid-canary", extra={"assurance": "gateway_l2"})
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key canary", "credential": {}})
    return person


def everything_stored() -> str:
    """Every row of every table, as text."""
    rows = [list(model._base_manager.values()) for model in apps.get_models(include_auto_created=True)]
    return json.dumps(rows, cls=DjangoJSONEncoder, default=str).lower()


def test_every_table_of_the_room_and_of_allauth_that_knows_a_person_is_covered():
    pointing = {
        model
        for label in ("accounts", "account", "socialaccount", "mfa")
        for model in apps.get_app_config(label).get_models()
        if model is Person
        or any(
            isinstance(field, models.ForeignKey) and issubclass(field.related_model, AbstractBaseUser)
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey)
        )
    }

    assert pointing == set(personal_data.Accounts.tables)
    assert Person in core.ports()[-1].tables


def test_export_holds_every_planted_field():
    person = planted()

    text = json.dumps(core.export_all(person), cls=DjangoJSONEncoder, default=str)

    for canary in (EMAIL, NAME, "feed-canary", "Firefox, Linux", "next-canary@", "uid-canary", "Key canary"):
        assert canary in text
    for heading in ("administrator", "privacy", "gateway_l2", "sign_in", "accounts.role"):
        assert heading in text


def test_export_is_served_with_all_of_it():
    person = planted()

    answer = accounts.signed_in(person).get("/il-mio-conto/dati/scarica/")

    assert {
        "account",
        "platform_roles",
        "consents",
        "sessions",
        "identities",
        "passkeys",
    } <= answer.json().keys()


def test_erasure_leaves_nothing():
    person = planted()
    assert "canary" in everything_stored()

    actions.erase(person=person)

    assert "canary" not in everything_stored()
    assert not Person.objects.filter(pk=person.pk).exists()
    for table in (EmailAddress, SocialAccount, Authenticator, Code, Session):
        assert table.objects.count() == 0
    assert AuditEntry.objects.filter(by_id=person.pk).count() == 0


def test_erasure_is_refused_to_the_last_administrator_and_then_changes_nothing():
    person = accounts.administrator(email=EMAIL)

    with pytest.raises(actions.LastAdministratorError):
        actions.erase(person=person)

    assert Person.objects.get() == person


def test_row_that_must_stay_is_emptied(monkeypatch):
    person = accounts.person(email=EMAIL, name=NAME, feed_key="feed-canary")

    def protected(self, *_args, **_kwargs):
        raise models.ProtectedError("kept", {self})

    monkeypatch.setattr(Person, "delete", protected)
    actions.erase(person=person)

    row = Person.objects.get(pk=person.pk)
    assert "canary" not in everything_stored()
    assert (row.name, row.is_active, row.feed_key) == ("", False, None)
    assert row.erased_on is not None
    assert str(row) == "una persona che ha partecipato"


def test_codes_sessions_and_old_invitations_are_thrown_away():
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    from cantiere.foundation.accounts import tasks
    from cantiere.foundation.accounts.models import Invitation

    person = accounts.person()
    accounts.signed_in(person)
    actions.send_code(email=EMAIL, purpose=Code.Purpose.SIGN_IN)
    actions.invite(by=None, email=EMAIL, kind=actions.INVITED_AS, target="curator")

    tasks.throw_away.func()
    assert (Code.objects.count(), Session.objects.count(), Invitation.objects.count()) == (1, 1, 1)
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        tasks.throw_away.func()
    assert (Code.objects.count(), Session.objects.count(), Invitation.objects.count()) == (0, 0, 0)
