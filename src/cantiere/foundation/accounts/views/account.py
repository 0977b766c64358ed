"""One's own account: profile, address, browsers, consents, data, farewell."""

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cantiere.foundation.accounts import actions, consents
from cantiere.foundation.accounts.adapters import speak
from cantiere.foundation.accounts.budget import too_many
from cantiere.foundation.accounts.forms import AddressForm, CodeForm, EraseForm, ProfileForm
from cantiere.foundation.accounts.http import Request, SignedIn
from cantiere.foundation.accounts.models import Code, Consent, Session
from cantiere.foundation.accounts.views.entrance import wrong
from cantiere.foundation.accounts.views.fresh import fresh
from cantiere.foundation.core import personal_data
from cantiere.foundation.core.access import public, requires
from cantiere.foundation.core.limits import refusal
from cantiere.foundation.core.once import once

NEW_ADDRESS = "accounts.new_address"


@requires("accounts.own")
@never_cache
def account(request: SignedIn) -> HttpResponse:
    """Name and language, and where the rest is."""
    form = ProfileForm(request.POST or None, instance=request.person)
    if request.method == "POST" and form.is_valid():
        wishes = form.cleaned_data

        def act() -> str:
            actions.change_profile(person=request.person, name=wishes["name"], language=wishes["language"])
            messages.success(request, _("Saved."))
            return reverse("accounts:account")

        response = once(request, act)
        speak(response, wishes["language"])
        return response
    return TemplateResponse(request, "accounts/account.html", {"form": form})


# Address -------------------------------------------------------------------------------------------


@requires("accounts.own")
@never_cache
@fresh
def address(request: SignedIn) -> HttpResponse:
    """Ask for the new address and send it a code."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if until := too_many(request, email):
            return refusal(request, until)

        def act() -> str:
            key = actions.send_code(email=email, purpose=Code.Purpose.NEW_ADDRESS, person=request.person)
            request.session[NEW_ADDRESS] = {"key": key, "email": email}
            return reverse("accounts:address_code")

        return once(request, act)
    return TemplateResponse(request, "accounts/address.html", {"form": form})


@requires("accounts.own")
@never_cache
@fresh
def address_code(request: SignedIn) -> HttpResponse:
    """Take the code sent to the new address and move the account there."""
    waiting: dict[str, str] | None = request.session.get(NEW_ADDRESS)
    if waiting is None:
        return redirect("accounts:address")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = actions.redeem(
            key=waiting["key"], purpose=Code.Purpose.NEW_ADDRESS, digits=form.cleaned_data["code"]
        )
        if outcome.code and outcome.code.person_id == request.person.pk:
            del request.session[NEW_ADDRESS]
            return _move(request, outcome.code.email)
        form.add_error("code", wrong(outcome))
    words = {"form": form, "email": waiting["email"], "demo": settings.CANTIERE_DEMO}
    return TemplateResponse(request, "accounts/address_code.html", words)


def _move(request: SignedIn, email: str) -> HttpResponse:
    if actions.change_address(person=request.person, email=email):
        messages.success(request, _("From now on you come in with %(email)s.") % {"email": email})
    else:
        messages.error(request, _("Another account already has this address. Nothing has changed."))
    return redirect("accounts:account")


# Browsers ------------------------------------------------------------------------------------------


@requires("accounts.own")
@never_cache
def sessions(request: SignedIn) -> HttpResponse:
    """Where this person is signed in; end all but this one."""
    if request.method == "POST":

        def act() -> str:
            ended = actions.end_other_sessions(person=request.person, keep=request.session.session_key)
            words = ngettext("You signed out of %(n)d browser.", "You signed out of %(n)d browsers.", ended)
            messages.success(request, words % {"n": ended})
            return reverse("accounts:sessions")

        return once(request, act)
    open_ones = Session.objects.filter(person=request.person, expire_date__gt=timezone.now())
    words = {"sessions": open_ones.order_by("-began_at"), "here": request.session.session_key}
    return TemplateResponse(request, "accounts/sessions.html", words)


# Consents ------------------------------------------------------------------------------------------


@requires("accounts.own")
@never_cache
def agreed(request: SignedIn) -> HttpResponse:
    """What was agreed to and when, and what can be agreed to or taken back."""
    standing = Consent.objects.standing(request.person)
    rows = [(purpose, standing.get(key)) for key, purpose in consents.purposes().items()]
    history = Consent.objects.filter(person=request.person).order_by("-at", "-pk")
    names = {key: purpose.name for key, purpose in consents.purposes().items()}
    words = {"rows": rows, "history": [(names.get(row.purpose, row.purpose), row) for row in history]}
    return TemplateResponse(request, "accounts/consents.html", words)


@requires("accounts.own")
@require_POST
def consent(request: SignedIn, *, key: str) -> HttpResponse:
    """Say yes or take it back: one click each way."""
    purpose = consents.purposes().get(key)
    if purpose is None or not purpose.optional:
        raise Http404
    given = "agree" in request.POST

    def act() -> str:
        (actions.agree if given else actions.withdraw)(person=request.person, purpose=purpose)
        messages.success(request, _("Saved."))
        return reverse("accounts:consents")

    return once(request, act)


# Data and farewell ---------------------------------------------------------------------------------


@requires("accounts.own")
@never_cache
def my_data(request: SignedIn) -> HttpResponse:
    """What can be downloaded."""
    return TemplateResponse(request, "accounts/my_data.html", {})


@requires("accounts.own")
@never_cache
def download(request: SignedIn) -> HttpResponse:
    """Everything the installation knows about this person; only in their own session."""
    everything = personal_data.export_all(request.person)
    response = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="i-miei-dati.json"'
    return response


@requires("accounts.own")
@never_cache
@fresh
def erase(request: SignedIn) -> HttpResponse:
    """Erase the account, after a word typed on purpose."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase(person=request.person)
        except actions.LastAdministratorError:
            form.add_error(None, last_administrator())
        else:
            logout(request, show_message=False)
            request.session.flush()
            return redirect("accounts:farewell")
    return TemplateResponse(request, "accounts/erase.html", {"form": form})


def last_administrator() -> str:
    """Why the last administrator cannot go."""
    return _("You are the only administrator. First make somebody else administrator, then come back here.")


@public
def farewell(request: Request) -> HttpResponse:
    """After the account is gone."""
    return TemplateResponse(request, "accounts/farewell.html", {})
