"""Coming in: address, code, and two questions to who is new.

Nothing here asks whether an address is known before its owner has shown the code. These forms do not go
through ``once``: a code is used up by its first right answer and a session by its first sign-in.
"""

import time
from typing import Any, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts import actions, consents, demo, gateway
from cantiere.foundation.accounts.adapters import inside, speak
from cantiere.foundation.accounts.budget import too_many
from cantiere.foundation.accounts.forms import AddressForm, CodeForm, WelcomeForm
from cantiere.foundation.accounts.http import Request
from cantiere.foundation.accounts.models import Code, Consent, Person
from cantiere.foundation.core.access import public
from cantiere.foundation.core.limits import refusal

WAITING = "accounts.code"
NEWCOMER = "accounts.newcomer"
# How long who has proven an address may take over the welcome page.
PATIENCE = 1800


@public
@never_cache
def sign_in(request: Request) -> HttpResponse:
    """Ask for the address and send the code; the answer is the same for every address."""
    back = inside(request.GET.get("next") or request.POST.get("next"))
    if request.person is not None:
        return redirect(back or settings.LOGIN_REDIRECT_URL)
    form = AddressForm(request.POST or None, initial={"email": request.GET.get("e-mail", "")})
    if request.method == "POST" and form.is_valid():
        gateway.give_up(request)
        return _send(request, form.cleaned_data["email"], back)
    words = {
        "form": form,
        "next": back,
        "gateway": settings.CANTIERE_OIDC_NAME if settings.CANTIERE_OIDC_URL else "",
        "demo_accounts": demo.ACCOUNTS if settings.CANTIERE_DEMO else (),
    }
    return TemplateResponse(request, "accounts/sign_in.html", words)


def _send(request: Request, email: str, back: str) -> HttpResponse:
    if until := too_many(request, email):
        return refusal(request, until)
    key = actions.send_code(email=email, purpose=Code.Purpose.SIGN_IN)
    request.session[WAITING] = {"key": key, "email": email, "next": back}
    return redirect("account_confirm_login_code")


@public
@never_cache
def enter_code(request: Request) -> HttpResponse:
    """Take the code in the browser that asked for it."""
    waiting: dict[str, str] | None = request.session.get(WAITING)
    if waiting is None:
        return redirect(settings.LOGIN_REDIRECT_URL if request.person else "account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = actions.redeem(
            key=waiting["key"], purpose=Code.Purpose.SIGN_IN, digits=form.cleaned_data["code"]
        )
        if outcome.code:
            del request.session[WAITING]
            return arrive(request, outcome.code.email, waiting["next"])
        form.add_error("code", wrong(outcome))
    again = "account_login" if gateway.suggested_address(request) is None else "socialaccount_signup"
    words = {
        "form": form,
        "email": waiting["email"],
        "next": waiting["next"],
        "again": again,
        "demo": settings.CANTIERE_DEMO,
    }
    return TemplateResponse(request, "accounts/enter_code.html", words)


def wrong(outcome: actions.Redemption) -> str:
    """What to tell after a wrong code."""
    if outcome.left:
        return _("This code is not right. Check it in the last message we sent you.")
    return _("This code no longer works. Ask for a new one.")


def arrive(request: Request, email: str, back: str) -> HttpResponse:
    """Somebody has proven an address: in, or to the welcome page when they never read the notice."""
    person = Person.objects.at(email)
    if person is not None and consents.PRIVACY.key in Consent.objects.standing(person):
        return let_in(request, person, back)
    # From here on the session is worth something: an earlier copy of its key must not open it.
    request.session.cycle_key()
    request.session[NEWCOMER] = {"email": email, "next": back, "at": time.time()}
    return redirect("accounts:welcome")


def let_in(request: Request, person: Person, back: str) -> HttpResponse:
    """Begin the session; who has passkeys shows one first (allauth's stages)."""
    gateway.settle(request, person)
    record_authentication(request, person, method="code", email=person.email)
    login = Login(user=person, redirect_url=back or None)
    return cast("HttpResponse", perform_login(request, login))


@public
@never_cache
def welcome(request: Request) -> HttpResponse:
    """Ask who is new for a name, if they like, and to accept the privacy notice."""
    newcomer: dict[str, Any] | None = request.session.get(NEWCOMER)
    if newcomer is None or time.time() - newcomer["at"] > PATIENCE:
        return redirect("account_login")
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        del request.session[NEWCOMER]
        person = actions.create_account(
            email=newcomer["email"], name=form.cleaned_data["name"], language=get_language() or "it"
        )
        return let_in(request, person, newcomer["next"])
    words = {"form": form, "email": newcomer["email"], "notice": consents.PRIVACY}
    return TemplateResponse(request, "accounts/welcome.html", words)


@public
@never_cache
def sign_out(request: Request) -> HttpResponse:
    """Sign out by POST; a link to here shows the button."""
    if request.method != "POST":
        return TemplateResponse(request, "accounts/sign_out.html", {})
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@public
def inactive(request: Request) -> HttpResponse:
    """For accounts that were suspended."""
    return TemplateResponse(request, "accounts/inactive.html", {}, status=403)


# The gateway ---------------------------------------------------------------------------------------


@public
@never_cache
def to_gateway(request: Request) -> HttpResponse:
    """To the body's identity provider. A link, not a form: ``form-action`` would have to name its hosts."""
    return cast("HttpResponse", gateway.begin(request))


@public
@never_cache
def from_gateway(request: Request) -> HttpResponse:
    """Back with an answer; a code asked for before has nothing to do with it."""
    request.session.pop(WAITING, None)
    return cast("HttpResponse", gateway.finish(request))


@public
@never_cache
def gateway_address(request: Request) -> HttpResponse:
    """Ask who comes from the gateway for the first time for an address, and prove it by a code."""
    suggested = gateway.suggested_address(request)
    if suggested is None:
        return redirect("account_login")
    form = AddressForm(request.POST or None, initial={"email": suggested})
    if request.method == "POST" and form.is_valid():
        return _send(request, form.cleaned_data["email"], inside(gateway.next_address(request)))
    return TemplateResponse(
        request, "accounts/gateway_address.html", {"form": form, "gateway": settings.CANTIERE_OIDC_NAME}
    )


@public
def gateway_cancelled(request: Request) -> HttpResponse:
    """The person turned back at the gateway."""
    return TemplateResponse(
        request, "accounts/gateway_cancelled.html", {"gateway": settings.CANTIERE_OIDC_NAME}
    )


# Language ------------------------------------------------------------------------------------------


@public
@require_POST
def language(request: Request) -> HttpResponse:
    """Change language and stay on the page."""
    back = inside(request.POST.get("next")) or "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        speak(response, chosen)
        if request.person is not None:
            actions.speak(person=request.person, language=chosen)
    return response
