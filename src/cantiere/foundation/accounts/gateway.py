"""The identity gateway of a body (SPID, CIE, eIDAS behind one OpenID Connect provider).

Kept of what it says: its identifier for the person and the level of assurance. Name and tax code are not
stored. Who comes for the first time also proves an e-mail address, so nobody enters an account by an
address that only the gateway claims.
"""

import re
from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.internal.flows.signup import clear_pending_signup, get_pending_signup
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from cantiere.foundation.accounts import actions
from cantiere.foundation.accounts.models import Person

PROVIDER = "ente"
LEVELS = {
    "1": Person.Assurance.LOW,
    "2": Person.Assurance.SUBSTANTIAL,
    "3": Person.Assurance.HIGH,
    "low": Person.Assurance.LOW,
    "substantial": Person.Assurance.SUBSTANTIAL,
    "high": Person.Assurance.HIGH,
}


def assurance(acr: object) -> Person.Assurance:
    """The level behind an ``acr`` claim (``…/SpidL2``, ``…/LoA/substantial``); others are the lowest."""
    found = re.search(r"(?:SpidL|/LoA/|^L|^)(1|2|3|low|substantial|high)$", str(acr or ""), re.IGNORECASE)
    return LEVELS[found[1].lower()] if found else Person.Assurance.LOW


class GatewayOAuth2Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Checks the signature of the identity token even when it came straight from the provider."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 (allauth's signature)
        return settings.URL + reverse("openid_connect_callback")

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return claims


class Gateway(OpenIDConnectProvider):  # type: ignore[misc]
    """Keeps the level of assurance and nothing else of what the provider tells."""

    oauth2_adapter_class = GatewayOAuth2Adapter

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, str]:
        acr = data.get("id_token", {}).get("acr") or data.get("userinfo", {}).get("acr")
        return {"assurance": str(assurance(acr))}


class GatewayAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What happens between the gateway's answer and being signed in."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Gateway:
        return Gateway(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Never: an address is proven first."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002
        """Who is known keeps the highest level ever shown."""
        if sociallogin.is_existing:
            level = Person.Assurance(sociallogin.account.extra_data["assurance"])
            actions.raise_assurance(person=sociallogin.user, to=level)


def begin(request: HttpRequest) -> Any:
    """To the gateway; :class:`Http404` where none is set up."""
    return _call(request, OAuth2LoginView)


def finish(request: HttpRequest) -> Any:
    """Back from the gateway."""
    return _call(request, OAuth2CallbackView)


def _call(request: HttpRequest, view: type[OAuth2View]) -> Any:
    try:
        return view.adapter_view(GatewayOAuth2Adapter(request, PROVIDER))(request)
    except SocialApp.DoesNotExist as none:
        raise Http404 from none


def suggested_address(request: HttpRequest) -> str | None:
    """The address the gateway named for an identity that waits for its account; ``None`` when none waits."""
    pending = get_pending_signup(request)
    if pending is None:
        return None
    return str(pending.user.email or "")


def next_address(request: HttpRequest) -> str:
    """Where the person who waits for an account wanted to go."""
    pending = get_pending_signup(request)
    return str(pending.get_redirect_url(request) or "") if pending else ""


def give_up(request: HttpRequest) -> None:
    """Forget an identity that waits: who now writes an address on the sign-in page may be somebody else."""
    clear_pending_signup(request)


def settle(request: HttpRequest, person: Person) -> bool:
    """Tie the identity that waits in this session, if any, to the person who proved an address here."""
    pending = get_pending_signup(request)
    if pending is None:
        return False
    account = pending.account
    actions.connect(person=person, provider=account.provider, uid=account.uid, extra=account.extra_data)
    actions.raise_assurance(person=person, to=Person.Assurance(account.extra_data["assurance"]))
    clear_pending_signup(request)
    return True
