"""Settings: everything from the environment, safe and complete when nothing is set.

Nothing set gives SQLite, local files, mail kept in the outbox and one process. Each variable is described
in ``docs/operations.md``, which a test holds against this file.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from cantiere.config import environment as env
from cantiere.config.sign_in import *  # noqa: F403

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("CANTIERE_DATA", "cantiere-data")).resolve()

# The installation ------------------------------------------------------------------------------
URL = env.text("CANTIERE_URL", "http://localhost:8000").rstrip("/")
SECURE = URL.startswith("https://")
CANTIERE_DEMO_PUBLIC = env.text("CANTIERE_DEMO").lower() == "public"
CANTIERE_DEMO = CANTIERE_DEMO_PUBLIC or env.flag("CANTIERE_DEMO")
CANTIERE_NAME = env.text("CANTIERE_NAME", "Cantiere")
CANTIERE_TAGLINE = env.text("CANTIERE_TAGLINE")
CANTIERE_BODY_NAME = env.text("CANTIERE_BODY_NAME")
CANTIERE_BODY_URL = env.text("CANTIERE_BODY_URL")
CANTIERE_BODY_CODE = env.text("CANTIERE_BODY_CODE")
CANTIERE_CONTACT = env.text("CANTIERE_CONTACT", "info@example.org")
CANTIERE_PALETTE = env.choice(
    "CANTIERE_PALETTE", "appennino", {"appennino", "siena", "vivaio", "ardesia", "mosto"}
)
CANTIERE_PRIVACY_URL = env.text("CANTIERE_PRIVACY_URL", "/privacy/")
CANTIERE_LEGAL_URL = env.text("CANTIERE_LEGAL_URL", "/note-legali/")
CANTIERE_COOKIE_URL = env.text("CANTIERE_COOKIE_URL", "/privacy/#cookie")
CANTIERE_ACCESSIBILITY_URL = env.text("CANTIERE_ACCESSIBILITY_URL", "/accessibilita/")
CANTIERE_ACCESSIBILITY_STATEMENT_URL = env.text("CANTIERE_ACCESSIBILITY_STATEMENT_URL")

# Safety ----------------------------------------------------------------------------------------
DEBUG = env.flag("CANTIERE_DEBUG")
SECRET_KEY = env.kept_secret("CANTIERE_SECRET_KEY", DATA)
ALLOWED_HOSTS = env.words("CANTIERE_HOSTS", f"{urlsplit(URL).hostname},localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [URL]
CANTIERE_PROXIES = env.whole("CANTIERE_PROXIES", 0)
if CANTIERE_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_SSL_REDIRECT = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Other names of the body's domain are not ours to bind (W005, W021); pages frame each other (W019).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
ALLAUTH_TRUSTED_PROXY_COUNT = CANTIERE_PROXIES
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750

# Rooms -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cantiere.foundation.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "template_partials",
    "cantiere.foundation.core",
    "cantiere.foundation.accounts",
    "cantiere.foundation.places",
    "cantiere.foundation.organisations",
    "cantiere.foundation.notices",
    "cantiere.foundation.search",
    "cantiere.foundation.live",
    "cantiere.foundation.questionnaires",
    "cantiere.programmes",
    "cantiere.thread.contributions",
    "cantiere.activities.meetings",
    "cantiere.activities.labs",
    "cantiere.activities.observatory",
    "cantiere.activities.innovators",
    "cantiere.results.opendata",
    "cantiere.web",
    "cantiere.config",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cantiere.foundation.core.access.AccessMiddleware",
]
# Views written elsewhere that anyone may call, each with its own guard.
FOREIGN_VIEWS = ["allauth.", "django.views.i18n", "django.views.static"]
ROOT_URLCONF = "cantiere.config.urls"
WSGI_APPLICATION = "cantiere.config.wsgi.application"
ASGI_APPLICATION = "cantiere.config.asgi.application"
# uvicorn's own for HTTP and for WebSockets, with a short way for live answers and for boards
ASGI_PROTOCOLS = "cantiere.foundation.live.wire:Wire", "cantiere.foundation.live.boards.protocol:Socket"
FORM_RENDERER = "cantiere.foundation.ui.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cantiere.foundation.ui.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cantiere.foundation.core.templatetags.core",
                "cantiere.foundation.ui.templatetags.ui",
            ],
        },
    }
]

# Nothing but this site: no script, style, font, picture or request from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
}

# What is kept ----------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
elif env.text("DATABASE_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Seconds for which parts of public pages are kept for visitors; 0 makes them anew each time.
KEEP_PAGES = 60
TASKS = {
    "default": {
        "BACKEND": "cantiere.foundation.core.jobs.backend.LeaseBackend",
        "QUEUES": ["default", "mail", "media", "maintenance"],
    }
}
MEDIA_ROOT = DATA / "media"
CANTIERE_ACCEL = env.text("CANTIERE_ACCEL")
CANTIERE_BACKUP_PASSPHRASE = env.text("CANTIERE_BACKUP_PASSPHRASE")
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/ui/dist/assets/.+$"

# Mail ------------------------------------------------------------------------------------------
CANTIERE_SMTP_URL = env.text("CANTIERE_SMTP_URL")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("CANTIERE_MAIL_FROM", CANTIERE_CONTACT)
EMAIL_BACKEND = "cantiere.foundation.core.outbox.backend.OutboxBackend"

# People ----------------------------------------------------------------------------------------
# All of it in sign_in.py; limits count the real client behind the stated proxies.
ALLAUTH_TRUSTED_PROXY_COUNT = CANTIERE_PROXIES

# Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
TIME_ZONE = "Europe/Rome"
USE_TZ = True
FORMAT_MODULE_PATH = "cantiere.foundation.ui.formats"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"cantiere": {"level": "INFO"}},
}
