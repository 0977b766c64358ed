"""Who may do what: one place to ask, default deny.

Rooms declare named rules in their ``permissions.py``; views carry ``@requires`` or ``@public``. What a
person may not see answers exactly like what does not exist.
"""

import functools
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeVar, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

Actor = AbstractBaseUser | None
View = Callable[..., HttpResponseBase]


class Decision(Enum):
    """What a rule answers; ``SIGN_IN`` when the thing may be seen, but doing this needs an account."""

    YES = "yes"
    SIGN_IN = "sign in"
    NO = "no"


Rule = Callable[[Any, Any], bool | Decision]
AnyRule = TypeVar("AnyRule", bound=Rule)


class Addressable(Protocol):
    """A model that views can be given by its address."""

    address: ClassVar[str]
    address_related: ClassVar[Sequence[str]]


_rules: dict[str, Rule] = {}


def rule(name: str) -> Callable[[AnyRule], AnyRule]:
    """Declare a rule under ``room.verb``; a name can be declared once."""

    def declare(decide_rule: AnyRule) -> AnyRule:
        if name in _rules and _rules[name] is not decide_rule:
            raise ImproperlyConfigured(f"The rule {name} is declared twice.")
        _rules[name] = decide_rule
        return decide_rule

    return declare


def rules() -> dict[str, Rule]:
    """All rules by name."""
    return dict(sorted(_rules.items()))


def decide(person: Actor, name: str, target: object = None) -> Decision:
    """The answer of a rule; an unknown name is an error, never a yes."""
    if name not in _rules:
        raise ImproperlyConfigured(f"No rule is called {name}.")
    answer = _rules[name](person, target)
    if isinstance(answer, Decision):
        return answer
    return Decision.YES if answer else Decision.NO


def can(person: Actor, name: str, target: object = None) -> bool:
    """Whether this person may do this to this."""
    return decide(person, name, target) is Decision.YES


_losses: list[Callable[[Any], None]] = []


def when_lost(hear: Callable[[Any], None]) -> None:
    """Register who keeps something open by right of a person: it is called when one of their rights ended."""
    if hear not in _losses:
        _losses.append(hear)


def lost(person: AbstractBaseUser) -> None:
    """Said by an action that takes a right away: after its commit whatever stands open by that right ends."""
    for hear in _losses:
        transaction.on_commit(functools.partial(hear, person), robust=True)


def load(model: type[Model], value: object) -> Model:
    """The object at an address, with what its rules need; :class:`Http404` when there is none."""
    named = getattr(model, "address", "pk")
    field = named if isinstance(named, str) else "pk"  # a table may have a column of that name
    related = getattr(model, "address_related", ())
    try:
        found = model._default_manager.select_related(*related).filter(**{field: value}).first()
    except (ValueError, ValidationError) as impossible:
        raise Http404 from impossible
    if found is None:
        raise Http404
    return found


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; fragments asked by htmx make the whole page go."""
    back = request.get_full_path() if request.method == "GET" else _page_before(request)
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_before(request: HttpRequest) -> str:
    """The page a form stood on, if it was one of ours."""
    before = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(before)
    return str(urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, "")))


def requires(name: str, model: type[Model] | None = None) -> Callable[[View], View]:
    """Guard a view: load the object named by its one address argument, ask the rule, then call.

    The view receives the object in place of the address. Without a model the rule is asked about nothing.
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **address: object) -> HttpResponseBase:
            target = None
            if model is not None:
                key, value = next(iter(address.items()))
                address[key] = target = load(model, value)
            answer = decide(actor(request), name, target)
            if answer is Decision.SIGN_IN:
                return ask_to_sign_in(request)
            if answer is Decision.NO:
                raise Http404
            return view(request, **address)

        guarded.access = name  # type: ignore[attr-defined]
        guarded.access_model = model  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: View) -> View:
    """Mark a view that anyone may call."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def actor(request: HttpRequest) -> Actor:
    """The person who asks, or ``None``."""
    user = getattr(request, "user", None)
    return cast("AbstractBaseUser", user) if user is not None and user.is_authenticated else None


class AccessMiddleware:
    """Refuses every view that says nothing about who may call it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.person = actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, view: View, _args: object, _kwargs: object) -> None:
        """Default deny; views of other packages are named in ``FOREIGN_VIEWS`` with their reason."""
        if hasattr(view, "access"):
            return
        origin = getattr(view, "view_class", view)
        if any(origin.__module__.startswith(module) for module in settings.FOREIGN_VIEWS):
            return
        raise ImproperlyConfigured(f"{origin.__module__}.{origin.__name__} names no permission.")
