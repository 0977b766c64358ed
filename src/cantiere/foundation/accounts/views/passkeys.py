"""Passkeys and recovery codes: allauth's pages, with our words, behind our guards."""

from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from cantiere.foundation.accounts.http import SignedIn
from cantiere.foundation.accounts.views.fresh import fresh
from cantiere.foundation.core.access import public, requires


@requires("accounts.own")
@never_cache
def passkeys(request: SignedIn) -> HttpResponse:
    """One's passkeys."""
    authenticators = Authenticator.objects.filter(user=request.person).order_by("created_at")
    words = {
        "passkeys": [one for one in authenticators if one.type == Authenticator.Type.WEBAUTHN],
        "has_codes": any(one.type == Authenticator.Type.RECOVERY_CODES for one in authenticators),
    }
    return TemplateResponse(request, "accounts/passkeys.html", words)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey is always made so that it can sign in alone."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context


class SecondStep(AuthenticateView):  # type: ignore[misc]
    """The passkey after the code; allauth's guard lets in only who has just shown one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        del context["site"]  # ours is the one every page knows
        return context


second_step = public(SecondStep.as_view())
own = requires("accounts.own")
add = own(never_cache(fresh(AddPasskey.as_view())))
rename = own(never_cache(fresh(EditWebAuthnView.as_view())))
remove = own(never_cache(fresh(RemoveWebAuthnView.as_view())))
recovery_codes = own(never_cache(fresh(ViewRecoveryCodesView.as_view())))
new_recovery_codes = own(never_cache(fresh(GenerateRecoveryCodesView.as_view())))
download_recovery_codes = own(never_cache(fresh(DownloadRecoveryCodesView.as_view())))
