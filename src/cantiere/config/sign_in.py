"""Settings of django-allauth: codes by e-mail, passkeys, and the identity gateway of a body."""

from datetime import timedelta

from cantiere.config import environment as env

CANTIERE_OIDC_NAME = env.text("CANTIERE_OIDC_NAME", "SPID / CIE")
CANTIERE_OIDC_URL = env.text("CANTIERE_OIDC_URL").rstrip("/")
CANTIERE_OIDC_CLIENT = env.text("CANTIERE_OIDC_CLIENT")
CANTIERE_OIDC_SECRET = env.text("CANTIERE_OIDC_SECRET")

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "cantiere.foundation.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())

ACCOUNT_ADAPTER = "cantiere.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# Addresses are proven by our own code before there is an account.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    # By mailbox; by the client's address they are counted in core.limits.
    "request_login_code": "5/15m/key,20/d/key",
    "login_failed": "20/10m/ip,5/5m/key",
}

MFA_ADAPTER = "cantiere.foundation.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "cantiere.foundation.accounts.forms.RecoveryCodeForm",
    "add_webauthn": "cantiere.foundation.accounts.forms.PasskeyForm",
    "edit_webauthn": "cantiere.foundation.accounts.forms.PasskeyNameForm",
}
# Our own guard asks again, also who has no passkey (accounts.views.fresh).
ACCOUNT_REAUTHENTICATION_REQUIRED = False
MFA_REAUTHENTICATION_REQUIRED = False

SOCIALACCOUNT_ADAPTER = "cantiere.foundation.accounts.gateway.GatewayAdapter"
# By a link, for a form could only lead to hosts that the content policy names.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False


def gateway() -> dict[str, dict[str, object]]:
    """The one OpenID Connect provider, when the environment names it."""
    if not CANTIERE_OIDC_URL:
        return {}
    app = {
        "provider_id": "ente",
        "name": CANTIERE_OIDC_NAME,
        "client_id": CANTIERE_OIDC_CLIENT,
        "secret": CANTIERE_OIDC_SECRET,
        "settings": {"server_url": CANTIERE_OIDC_URL, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


SOCIALACCOUNT_PROVIDERS = gateway()
