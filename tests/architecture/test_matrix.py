"""Every address × every role × own, foreign and unpublished: each answer is the expected one."""

from http.cookies import SimpleCookie

import pytest
from django.db import connection
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cantiere.foundation.core.keys import SecretConverter
from tests.architecture.expectations import EXPECTED
from tests.architecture.world import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GOT_IN = {200, 204, 302, 304, 400, 405, 409, 422}
# What an address without an object takes instead.
WORDS = {"str": "non-esiste", "slug": "non-esiste", "int": "999999"}
NO_KEY = "0" * 43  # a secret that opens nothing


def guarded(resolver=None, spaces=()):
    """(name of the address, view) of all addresses of our own, each once."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from guarded(entry, inner)
        elif isinstance(entry, URLPattern) and hasattr(entry.callback, "access"):
            yield ":".join((*spaces, entry.name)), entry


ADDRESSES = sorted(dict(guarded()).items())
# Steps of signing in lead back to its beginning, and the gateway is not there unless it is configured.
STEPS = {
    "account_confirm_login_code", "account_reauthenticate", "mfa_authenticate", "accounts:welcome",
    "socialaccount_signup", "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "account_inactive", "account_logout",
}  # fmt: skip
NEEDS_CONTENT = {"notices:follow"}
WITH_OBJECT = [(name, entry) for name, entry in ADDRESSES if getattr(entry.callback, "access_model", None)]
WITHOUT = [
    (name, entry)
    for name, entry in ADDRESSES
    if not getattr(entry.callback, "access_model", None) and name not in STEPS
]


def value_of(thing, field):
    for name in field.split("__"):
        thing = getattr(thing, name)
    return thing


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def signed_in(world, django_db_blocker):
    """A client, and the cookies of each role; pages are drawn as when they are served, without a copy for tests."""
    client = Client(raise_request_exception=False)
    cookies = {role: SimpleCookie() for role in ROLES}
    with django_db_blocker.unblock():
        for role, person in world.people.items():
            client.cookies = cookies[role]
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    instrumented, Template._render = Template._render, lambda self, context: self.nodelist.render(context)
    yield client, cookies
    Template._render = instrumented


@pytest.fixture
def knock(signed_in, db):
    """Ask as a role; every test begins with everyone signed in."""
    client, cookies = signed_in
    jars = {role: SimpleCookie(jar.output(header="", sep=";")) for role, jar in cookies.items()}

    def ask(role, method, address):
        client.cookies = jars[role]
        response = client.get(address) if method == "GET" else client.post(address, {})
        if response.status_code == 302 and response.url.startswith("/entra/?"):
            return "sign in", response
        return ("in" if response.status_code in GOT_IN else str(response.status_code)), response

    return ask


def expected(rule, half, role, model=None):
    table = EXPECTED.get(f"{rule} {model.__name__}" if model else rule) or EXPECTED[rule]
    if role in table[half]:
        return "in"
    return "sign in" if role in table["sign in"] and half != "draft" else "404"


def test_every_rule_has_an_expectation():
    from cantiere.foundation.core import access

    assert set(access.rules()) - set(EXPECTED) - {"meetings.see_link", "labs.see_link"} == set()


@pytest.mark.parametrize(("name", "entry"), WITH_OBJECT, ids=[name for name, _entry in WITH_OBJECT])
def test_address_with_an_object(world, knock, name, entry):
    view, unexpected, nothing = entry.callback, [], {}
    (key, converter), *more = entry.pattern.converters.items()
    secret = isinstance(converter, SecretConverter)
    field = getattr(view.access_model, "address", "pk")
    missing = NO_KEY if secret else "999999" if field == "pk" else "non-esiste"
    # The rules are the same on every database: the second one is asked whether it finds and shows the same.
    for half in ("own", "foreign", "draft") if connection.vendor == "sqlite" else ("own",):
        thing = world.thing(half, view.access_model)
        # Further parts of an address are words of a list of their own: the first stands for all.
        words = {part: each.regex.split("|")[0] for part, each in more}
        address = reverse(name, kwargs=words | {key: thing.key if secret else value_of(thing, field)})
        nowhere = reverse(name, kwargs=words | {key: missing})
        for role in ROLES:
            for method in ("GET", "POST"):
                want = expected(view.access, half, role, view.access_model)
                got, response = knock(role, method, address)
                if got != want:
                    unexpected.append(f"{method} {address} {role}: wanted {want}, got {got}")
                elif got == "404" and method == "GET":
                    if role not in nothing:
                        nothing[role] = normal(knock(role, method, nowhere)[1], nowhere)
                    if normal(response, address) != nothing[role]:
                        unexpected.append(f"{address} {role}: differs from what does not exist")
    assert unexpected == []


def normal(response, address):
    """A body without what names the request itself."""
    import re

    text = response.content.decode().replace(address, "ADDRESS")
    return re.sub(
        r'(name="(csrfmiddlewaretoken|once)" value=)"[^"]*"',
        r"\1",
        text.replace(address.replace("/", "%2F"), "ADDRESS"),
    )


@pytest.mark.parametrize(("name", "entry"), WITHOUT, ids=[name for name, _entry in WITHOUT])
def test_address_without_an_object(knock, name, entry):
    view, unexpected = entry.callback, []
    words = {key: WORDS[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]
             for key, converter in entry.pattern.converters.items()}  # fmt: skip
    address = reverse(name, kwargs=words)
    for role in ROLES:
        for method in ("GET", "POST"):
            want = expected(view.access, "own", role)
            got, response = knock(role, method, address)
            if got == "404" and want == "in" and (words or name in NEEDS_CONTENT):
                continue  # it names nothing
            if got != want:
                unexpected.append(
                    f"{method} {address} {role}: wanted {want}, got {got} {response.status_code}"
                )
    assert unexpected == []
