"""Where django-allauth asks us: words, mail, addresses to go back to, and how secrets are kept."""

import base64
import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cantiere.foundation.accounts.models import Person
from cantiere.foundation.core import outbox

MESSAGES = {
    "account/messages/logged_in.txt": _("You are in."),
    "account/messages/logged_out.txt": _("You have signed out."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes. Keep them in a safe place."),
}
NOTICES = {
    "mfa/email/webauthn_added": _("A passkey was added to your account"),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account"),
    "mfa/email/recovery_codes_generated": _("Your account has new recovery codes"),
}


def inside(address: str | None) -> str:
    """An address of this site to go back to, as a path; empty when it leads elsewhere."""
    if (
        not address
        or not address.startswith("/")
        or not url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    ):
        return ""
    return address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Check it and try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many requests. Wait a few minutes, then try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        return bool(inside(url))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 (allauth's signature)
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only our own words; what we have no words for is not said."""
        words = message or MESSAGES.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,  # noqa: ARG002 (allauth's signature)
        email: str | None = None,  # noqa: ARG002 (allauth's signature)
    ) -> None:
        """Changes to how one signs in are told by mail, without address or device."""
        subject = NOTICES.get(template_prefix)
        if subject is not None:
            outbox.send(
                to=user.email,
                subject=str(subject),
                text=render_to_string(
                    "accounts/mail/security.txt", {"what": subject, "site": settings.CANTIERE_NAME}
                ),
                once=f"security:{user.pk}:{secrets.token_hex(8)}",
                person_id=user.pk,
            )

    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        """Go on in the language the person chose."""
        response: HttpResponse = super().post_login(request, user, **details)
        speak(response, user.language)
        return response


def speak(response: HttpResponse, language: str) -> None:
    """Keep the language in the browser for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=31_536_000,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code or passkey is not right. Try again."),
    }

    def _cipher(self) -> Fernet:
        key = hashlib.sha256(b"cantiere.accounts.mfa:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.CANTIERE_NAME}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 (allauth's signature)
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
