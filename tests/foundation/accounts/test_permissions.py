import pytest
from django.test import Client

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core.access import Decision, decide
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def everybody() -> dict[str, Person | None]:
    return {
        "visitor": None,
        "person": accounts.person(),
        "curator": accounts.curator(),
        "administrator": accounts.administrator(),
    }


def test_own_account_is_for_who_has_signed_in():
    answers = {name: decide(who, "accounts.own") for name, who in everybody().items()}

    assert answers == {
        "visitor": Decision.SIGN_IN,
        "person": Decision.YES,
        "curator": Decision.YES,
        "administrator": Decision.YES,
    }


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [("accounts.manage", {"administrator"}), ("accounts.curate", {"curator", "administrator"})],
)
def test_platform_rules_follow_roles(rule, allowed):
    answers = {name for name, who in everybody().items() if decide(who, rule) is Decision.YES}

    assert answers == allowed


@pytest.mark.parametrize("demo", [True, False])
def test_demonstration_pages_follow_the_setting(settings, demo):
    settings.CANTIERE_DEMO = demo

    assert (decide(None, "accounts.demonstrate") is Decision.YES) is demo
    assert Client().get("/posta-di-prova/").status_code == (200 if demo else 404)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/gestione/persone/"),
        ("post", "/gestione/persone/"),
        ("post", "/gestione/persone/{role}/togli/"),
        ("post", "/gestione/persone/inviti/{invitation}/ritira/"),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "person", "curator"])
def test_managing_pages_are_not_there_for_others(method, path, who):
    from cantiere.foundation.accounts import actions
    from cantiere.foundation.accounts.models import PlatformRole

    boss = accounts.administrator()
    invitation = actions.grant(by=boss, email="new@example.org", role=PlatformRole.Role.CURATOR)
    address = path.format(role=boss.platform_roles.get().pk, invitation=invitation.pk)
    person = everybody()[who]
    client = accounts.signed_in(person) if person else Client()

    answer = getattr(client, method)(address, accounts.form_key())
    nowhere = getattr(client, method)("/nothing/here/", accounts.form_key())

    assert answer.status_code == nowhere.status_code == 404
    assert boss.platform_roles.count() == 1


def test_roles_are_read_once_for_each_request(django_assert_num_queries):
    person = Person.objects.get(pk=accounts.administrator().pk)

    with django_assert_num_queries(1):
        assert (person.is_administrator, person.is_curator, person.is_administrator) == (True, False, True)
