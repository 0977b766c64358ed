"""Sensitive pages ask who has been signed in for a while to show once more who they are."""

import functools
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import reauthenticate
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cantiere.foundation.accounts import actions
from cantiere.foundation.accounts.adapters import inside
from cantiere.foundation.accounts.budget import too_many
from cantiere.foundation.accounts.forms import CodeForm
from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.accounts.models import Code
from cantiere.foundation.accounts.views.entrance import wrong
from cantiere.foundation.core.access import requires
from cantiere.foundation.core.limits import refusal

FRESH_FOR = 15 * 60
WAITING = "accounts.confirm"


def is_fresh(request: SignedIn) -> bool:
    """Whether this session has seen a code or a passkey in the last quarter of an hour."""
    records = get_authentication_records(request, request.person)
    return any(time.time() - record["at"] < FRESH_FOR for record in records)


def fresh(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send through :func:`confirm` who has not shown themselves lately; stands below ``@requires``."""

    @functools.wraps(view)
    def guarded(request: SignedIn, **address: Any) -> HttpResponseBase:
        if not is_fresh(request):
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{query}")
        return view(request, **address)

    return guarded


@requires("accounts.own")
@never_cache
def confirm(request: SignedIn) -> HttpResponse:
    """Show a passkey, or for who has none a code sent to one's own address."""
    back = inside(request.GET.get("next") or request.POST.get("next")) or reverse("accounts:account")
    if Authenticator.objects.filter(user=request.person, type=Authenticator.Type.WEBAUTHN).exists():
        return _by_passkey(request, back)
    return _by_code(request, back)


def _by_passkey(request: SignedIn, back: str) -> HttpResponse:
    form = ReauthenticateWebAuthnForm(request.POST or None, user=request.person)
    if request.method == "POST" and form.is_valid():
        reauthenticate(request, form.cleaned_data["credential"])
        return redirect(back)
    words = {
        "webauthn_form": form,
        "next": back,
        "js_data": {"request_options": auth.begin_authentication(request.person)},
    }
    return TemplateResponse(request, "accounts/confirm_passkey.html", words)


def _by_code(request: SignedIn, back: str) -> HttpResponse:
    if request.method == "POST" and "code" not in request.POST:
        if until := too_many(request, request.person.email):
            return refusal(request, until)
        request.session[WAITING] = actions.send_code(
            email=request.person.email, purpose=Code.Purpose.CONFIRM, person=request.person
        )
        return redirect(f"{request.path}?{urlencode({'next': back})}")
    key: str = request.session.get(WAITING, "")
    form = CodeForm(request.POST or None) if key else None
    if form is not None and request.method == "POST" and form.is_valid():
        outcome = actions.redeem(key=key, purpose=Code.Purpose.CONFIRM, digits=form.cleaned_data["code"])
        if outcome.code and outcome.code.person_id == request.person.pk:
            del request.session[WAITING]
            record_authentication(request, request.person, method="code", reauthenticated=True)
            return redirect(back)
        form.add_error("code", wrong(outcome))
    words = {"form": form, "next": back, "demo": settings.CANTIERE_DEMO}
    return TemplateResponse(request, "accounts/confirm_code.html", words)
