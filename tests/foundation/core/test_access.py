"""Default deny, and nothing told about what may not be seen."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from cantiere.foundation.core import access
from cantiere.foundation.core.access import Decision
from cantiere.foundation.core.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_rules", {})
    access.rule("t.see")(lambda _person, target: target is None or target.fingerprint == "open")
    access.rule("t.do")(lambda person, _target: Decision.YES if person else Decision.SIGN_IN)


def request(path: str = "/a/?b=1", *, person=None, **headers: str):
    made = RequestFactory().get(path, headers=headers)
    if person is not None:
        made.user = person
    return made


@access.requires("t.see", Submission)
def see(_request: HttpRequest, thing: Submission) -> HttpResponse:
    return HttpResponse(thing.key)


@access.requires("t.do")
def do(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def test_a_rule_is_declared_once() -> None:
    with pytest.raises(ImproperlyConfigured, match="twice"):
        access.rule("t.see")(lambda _person, _target: True)
    assert list(access.rules()) == ["t.do", "t.see"]


def test_an_unknown_rule_is_an_error_not_a_yes() -> None:
    with pytest.raises(ImproperlyConfigured):
        access.can(None, "t.nothing")


def test_what_may_be_seen_is_given_to_the_view() -> None:
    Submission.objects.create(key="k" * 16, fingerprint="open")
    assert see(request(), thing="k" * 16).content == b"k" * 16


def test_forbidden_and_missing_are_the_same() -> None:
    Submission.objects.create(key="s" * 16, fingerprint="secret")
    answers = []
    for key in ("s" * 16, "n" * 16):
        with pytest.raises(Http404) as refused:
            see(request(), thing=key)
        answers.append(refused.value.args)
    assert answers[0] == answers[1] == ()


def test_who_must_sign_in_is_asked_to_and_comes_back(settings) -> None:
    settings.LOGIN_URL = "/entra/"
    assert do(request())["Location"] == "/entra/?next=%2Fa%2F%3Fb%3D1"
    fragment = do(request(**{"HX-Request": "true"}))
    assert (fragment.status_code, fragment["HX-Redirect"]) == (204, "/entra/?next=%2Fa%2F%3Fb%3D1")
    assert do(request(person=get_user_model()(pk=1))).content == b"done"


def test_after_a_post_one_comes_back_to_a_page_of_this_site(settings) -> None:
    settings.LOGIN_URL = "/entra/"
    for referer, back in [
        ("http://testserver/pagina/?a=1", "%2Fpagina%2F%3Fa%3D1"),
        ("https://evil.example/x", "%2F"),
        ("//evil.example/x", "%2F"),
        ("javascript:alert(1)", "%2F"),
        ("", "%2F"),
    ]:
        posted = RequestFactory().post("/do/", headers={"Referer": referer})
        assert do(posted)["Location"] == f"/entra/?next={back}"


def test_a_view_that_names_no_permission_is_refused(settings) -> None:
    middleware = access.AccessMiddleware(lambda _request: HttpResponse())

    def silent(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured, match="silent"):
        middleware.process_view(request(), silent, (), {})
    middleware.process_view(request(), access.public(silent), (), {})
    middleware.process_view(request(), see, (), {})
    settings.FOREIGN_VIEWS = [__name__]

    def other(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    middleware.process_view(request(), other, (), {})


def test_the_person_is_nobody_until_signed_in() -> None:
    seen: list[object] = []

    def answer(asked: HttpRequest) -> HttpResponse:
        seen.append(asked.person)  # type: ignore[attr-defined]
        return HttpResponse()

    person = get_user_model()(pk=1)
    access.AccessMiddleware(answer)(request())
    access.AccessMiddleware(answer)(request(person=person))
    assert seen == [None, person]


@pytest.mark.parametrize("key", ["999999999999999999999", "x", "-1", "\x00"])
def test_an_address_that_cannot_be_one_is_missing(key: str) -> None:
    with pytest.raises(Http404):
        access.load(get_user_model(), key)
